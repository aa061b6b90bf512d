import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimelineEntry } from '../protocol.js';
import { layoutGraph, neighbour, type Box, type Layout, type Link, type PlacedBox } from './graph.js';
import { castOf, layoutTimeline, pathOf } from './timeline.js';

const box = (id: string, width = 120): Box => ({ id, width, height: 34 });

function overlapping({ boxes }: Layout): string[] {
  return boxes.flatMap((one, index) => boxes.slice(index + 1)
    .filter(other => Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(one.y - other.y) < (one.height + other.height) / 2)
    .map(other => `${one.id} on ${other.id}`));
}

/** A cast of so many, everybody tied to a few others. */
function cast(count: number): { boxes: Box[]; links: Link[] } {
  const boxes = Array.from({ length: count }, (_, index) => box(`c${index}`, 60 + index % 7 * 30));
  const links = boxes.flatMap((one, index) => [index * 3 + 1, index * 7 + 2].map(other => ({ from: one.id, to: `c${other % count}` })));
  return { boxes, links };
}

test('the same graph is laid out the same, whatever the order of its ties', () => {
  const { boxes, links } = cast(30);
  assert.deepEqual(layoutGraph(boxes, links), layoutGraph(boxes, [...links].reverse()));
  const shuffled = layoutGraph([...boxes].reverse(), links);
  assert.deepEqual([...shuffled.boxes].reverse(), layoutGraph(boxes, links).boxes);
});

for (const count of [0, 1, 2, 3, 14, 120]) {
  test(`${count} boxes lie inside the picture, and none on another`, () => {
    const { boxes, links } = cast(count);
    const layout = layoutGraph(boxes, count === 0 ? [] : links);
    assert.equal(layout.boxes.length, count);
    assert.deepEqual(overlapping(layout), []);
    for (const one of layout.boxes) {
      assert.ok(one.x - one.width / 2 >= 0 && one.y - one.height / 2 >= 0 && one.x + one.width / 2 <= layout.width && one.y + one.height / 2 <= layout.height, JSON.stringify(one));
    }
  });
}

test('who is tied is nearer than who is not', () => {
  const { boxes } = layoutGraph([box('a'), box('b'), box('c'), box('d')], [{ from: 'a', to: 'b' }, { from: 'c', to: 'd' }]);
  const far = (one: string, other: string): number => {
    const [p, q] = [one, other].map(id => boxes.find(each => each.id === id) as PlacedBox) as [PlacedBox, PlacedBox];
    return Math.hypot(p.x - q.x, p.y - q.y);
  };
  assert.ok(far('a', 'b') < (far('a', 'c') + far('a', 'd')) / 2);
  assert.ok(far('c', 'd') < (far('c', 'a') + far('c', 'b')) / 2);
});

test('a tie to what is not there, and to itself, is no reason to fail', () => {
  assert.equal(layoutGraph([box('a')], [{ from: 'a', to: 'nobody' }, { from: 'a', to: 'a' }]).boxes.length, 1);
});

test('an arrow key goes to the nearest in its direction, and nowhere where there is none', () => {
  const boxes: PlacedBox[] = [{ ...box('middle'), x: 200, y: 200 }, { ...box('left'), x: 50, y: 210 }, { ...box('far left'), x: 0, y: 200 }, { ...box('up'), x: 220, y: 100 }];
  assert.equal(neighbour(boxes, 'middle', 'left'), 'left');
  assert.equal(neighbour(boxes, 'middle', 'up'), 'up');
  assert.equal(neighbour(boxes, 'middle', 'right'), 'up', 'aside is better than nothing');
  assert.equal(neighbour(boxes, 'up', 'up'), undefined);
  assert.equal(neighbour(boxes, 'gone', 'up'), 'middle');
});

test('every node can be reached by arrow keys from every other', () => {
  const { boxes, links } = cast(40);
  const layout = layoutGraph(boxes, links);
  const reached = new Set(['c0']);
  for (const id of reached) {
    for (const direction of ['left', 'right', 'up', 'down'] as const) {
      const to = neighbour(layout.boxes, id, direction);
      if (to !== undefined) {
        reached.add(to);
      }
    }
  }
  assert.equal(reached.size, 40);
});

const moment = (id: string, more: Partial<TimelineEntry>): TimelineEntry => ({ id, name: id, type: 'scene', uri: `file:///${id}.md`, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, label: '', ...more });

test('time runs down, strands stand beside each other, and what has no time comes last', () => {
  const layout = layoutTimeline([
    moment('a', { start: 1, label: 'Monday, 9:00', day: 'Monday', strand: 'now' }), moment('b', { start: 1, label: 'Monday, 9:00', day: 'Monday', strand: 'then' }), moment('c', { start: 2, label: 'Monday, 10:00', day: 'Monday', strand: 'now' }), moment('d', {}),
  ]);
  assert.deepEqual(layout.columns, ['now', 'then', '']);
  assert.deepEqual(layout.moments.map(one => [one.entry.id, one.column, one.says]), [['a', 0, 'Monday, 9:00'], ['b', 1, undefined], ['c', 0, '10:00'], ['d', 2, undefined]]);
  const ys = layout.moments.map(one => one.y);
  assert.deepEqual(ys, [...ys].sort((one, other) => one - other));
  assert.ok(layout.timeless !== undefined && layout.timeless > (ys[2] ?? 0) && layout.timeless < (ys[3] ?? 0));
  assert.ok(layout.height > (ys[3] ?? 0));
});

const [ada, tom] = [{ id: 'ada', name: 'Ada', type: 'character' }, { id: 'tom', name: 'Tom', type: 'character' }];

test('what has no time but follows from what is read before stands where it was put', () => {
  const layout = layoutTimeline([moment('a', { start: 1, label: '1' }), moment('b', {}), moment('c', { start: 2, label: '2' })]);
  assert.equal(layout.timeless, undefined);
});

test('somebody is followed through time only', () => {
  const entries = [moment('a', { start: 1, label: '1', characters: [tom, ada] }), moment('b', { start: 2, label: '2', characters: [tom] }), moment('c', { characters: [ada] })];
  assert.deepEqual(castOf(entries), [ada, tom]);
  assert.deepEqual(pathOf(layoutTimeline(entries), 'ada').map(one => one.entry.id), ['a']);
});
