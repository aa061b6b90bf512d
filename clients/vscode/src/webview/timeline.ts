import { castOf, layoutTimeline, pathOf, rowHeight, type PlacedMoment, type TimelineLayout } from '../layout/timeline.js';
import type { TimelineEntry } from '../protocol.js';
import { announce, button, cut, drawing, element, keep, kept, listen, open, part, Roving, scaleOf, toolbar } from './page.js';

const gutter = 250;
const columnWidth = 300;

let entries: readonly TimelineEntry[] = [];
let layout: TimelineLayout = layoutTimeline([]);
const keyOf = (moment: PlacedMoment): string => String(layout.moments.indexOf(moment));

const roving = new Roving(
  (from, key) => step(Number(from), key),
  (id, key) => {
    const entry = layout.moments[Number(id)]?.entry;
    if (entry !== undefined && key === 'Enter') {
      open(entry);
    }
  },
  id => keep(id === undefined ? {} : { focus: id }));

/** Up and down: earlier and later. Left and right: the nearest of the strand beside. */
function step(from: number, key: string): string | undefined {
  const here = layout.moments[from];
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const to = from + (key === 'ArrowUp' ? -1 : 1);
    return layout.moments[to] === undefined ? undefined : String(to);
  }
  if (here === undefined || (key !== 'ArrowLeft' && key !== 'ArrowRight')) {
    return undefined;
  }
  const column = here.column + (key === 'ArrowLeft' ? -1 : 1);
  const beside = layout.moments.filter(moment => moment.column === column).sort((one, other) => Math.abs(one.y - here.y) - Math.abs(other.y - here.y))[0];
  return beside === undefined ? undefined : keyOf(beside);
}

const xOf = (moment: PlacedMoment): number => gutter + 16 + moment.column * columnWidth;

function draw(): void {
  const focus = roving.at ?? kept().focus;
  // Who is in the picture with the keys stays there, whatever is drawn anew.
  const hadKeys = part('picture').contains(document.activeElement);
  roving.clear();
  const followed = part<HTMLSelectElement>('follow').value;
  const path = followed === '' ? [] : pathOf(layout, followed);
  const width = gutter + Math.max(1, layout.columns.length) * columnWidth + 16;
  const behind: SVGElement[] = [];
  layout.columns.forEach((column, index) => {
    const x = gutter + 16 + index * columnWidth;
    const ends = layout.timeless ?? layout.height;
    if (ends > 60) {
      behind.push(drawing('line', { class: 'strand', x1: x, y1: 30, x2: x, y2: ends - 8 }));
    }
    if (column !== '' || layout.columns.length > 1) {
      behind.push(drawing('text', { class: 'head', x: x - 8, y: 20 }, cut(column === '' ? 'the rest' : column, 36)));
    }
  });
  if (layout.timeless !== undefined) {
    behind.push(drawing('text', { class: 'head', x: 8, y: layout.timeless + 14 }, 'Without a time'));
  }
  for (const moment of layout.moments.filter(one => one.says !== undefined)) {
    const lines = wrapped(moment.says ?? '');
    lines.forEach((line, index) => behind.push(drawing('text', { class: 'time', x: gutter - 8, y: moment.y + 4 + (index - (lines.length - 1) / 2) * 15 }, line)));
  }
  if (path.length > 1) {
    behind.push(drawing('polyline', { class: 'path', points: path.map(moment => `${xOf(moment)},${moment.y}`).join(' ') }));
  }
  const moments = layout.moments.map(moment => momentOf(moment, followed));
  const scale = scaleOf();
  part('picture').replaceChildren(drawing('svg', {
    width: width * scale, height: layout.height * scale, viewBox: `0 0 ${width} ${layout.height}`, role: 'application', 'aria-roledescription': 'timeline',
    'aria-label': `${summary()} Up and down go through time, left and right to another strand, Enter opens. A table has the same: the button List.`,
  }, drawing('g', { 'aria-hidden': 'true' }, ...behind), ...moments));
  roving.take(focus, hadKeys);
}

