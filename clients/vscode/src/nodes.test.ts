import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barOf, factsOf } from './figures.js';
import { fileFor, lastFolder, slug } from './new-files.js';
import { bibleNodes, manuscriptNodes, placesOf, timelineNodes, workNodes, type TreeNode } from './nodes.js';
import type { ManuscriptEntry, StoryStatus, StoryThing } from './protocol.js';

const range = { start: { line: 2, character: 0 }, end: { line: 4, character: 3 } };
const ada: StoryThing = { id: 'ada', name: 'Ada Vane', type: 'character', uri: 'file:///s/ada.yaml', range, detail: 'a surveyor' };
const scene: ManuscriptEntry = { kind: 'scene', id: 'one', name: 'The Arrival', uri: 'file:///s/one.md', range, words: 1204, target: 1500, status: 'draft', errors: 0, warnings: 0 };

function keysOf(nodes: readonly TreeNode[]): string[] {
  return nodes.flatMap(node => [node.key, ...keysOf(node.children ?? [])]);
}

test('the bible has a row for each type that has something, with its things below', () => {
  const rows = bibleNodes({ types: [{ type: 'character', title: 'Characters', containers: [ada, { ...ada, uri: 'file:///s/other.yaml' }] }, { type: 'item', title: 'Items', containers: [] }] });
  assert.deepEqual(rows.map(row => [row.label, row.description]), [['Characters', '2']]);
  assert.deepEqual(rows[0]?.children?.map(row => [row.label, row.description, row.open?.uri]), [['Ada Vane', 'a surveyor', 'file:///s/ada.yaml'], ['Ada Vane', 'a surveyor', 'file:///s/other.yaml']]);
  assert.equal(new Set(keysOf(rows)).size, 3, 'the same id in two files is two rows');
});

test('a scene says its words, its target, its status and its findings, to eyes and ears', () => {
  const [row] = manuscriptNodes({ words: 1204, entries: [{ ...scene, errors: 2, warnings: 1 }] });
  assert.equal(row?.description, '1,204/1,500 · draft · 2 errors, 1 warning');
  assert.equal(row?.spoken, 'scene The Arrival, 1,204 of 1,500 words, draft, 2 errors, 1 warning');
  assert.deepEqual([row?.icon, row?.color], ['error', 'list.errorForeground']);
  const [clean] = manuscriptNodes({ words: 1, entries: [{ kind: 'scene', name: 'S', uri: 'u', range, words: 1, errors: 0, warnings: 0 }] });
  assert.equal(clean?.description, '1 word');
  assert.equal(clean?.icon, 'file-text');
});

test('chapters hold their scenes and are open', () => {
  const rows = manuscriptNodes({ words: 0, entries: [{ ...scene, kind: 'chapter', id: 'c', name: 'One', children: [scene, { ...scene, id: 'two' }] }, { ...scene, kind: 'chapter', id: 'd', children: [] }] });
  assert.equal(rows[0]?.expanded, true);
  assert.deepEqual(rows[0]?.children?.map(row => row.id), ['one', 'two']);
  assert.equal(rows[1]?.children, undefined, 'what is empty does not unfold');
});

test('a chapter that is read in two stretches is two rows', () => {
  const chapter: ManuscriptEntry = { ...scene, kind: 'chapter', id: 'c', name: 'One', children: [scene] };
  const keys = keysOf(manuscriptNodes({ words: 0, entries: [chapter, { ...chapter, id: 'd' }, chapter] }));
  assert.equal(new Set(keys).size, 6, 'VS Code refuses the whole tree where two rows have one key');
});

test('a new scene goes beside the last one that is read', () => {
  const at = (path: string): ManuscriptEntry => ({ ...scene, uri: path });
  const { id, ...unnamed } = { ...scene, kind: 'chapter' as const, uri: 'manuscript/ch02' };
  assert.equal(id, 'one');
  const manuscript = { words: 0, entries: [
    { ...scene, kind: 'chapter' as const, uri: 'chapters/1.yaml', children: [at('manuscript/ch01/01-a.md'), at('manuscript/ch01/02-b.md'), at('manuscript/ch01/03-c.md')] },
    { ...unnamed, children: [at('manuscript/ch02/01-d.md'), at('manuscript/ch02/07-e.md')] },
  ] };
  assert.equal(fileFor('scene', 'Dusk', lastFolder(placesOf(manuscript, 'scene'))).path, 'manuscript/ch02/08-dusk.md');
  assert.deepEqual(placesOf(manuscript, 'chapter'), ['chapters/1.yaml'], 'a folder is no chapter of its own');
  assert.equal(fileFor('scene', 'Dusk', lastFolder(placesOf(undefined, 'scene')), 'Scenes').path, 'scenes/dusk.md');
});

