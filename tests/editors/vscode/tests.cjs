// Runs inside the extension host of a real VS Code, which calls run(). Each test asserts the text of the document after the action.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const editors = process.env.STORYLSP_TEST_EDITORS;
const results = process.env.STORYLSP_TEST_RESULTS;
const only = process.env.STORYLSP_TEST_ONLY;
const limit = Number(process.env.STORYLSP_TEST_WAIT ?? 30_000);
const scene = 'scenes/01-arrival.md';
const dosScene = 'scenes/02-crossing.md';
const kind = vscode.CodeActionKind.Refactor.append('rewrite.storylsp.synopsis');

const original = relative => fs.readFileSync(path.join(editors, 'workspace', relative), 'utf8');
const expected = relative => fs.readFileSync(path.join(editors, 'expected', relative), 'utf8');
const folder = () => vscode.workspace.workspaceFolders[0].uri;
const onDisk = relative => fs.readFileSync(vscode.Uri.joinPath(folder(), relative).fsPath, 'utf8');
const pause = time => new Promise(resolve => setTimeout(resolve, time));

async function until(what, probe) {
  const begun = Date.now();
  for (; ;) {
    const value = await probe();
    if (value) {
      return value;
    }
    if (Date.now() - begun > limit) {
      throw new Error(`${what}: not so after ${limit / 1000} s`);
    }
    await pause(30);
  }
}

async function open(relative) {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), relative));
  const editor = await vscode.window.showTextDocument(document);
  return { document, editor };
}

function findings(document) {
  return vscode.languages.getDiagnostics(document.uri).map(one => `${one.range.start.line} ${typeof one.code === 'object' ? one.code.value : one.code} ${one.source}`).sort();
}

async function untilFindings(document, wanted) {
  const sorted = [...wanted].sort();
  try {
    await until('findings', () => JSON.stringify(findings(document)) === JSON.stringify(sorted));
  } catch {
    assert.deepEqual(findings(document), sorted);
  }
}

function positionOf(document, text) {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `the document has no ${text}`);
  return document.positionAt(offset);
}

/** Offers the code action at the top of the scene, and starts it; the promise ends when the server has answered the command. */
async function startSynopsis(document) {
  await until('findings', () => findings(document).length > 0);
  const at = positionOf(document, 'title:');
  const action = await until('the code action', async () => {
    const actions = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, new vscode.Range(at, at), kind.value);
    return actions.find(one => one.title === 'Write the synopsis');
  });
  assert.equal(action.kind.value, kind.value);
  assert.equal(action.edit, undefined, 'the action carries a command and no edit');
  const state = { ended: false };
  state.promise = vscode.commands.executeCommand(action.command.command, ...action.command.arguments).then(() => { state.ended = true; }, problem => { state.ended = true; throw problem; });
  return state;
}

const previews = () => vscode.window.tabGroups.all.flatMap(group => group.tabs).filter(tab => tab.label.startsWith('Refactor Preview'));

/** Waits for the preview: it shows the first change in an editor once its tree is there to be selected in. A tree that is still empty has no first row, and says so. */
const untilPreview = () => until('the preview', async () => {
  try {
    await vscode.commands.executeCommand('refactorPreview.focus');
    await vscode.commands.executeCommand('list.focusFirst');
    await vscode.commands.executeCommand('list.select');
  } catch {
    return false;
  }
  return previews().length > 0;
});

/** Applies or discards what the preview shows. */
async function closePreview(how) {
  await vscode.commands.executeCommand(`refactorPreview.${how}`);
  await until('the preview is gone', () => previews().length === 0);
}

/** Answers the refactor preview that the edit opens, with nothing written before. */
async function answerPreview(document, state, accept) {
  const before = document.getText();
  await untilPreview();
  assert.equal(document.getText(), before, 'while the preview is open');
  assert.equal(state.ended, false, 'the server waits for the answer');
  if (accept) {
    // An edit that needs a confirmation is not ticked when the preview opens.
    await vscode.commands.executeCommand('refactorPreview.focus');
    await vscode.commands.executeCommand('list.focusFirst');
    await vscode.commands.executeCommand('refactorPreview.toggleCheckedState');
  }
  await closePreview(accept ? 'apply' : 'discard');
  await until('the server has answered', () => state.ended);
  await state.promise;
}

