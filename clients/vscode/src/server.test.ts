import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { findServer, type FoundServer, type SearchPlaces } from './server.js';

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'storylsp client '));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function add(relative: string, mode = 0o755): string {
  const file = path.join(root, relative);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, mode);
  return file;
}

function find(places: Partial<SearchPlaces>): FoundServer {
  return findServer({ setting: '', folder: path.join(root, 'story'), extension: path.join(root, 'extension'), searchPath: '', ...places });
}

test('an absolute setting is taken as it stands', () => {
  const server = add('elsewhere/my server');
  assert.deepEqual(find({ setting: server }), { command: server });
});

test('a relative setting starts from the folder', () => {
  const server = add('story/tools/storylsp');
  assert.deepEqual(find({ setting: 'tools/storylsp' }), { command: server });
});

test('a relative setting without a folder is a problem that says so', () => {
  const found = find({ setting: 'tools/storylsp', folder: undefined });
  assert.match((found as { problem: string }).problem, /no folder is open/);
});

test('a setting comes before the server in the extension and the one on PATH', () => {
  add('extension/server/storylsp');
  add('bin/storylsp');
  const server = add('story/storylsp');
  assert.deepEqual(find({ setting: 'storylsp', searchPath: path.join(root, 'bin') }), { command: server });
});

test('a setting that names nothing is a problem, and no other server is started instead', () => {
  add('extension/server/storylsp');
  const found = find({ setting: 'missing/storylsp' });
  assert.match((found as { problem: string }).problem, /missing.storylsp, which does not exist/);
});

test('a setting that names a folder says so', () => {
  mkdirSync(path.join(root, 'story/tools'), { recursive: true });
  assert.match((find({ setting: 'tools' }) as { problem: string }).problem, /which is a folder/);
});

test('a setting that names what may not be run says so', () => {
  add('story/storylsp', 0o644);
  assert.match((find({ setting: 'storylsp' }) as { problem: string }).problem, /make it executable/);
});

test('the server in the extension comes before the one on PATH', () => {
  const server = add('extension/server/storylsp');
  add('bin/storylsp');
  assert.deepEqual(find({ searchPath: path.join(root, 'bin') }), { command: server });
});

test('PATH is searched in its order, past folders that do not exist', () => {
  const server = add('second/storylsp');
  add('third/storylsp');
  const searchPath = ['first', 'second', 'third'].map(name => path.join(root, name)).join(path.delimiter);
  assert.deepEqual(find({ searchPath }), { command: server });
});

test('a relative entry of PATH is not searched: it could be the folder of a stranger', () => {
  assert.ok('problem' in find({ searchPath: '.' }));
});

test('without any server the problem names the setting', () => {
  assert.match((find({}) as { problem: string }).problem, /storylsp\.server\.path/);
});