test('a moment says when it is', () => {
  const [row] = timelineNodes({ mermaid: '', entries: [{ id: 'e', name: 'The fire', type: 'event', uri: 'u', range, label: '3 November 1926', strand: 'the inquest' }] });
  assert.equal(row?.description, '3 November 1926 · the inquest');
  assert.equal(row?.spoken, '3 November 1926, event The fire, the inquest');
});

test('proposals come first, then what is under way, and what is over is folded', () => {
  const rows = workNodes(
    [{ run: '1', pipeline: 'draft', status: 'done' }, { run: '2', pipeline: 'continue-scene', input: 'one', status: 'paused', prompt: 'file:///p' }],
    [{ id: 'p', label: 'Continue “One”', hunks: [{ id: 1, file: 'a.md', state: 'open' }, { id: 2, file: 'b.md', state: 'stale' }, { id: 3, file: 'c.md', state: 'rejected' }] }]);
  assert.deepEqual(rows.map(row => [row.label, row.expanded]), [['Proposals', true], ['Runs', true], ['Earlier Runs', false]]);
  assert.deepEqual(rows[0]?.children?.[0]?.children?.map(row => row.label), ['a.md', 'b.md'], 'only files with something to decide');
  assert.equal(rows[0]?.children?.[0]?.description, '2 changes');
  assert.deepEqual(rows[1]?.children?.map(row => [row.label, row.description, row.open?.uri, row.kind]), [['continue-scene: one', 'waits for you', 'file:///p', 'run.paused']]);
  assert.deepEqual(workNodes([], []), []);
});

test('the bar says words, target and findings; the facts say the rest', () => {
  const status: StoryStatus = { words: 45210, target: 80000, errors: 2, warnings: 0, index: { state: 'ready', files: 1 }, ai: { enabled: true, provider: 'openai', model: 'quill', runs: 1 }, scene: { id: 'one', name: 'The Arrival', words: 1 } };
  assert.equal(barOf(status), '45,210 of 80,000 words $(error) 2');
  assert.deepEqual(factsOf(status), ['Story: 45,210 of 80,000 words.', 'This scene, The Arrival: 1 word.', 'Findings: 2 errors.', 'Index: ready, 1 file.', 'AI: openai, quill, 1 run is open.']);
  assert.equal(barOf({ ...status, scene: { id: 'one', name: 'The Arrival', words: 512, target: 1500 } }, 'scene'), '512 of 1,500 words here, 45,210 in all $(error) 2');
  assert.equal(barOf({ index: status.index, ai: status.ai }), '', 'nothing is counted yet');
  assert.equal(factsOf({ ...status, ai: { enabled: false, provider: 'openai', runs: 0 } }).at(-1), 'AI: off.');
});

test('a new file goes where its siblings are, with their numbers', () => {
  assert.deepEqual(fileFor('character', 'Zoë O’Neil', ['cast/ada.yaml', 'cast/tom.yaml', 'people.yaml']), { path: 'cast/zoe-oneil.yaml', text: 'type: character\nname: Zoë O’Neil\ndescription: ' });
  assert.equal(fileFor('location', 'Old Mill', [], 'Locations').path, 'locations/old-mill.yaml');
  assert.deepEqual(fileFor('scene', 'The end: part 2', ['scenes/01-a.md', 'scenes/09-b.md', 'notes/33-c.md']), { path: 'scenes/10-the-end-part-2.md', text: '---\ntype: scene\ntitle: "The end: part 2"\n---\n\n' });
  assert.equal(fileFor('scene', 'Dusk', ['scenes/dawn.md']).path, 'scenes/dusk.md');
});

test('a name in any script makes a file name, and what YAML would misread is quoted', () => {
  assert.equal(slug('Анна Каренина'), 'анна-каренина');
  assert.equal(slug('हिन्दी'), 'हिन्दी'.normalize('NFC'));
  assert.equal(slug('../../etc/passwd'), 'etc-passwd');
  assert.equal(slug('???'), 'new');
  assert.match(fileFor('character', 'No', []).text, /^name: "No"$/m);
  assert.match(fileFor('character', '- #x', []).text, /^name: "- #x"$/m);
});