const tests = [];
const test = (title, body) => tests.push({ title, body });

for (const [file, wanted] of Object.entries(JSON.parse(fs.readFileSync(path.join(editors, 'expected-findings.json'), 'utf8')))) {
  test(`findings in ${file}`, async () => {
    if (wanted.length === 0) {
      // "No finding" is only an answer once another file of the same workspace has shown its own.
      const other = await open(scene);
      await until('the findings of another file', () => findings(other.document).length > 0);
    }
    const { document } = await open(file);
    await untilFindings(document, wanted.map(one => `${one.line} ${one.code} storylsp`));
    assert.equal(document.getText(), original(file));
    assert.equal(document.isDirty, false);
  });
}

test('a finding goes as the mistake is typed away', async () => {
  const { document, editor } = await open(scene);
  await until('findings', () => findings(document).length === 2);
  const at = positionOf(document, 'old-mil\n').translate(0, 'old-mil'.length);
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand('type', { text: 'l' });
  await untilFindings(document, ['21 ref/unresolved storylsp']);
  assert.equal(document.getText(), original(scene).replace('old-mil\n', 'old-mill\n'));
  assert.equal(onDisk(scene), original(scene));
});

test('completion of a reference', async () => {
  const { document, editor } = await open(scene);
  await until('findings', () => findings(document).length === 2);
  const start = positionOf(document, 'ada-vane');
  await editor.edit(edit => edit.replace(new vscode.Range(start, start.translate(0, 'ada-vane'.length)), 'ad'));
  const at = start.translate(0, 2);
  const list = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, at);
  const texts = list.items.map(item => typeof item.insertText === 'object' ? item.insertText.value : item.insertText ?? item.label);
  assert.ok(texts.includes('ada-vane'), `ada-vane is not among ${JSON.stringify(texts)}`);
  // The same in the list that a writer sees.
  editor.selection = new vscode.Selection(at, at);
  for (let attempt = 0; document.getText() !== original(scene); attempt++) {
    assert.ok(attempt < 20, `the first suggestion is not taken:\n${document.getText().slice(0, 200)}`);
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await pause(500);
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    await pause(100);
  }
  assert.equal(document.getText(), original(scene));
});

test('completion of a wikilink in a file with CRLF', async () => {
  const { document, editor } = await open(dosScene);
  await until('findings', () => findings(document).length === 1);
  const start = positionOf(document, 'Ada Vane|');
  await editor.edit(edit => edit.replace(new vscode.Range(start, start.translate(0, 'Ada Vane'.length)), 'Tom'));
  const typed = original(dosScene).replace('[[Ada Vane|', '[[Tom|');
  const list = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, start.translate(0, 3));
  const labels = list.items.map(item => typeof item.label === 'object' ? item.label.label : item.label);
  assert.ok(labels.some(label => /tom[ -]reeve/i.test(label)), `Tom Reeve is not among ${JSON.stringify(labels)}`);
  assert.equal(document.getText(), typed, 'to list is not to change');
});

test('hover', async () => {
  const { document } = await open(scene);
  await until('findings', () => findings(document).length === 2);
  const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, positionOf(document, 'ada-vane').translate(0, 2));
  const text = hovers.flatMap(hover => hover.contents.map(part => typeof part === 'string' ? part : part.value)).join('\n');
  assert.match(text, /Ada Vane/);
  assert.match(text, /A surveyor who trusts her instruments/);
  assert.equal(document.getText(), original(scene));
});

