/** What an editor asks for by itself, while somebody writes or looks around. */
const unasked = new Set([
  'textDocument/codeAction', 'textDocument/codeLens', 'codeLens/resolve', 'textDocument/colorPresentation', 'textDocument/completion', 'completionItem/resolve', 'textDocument/diagnostic',
  'textDocument/documentColor', 'textDocument/documentHighlight', 'textDocument/documentLink', 'documentLink/resolve', 'textDocument/documentSymbol', 'textDocument/foldingRange', 'textDocument/hover',
  'textDocument/inlayHint', 'inlayHint/resolve', 'textDocument/inlineCompletion', 'textDocument/inlineValue', 'textDocument/linkedEditingRange', 'textDocument/onTypeFormatting', 'textDocument/selectionRange',
  'textDocument/semanticTokens/full', 'textDocument/semanticTokens/full/delta', 'textDocument/semanticTokens/range', 'textDocument/signatureHelp', 'workspace/diagnostic', 'workspace/textDocumentContent',
]);

/** Where somebody else shows the error: the editor at the name, and whoever sends a command. */
const told = new Set(['textDocument/prepareRename', 'textDocument/rename', 'workspace/executeCommand']);

/** Whether a failed request of this method is for the log alone. */
export function isToldElsewhere(method: string): boolean {
  return unasked.has(method) || told.has(method);
}
