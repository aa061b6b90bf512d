import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hunkAt, lastLine, rejection, withHunks } from './hunks.js';
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

test('what lies on another one says on which', () => {
  const { hunks } = withHunks('one two three\n', [hunk(4, [0, 0], [0, 7], 'all'), hunk(7, [0, 4], [0, 9], '2')]);
  assert.deepEqual(hunks.map(({ hunk: { id }, under }) => [id, under]), [[4, undefined], [7, 4]]);
});

test('the change at the cursor has words on its line; a line without one has no answer', () => {
  const { hunks } = withHunks('1\n2\n3\n4\n5\n', [hunk(1, [1, 0], [1, 1], 'two'), hunk(2, [3, 0], [4, 0], 'four\n')]);
  assert.deepEqual([0, 1, 2, 3, 4].map(line => hunkAt(hunks, { line, character: 0 })?.hunk.id), [undefined, 1, undefined, 2, undefined]);
  assert.equal(lastLine(hunks[1]?.range as NonNullable<typeof hunks[1]['range']>), 3);
  assert.equal(hunkAt([], { line: 0, character: 0 }), undefined);
});

test('of several sentences of a paragraph the one at the column is meant, on either side', () => {
  // Before: `Long old one. Keep. Old two. Old three.`; after: `A. Keep. New two. New three.`
  const { after, hunks } = withHunks('Long old one. Keep. Old two. Old three.\n', [hunk(1, [0, 0], [0, 13], 'A.'), hunk(2, [0, 20], [0, 28], 'New two.'), hunk(3, [0, 29], [0, 39], 'New three.')]);
  const at = (text: string, words: string): { line: number; character: number } => ({ line: 0, character: text.indexOf(words) });
  assert.equal(hunkAt(hunks, at(after, 'two'))?.hunk.id, 2);
  assert.equal(hunkAt(hunks, at(after, 'three'))?.hunk.id, 3);
  assert.equal(hunkAt(hunks, { line: 0, character: after.indexOf('\n') })?.hunk.id, 3, 'the end of the line belongs to the last one');
  assert.equal(hunkAt(hunks, at(after, 'eep'))?.hunk.id, 1, 'the nearest');
  assert.equal(hunkAt(hunks, { line: 0, character: 9 }, 'before')?.hunk.id, 1, 'what is the second change on the right is the first on the left');
  assert.equal(hunkAt(hunks, { line: 0, character: 9 })?.hunk.id, 2);
});

test('where two changes are as near, none is meant', () => {
  const { after, hunks } = withHunks('ab cd\n', [hunk(1, [0, 0], [0, 2], ''), hunk(2, [0, 3], [0, 5], '')]);
  assert.equal(after, ' \n');
  assert.deepEqual([0, 1].map(character => hunkAt(hunks, { line: 0, character })?.hunk.id), [1, 2]);
  const touching = withHunks('abcd\n', [hunk(1, [0, 0], [0, 2], ''), hunk(2, [0, 2], [0, 4], 'x')]).hunks;
  assert.equal(hunkAt(touching, { line: 0, character: 0 }), undefined);
  assert.equal(hunkAt(touching, { line: 0, character: 1 })?.hunk.id, 2);
  const next = withHunks('abcd\n', [hunk(1, [0, 0], [0, 2], 'x'), hunk(2, [0, 2], [0, 4], 'y')]).hunks;
  assert.equal(hunkAt(next, { line: 0, character: 1 })?.hunk.id, 2, 'where one ends the next begins');
});

test('before all is rejected, it is said how much that is', () => {
  const many = [hunk(1, [0, 0], [0, 0], 'a'), hunk(2, [0, 0], [0, 0], 'b'), hunk(3, [0, 0], [0, 0], 'c', { file: 'b.md' })];
  assert.equal(rejection(many), 'Reject 3 changes in 2 files? This cannot be undone.');
  assert.equal(rejection(many.slice(0, 1)), 'Reject 1 change in 1 file? This cannot be undone.');
});
