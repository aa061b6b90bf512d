// A session to record, inside the extension host of a real VS Code: it opens, reads, types, completes, renames and mends, as a writer does. What it ends with is
// written to STORYLSP_RECORD_FINAL.
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const scene = 'scenes/01-arrival.md';
const dosScene = 'scenes/02-crossing.md';
const root = () => vscode.workspace.workspaceFolders[0].uri;
const rest = (time = 700) => new Promise(resolve => setTimeout(resolve, time));
const run = (command, ...values) => vscode.commands.executeCommand(command, ...values);

async function until(what, probe) {
  for (const begun = Date.now(); ; await rest(50)) {
    const value = await probe();
    if (value) {
      return value;
    }
    if (Date.now() - begun > 60_000) {
      throw new Error(`${what}: not so after a minute`);
    }
  }
}

async function at(file, text, column = 0) {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root(), file));
  const editor = await vscode.window.showTextDocument(document);
  const offset = document.getText().indexOf(text);
  if (offset < 0) {
    throw new Error(`${file} has no ${text}`);
  }
  const position = document.positionAt(offset + column);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection);
  await rest();
  return { document, editor, position };
}

/** Types as a person does, one key after the other. */
async function type(text) {
  for (const one of text) {
    await run('type', { text: one });
    await rest(40);
  }
  await rest();
}

async function apply(action) {
  if (action.edit) {
    await vscode.workspace.applyEdit(action.edit);
  }
  if (action.command) {
    await run(action.command.command, ...(action.command.arguments ?? []));
  }
  await rest();
}

exports.run = async () => {
  try {
    await session();
  } catch (problem) {
    fs.appendFileSync(process.env.STORYLSP_TEST_RESULTS, `FAIL  ${problem.stack}\n`);
    throw problem;
  }
};

async function session() {
  await vscode.extensions.getExtension('storylsp.storylsp').activate();
  const { document, position } = await at(scene, 'ada-vane', 2);
  const findings = () => vscode.languages.getDiagnostics(document.uri).length;
  await until('the findings', () => findings() === 2);
  await run('vscode.executeHoverProvider', document.uri, position);
  await run('vscode.executeReferenceProvider', document.uri, position);
  await run('vscode.executeDefinitionProvider', document.uri, position);
  const wrong = await at(scene, 'old-mil');
  const fixes = await run('vscode.executeCodeActionProvider', document.uri, new vscode.Range(wrong.position, wrong.position), vscode.CodeActionKind.QuickFix.value, 10);
  await apply(fixes.find(one => one.title.includes('old-mill')));
  await until('one finding less', () => findings() === 1);
  const dos = await at(dosScene, 'They had been thrown away.', 'They had been thrown away.'.length);
  await type(' See [[tom');
  await until('the choice', async () => {
    await run('editor.action.triggerSuggest');
    await rest();
    await run('acceptSelectedSuggestion');
    return dos.document.getText().includes('tom-reeve');
  });
  await type(' The river had not risen. Ada Vane was not surprised.');
  const name = await at('characters/ada-vane.yaml', 'name: Ada Vane', 8);
  const renamed = await run('vscode.executeDocumentRenameProvider', name.document.uri, name.position, 'Ada Weir');
  // What the command gives has forgotten that the texts come before the file's own rename.
  const texts = new vscode.WorkspaceEdit();
  for (const [uri, edits] of renamed.entries()) {
    texts.set(uri, edits);
  }
  await vscode.workspace.applyEdit(texts);
  await rest();
  const file = new vscode.WorkspaceEdit();
  file.renameFile(name.document.uri, vscode.Uri.joinPath(root(), 'characters/ada-weir.yaml'));
  await vscode.workspace.applyEdit(file);
  await rest(1500);
  await run('workbench.action.files.saveAll');
  await at(scene, 'Only the letters', 5);
  await run('deleteWordRight');
  await rest();
  await run('undo');
  await run('vscode.executeWorkspaceSymbolProvider', 'weir');
  await run('editor.action.formatDocument');
  const lamp = await at('lamps/storm-lamp.yaml', 'oyl');
  lamp.editor.selection = new vscode.Selection(lamp.position, lamp.position.translate(0, 3));
  await type('oil');
  await until('the finding is gone', () => vscode.languages.getDiagnostics(lamp.document.uri).length === 1);
  await run('workbench.action.files.saveAll');
  await rest(1500);
  const written = {};
  const read = folder => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.')) {
        read(file);
      } else if (entry.isFile()) {
        written[path.relative(root().fsPath, file)] = fs.readFileSync(file, 'utf8');
      }
    }
  };
  read(root().fsPath);
  const ended = Object.fromEntries([document, dos.document, lamp.document].map(one => [path.relative(root().fsPath, one.uri.fsPath),
    vscode.languages.getDiagnostics(one.uri).map(each => `${each.range.start.line} ${each.code.value ?? each.code}`).sort()]));
  fs.writeFileSync(process.env.STORYLSP_RECORD_FINAL, JSON.stringify({ workspace: root().fsPath, texts: written, findings: ended }));
}
