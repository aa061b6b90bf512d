import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holderOf } from './nested.js';

test('a file belongs to the innermost story that holds it, and to none beside them', () => {
  const stories = ['file:///repository/novel', 'file:///repository/novel/sequel', 'file:///other'];
  assert.equal(holderOf(stories, 'file:///repository/novel/scenes/1.md'), 'file:///repository/novel');
  assert.equal(holderOf(stories, 'file:///repository/novel/sequel/scenes/1.md'), 'file:///repository/novel/sequel');
  assert.equal(holderOf(stories, 'file:///repository/novel-notes/1.md'), undefined);
  assert.equal(holderOf(stories, 'file:///repository/README.md'), undefined);
});