test('definition', async () => {
  const { document, editor } = await open(scene);
  await until('findings', () => findings(document).length === 2);
  const at = positionOf(document, 'ada-vane').translate(0, 2);
  const places = await vscode.commands.executeCommand('vscode.executeDefinitionProvider', document.uri, at);
  assert.deepEqual(places.map(place => path.basename((place.targetUri ?? place.uri).fsPath)), ['ada-vane.yaml']);
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand('editor.action.revealDefinition');
  await until('the jump', () => vscode.window.activeTextEditor?.document.uri.fsPath.endsWith('ada-vane.yaml'));
  assert.equal(vscode.window.activeTextEditor.document.getText(), original('characters/ada-vane.yaml'));
  assert.equal(document.getText(), original(scene));
});

for (const file of [scene, dosScene]) {
  test(`the synopsis accepted in ${file}`, async () => {
    const { document } = await open(file);
    await answerPreview(document, await startSynopsis(document), true);
    await until('the synopsis', () => /\nsynopsis:/.test(document.getText()));
    assert.equal(document.getText(), expected(file));
    assert.equal(onDisk(file), original(file), 'only the writer saves');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), original(file), 'after undo');
  });

  test(`the synopsis rejected in ${file}`, async () => {
    const { document } = await open(file);
    await answerPreview(document, await startSynopsis(document), false);
    await pause(300);
    assert.equal(document.getText(), original(file));
    assert.equal(document.isDirty, false);
    assert.equal(onDisk(file), original(file));
  });
}

test('the setting decides which server runs, and a wrong one is an error and not another server', async () => {
  const api = vscode.extensions.getExtension('storylsp.storylsp').exports;
  const { document } = await open(scene);
  await until('ready', () => api.state() === 'ready');
  const settings = vscode.workspace.getConfiguration('storylsp');
  try {
    await settings.update('server.path', 'no/such/program', vscode.ConfigurationTarget.Workspace);
    await until('stopped', () => api.state() === 'stopped');
    await until('no findings', () => findings(document).length === 0);
  } finally {
    await settings.update('server.path', undefined, vscode.ConfigurationTarget.Workspace);
  }
  await until('ready again', () => api.state() === 'ready');
  await until('findings again', () => findings(document).length === 2);
  assert.equal(document.getText(), original(scene));
});

test('Story: Restart Server', async () => {
  const api = vscode.extensions.getExtension('storylsp.storylsp').exports;
  const { document } = await open(scene);
  await until('findings', () => findings(document).length === 2);
  await vscode.commands.executeCommand('storylsp.restartServer');
  await until('ready', () => api.state() === 'ready');
  assert.ok(api.serverVersion(), 'the server says its version');
  await until('findings', () => findings(document).length === 2);
  assert.equal(document.getText(), original(scene));
});

require('./views.cjs').define({ test, open, until });

test('a .fountain file is a fountain', async () => {
  const uri = vscode.Uri.joinPath(folder(), 'script.fountain');
  const text = 'INT. MILL - NIGHT\n\nThe wheel turns.\n';
  fs.writeFileSync(uri.fsPath, text);
  try {
    const { document } = await open('script.fountain');
    assert.equal(document.languageId, 'fountain');
    assert.equal(document.getText(), text);
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    fs.rmSync(uri.fsPath);
  }
});

require('./pipelines.cjs').define({ test, open, until, folder, pause, untilPreview, closePreview });

async function revertAll() {
  for (const document of vscode.workspace.textDocuments.filter(one => one.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

exports.run = async () => {
  const report = line => fs.appendFileSync(results, line + '\n');
  let failed = 0;
  await vscode.extensions.getExtension('storylsp.storylsp').activate();
  for (const { title, body } of tests) {
    if (only && !only.split('|').some(one => title.includes(one))) {
      continue;
    }
    const begun = Date.now();
    try {
      await body();
      report(`ok    vscode ${vscode.version}: ${title} (${Date.now() - begun} ms)`);
    } catch (problem) {
      failed++;
      report(`FAIL  vscode ${vscode.version}: ${title}\n${String(problem.stack ?? problem).split('\n').map(line => '      ' + line).join('\n')}`);
    }
    await revertAll();
  }
  if (failed > 0) {
    throw new Error(`${failed} failed`);
  }
};
