import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isToldElsewhere } from './quiet.js';

test('what comes by itself fails quietly, and what a writer has chosen does not', () => {
  for (const method of ['textDocument/inlayHint', 'textDocument/hover', 'textDocument/codeAction', 'textDocument/semanticTokens/full/delta', 'workspace/executeCommand', 'textDocument/rename']) {
    assert.equal(isToldElsewhere(method), true, method);
  }
  for (const method of ['codeAction/resolve', 'textDocument/formatting', 'textDocument/definition', 'textDocument/references', 'callHierarchy/incomingCalls']) {
    assert.equal(isToldElsewhere(method), false, method);
  }
});