function momentOf(moment: PlacedMoment, followed: string): SVGElement {
  const { entry, y } = moment;
  const x = xOf(moment);
  const aside = followed !== '' && entry.characters?.some(one => one.id === followed) !== true;
  const mark = entry.type === 'scene' ? drawing('circle', { class: 'mark', cx: x, cy: y, r: 6 }) : drawing('rect', { class: 'mark', x: x - 5, y: y - 5, width: 10, height: 10, transform: `rotate(45 ${x} ${y})` });
  const made = drawing('g', { class: aside ? 'moment aside' : 'moment', role: 'button', 'aria-label': spoken(entry) },
    drawing('title', {}, spoken(entry)),
    drawing('rect', { class: 'hit', x: x - 12, y: y - rowHeight / 2 + 3, width: columnWidth - 12, height: rowHeight - 6, rx: 4 }),
    mark,
    drawing('text', { class: 'name', x: x + 16, y: y - 1 }, cut(entry.order === undefined ? entry.name : `${entry.order}. ${entry.name}`, 36)),
    drawing('text', { class: 'small', x: x + 16, y: y + 14 }, cut([entry.told, namesOf(entry)].filter(Boolean).join(' · '), 44)));
  roving.add(keyOf(moment), made);
  return made;
}

function spoken(entry: TimelineEntry): string {
  return [entry.label, `${entry.type} ${entry.name}`, entry.told, entry.strand, entry.location?.name, namesOf(entry), entry.order === undefined ? undefined : `number ${entry.order} for the reader`].filter(Boolean).join('. ');
}

/** A time in one or two lines. */
function wrapped(text: string): string[] {
  const space = text.length <= 34 ? -1 : text.lastIndexOf(' ', 34);
  return space < 0 ? [cut(text, 36)] : [text.slice(0, space), cut(text.slice(space + 1), 36)];
}

function namesOf(entry: TimelineEntry): string {
  return entry.characters?.map(one => one.name).join(', ') ?? '';
}

function summary(): string {
  const timed = entries.filter(entry => entry.start !== undefined).length;
  return `Timeline: ${entries.length === 1 ? '1 entry' : `${entries.length} entries`}${timed === entries.length ? '' : `, ${entries.length - timed} without a time`}.`;
}

function list(): void {
  const head = element('tr', {}, ...['Time', 'What', 'Kind', 'Strand', 'Where', 'Who', 'Read as'].map(title => element('th', { scope: 'col' }, title)));
  const rows = entries.map(entry => element('tr', {},
    element('td', {}, entry.label), element('th', { scope: 'row' }, button(entry.name, () => open(entry))), element('td', {}, entry.type), element('td', {}, entry.strand ?? ''),
    element('td', {}, entry.location?.name ?? ''), element('td', {}, namesOf(entry)), element('td', {}, [entry.order, entry.told].filter(Boolean).join(', '))));
  part('list').replaceChildren(element('table', {}, element('caption', {}, summary()), element('thead', {}, head), element('tbody', {}, ...rows)));
}

function show(): void {
  const follow = part<HTMLSelectElement>('follow');
  const chosen = follow.value === '' ? kept().choice ?? '' : follow.value;
  follow.replaceChildren(element('option', { value: '' }, 'everybody'), ...castOf(entries).map(one => element('option', { value: one.id }, one.name)));
  follow.value = castOf(entries).some(one => one.id === chosen) ? chosen : '';
  part('summary').textContent = entries.length === 0 ? 'Nothing has a time yet. Give a scene one with `when:`, for example `when: 1926-11-03`.' : `${summary()} Circles are scenes, with their number in the order of reading; squares on their tip are events.`;
  layout = layoutTimeline(entries);
  draw();
  list();
}

toolbar(draw);
part('follow').addEventListener('change', () => {
  keep({ choice: part<HTMLSelectElement>('follow').value });
  draw();
});
listen(message => {
  if (message.kind === 'timeline') {
    const first = entries.length === 0;
    entries = message.timeline.entries;
    show();
    if (first) {
      announce(summary());
    }
  }
});
