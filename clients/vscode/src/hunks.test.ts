import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hunkAt, lastLine, withHunks } from './hunks.js';
import type { ProposalHunk } from './protocol.js';

const hunk = (id: number, from: [number, number], to: [number, number], words: string, more: Partial<ProposalHunk> = {}): ProposalHunk => ({
  id, file: 'a.md', state: 'open', old: '', new: words, range: { start: { line: from[0], character: from[1] }, end: { line: to[0], character: to[1] } }, ...more,
});

test('all that is undecided stands in the text after, and each change knows its place there', () => {
  const { after, hunks } = withHunks('one\ntwo\nthree\n', [hunk(2, [2, 0], [2, 5], 'THREE'), hunk(1, [0, 3], [0, 3], ' and a half\nmore'), hunk(3, [1, 0], [1, 3], 'x', { state: 'rejected' })]);
  assert.equal(after, 'one and a half\nmore\ntwo\nTHREE\n');
  assert.deepEqual(hunks.map(({ hunk: { id }, range }) => [id, range?.start, range?.end]), [[1, { line: 0, character: 3 }, { line: 1, character: 4 }], [2, { line: 3, character: 0 }, { line: 3, character: 5 }]]);
});

test('what is in doubt is shown too', () => {
  assert.equal(withHunks('one\n', [hunk(1, [0, 0], [0, 3], 'two', { ticked: false, doubt: 'It brings an error.' })]).after, 'two\n');
});

test('what has no place any more is told, and not shown in the text', () => {
  const { range, ...placeless } = hunk(1, [0, 0], [0, 3], 'two', { state: 'stale' });
  assert.ok(range);
  const { after, hunks } = withHunks('one\n', [placeless, hunk(2, [1, 0], [1, 0], 'end')]);
  assert.equal(after, 'one\nend');
  assert.deepEqual(hunks.map(one => [one.hunk.id, one.range === undefined]), [[2, false], [1, true]]);
});

test('two that lie on each other are not both shown', () => {
  const { after, hunks } = withHunks('one two\n', [hunk(1, [0, 0], [0, 7], 'all'), hunk(2, [0, 4], [0, 7], '2')]);
  assert.equal(after, 'all\n');
  assert.equal(hunks.find(one => one.hunk.id === 2)?.range, undefined);
});

test('several at one place come in the order of their ids, insertions first', () => {
  assert.equal(withHunks('x\n', [hunk(3, [0, 0], [0, 1], 'y'), hunk(2, [0, 0], [0, 0], 'b'), hunk(1, [0, 0], [0, 0], 'a')]).after, 'aby\n');
});

test('lines end as those of the file do', () => {
  assert.equal(withHunks('one\r\ntwo\r\n', [hunk(1, [1, 0], [1, 0], 'new\nlines\r\n')]).after, 'one\r\nnew\r\nlines\r\ntwo\r\n');
});

test('a new file is all of its change', () => {
  const { range, ...whole } = hunk(1, [0, 0], [0, 0], 'name: Ada\n');
  assert.ok(range);
  const { after, hunks } = withHunks('', [whole]);
  assert.equal(after, 'name: Ada\n');
  assert.deepEqual(hunks[0]?.range, { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } });
});

test('letters beyond the sixteen bits count as the protocol counts them', () => {
  assert.equal(withHunks('🦉 owl\n', [hunk(1, [0, 3], [0, 6], 'bird')]).after, '🦉 bird\n');
});

test('the change at the cursor is the one that holds it, else the next, else the last', () => {
  const { hunks } = withHunks('1\n2\n3\n4\n5\n', [hunk(1, [1, 0], [1, 1], 'two'), hunk(2, [3, 0], [4, 0], 'four\n')]);
  assert.deepEqual([0, 1, 2, 3, 4].map(line => hunkAt(hunks, line)?.hunk.id), [1, 1, 2, 2, 2]);
  assert.equal(lastLine(hunks[1]?.range as NonNullable<typeof hunks[1]['range']>), 3);
  assert.equal(hunkAt([], 0), undefined);
});
