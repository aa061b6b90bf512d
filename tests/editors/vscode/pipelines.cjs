// Each shipped pipeline in a real VS Code, with every provider, through a prompt that the user edited. Each case starts from the story as the repository
// has it, and asserts all its texts afterwards.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const editors = process.env.STORYLSP_TEST_EDITORS;
const loopback = process.env.STORYLSP_TEST_MODEL;
const modelLog = process.env.STORYLSP_TEST_MODEL_LOG;
const read = file => fs.readFileSync(file, 'utf8');
const accepts = process.env.STORYLSP_ACCEPT === '1';
const cases = JSON.parse(read(path.join(editors, 'pipelines.json')));

/** What a model must never be told: the statement of a fact that is still secret. */
const canaries = /Harrowgate|burned the/;

/** Who answers. What anthropic answers is recorded, for replay. */
const providers = {
  offline: ['provider: offline'],
  openai: ['provider: openai', `endpoint: ${loopback}/v1`, 'model: quill'],
  anthropic: ['provider: replay', 'record: anthropic', `endpoint: ${loopback}`, 'model: quill'],
  replay: ['provider: replay', 'model: quill'],
  editor: ['provider: editor'],
};

/** Every file under a folder but what the product keeps for itself: path -> text. */
function filesUnder(folder, under = '') {
  const found = {};
  for (const entry of fs.existsSync(path.join(folder, under)) ? fs.readdirSync(path.join(folder, under), { withFileTypes: true }) : []) {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== '.story') {
      Object.assign(found, filesUnder(folder, name));
    } else if (entry.isFile()) {
      found[name] = read(path.join(folder, name));
    }
  }
  return found;
}


/** The texts that a case leads to; STORYLSP_ACCEPT=1 takes the present ones as the right ones. */
function expected(name, found) {
  const place = path.join(editors, 'expected/pipelines', name);
  if (accepts) {
    fs.rmSync(place, { recursive: true, force: true });
    for (const [file, text] of Object.entries(found)) {
      fs.mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
      fs.writeFileSync(path.join(place, file), text);
    }
  }
  return filesUnder(place);
}

/** Defines the tests, with what tests.cjs has for all tests. */
exports.define = ({ test, open, until, folder, pause, untilPreview, closePreview }) => {
  const root = () => folder().fsPath;
  const original = () => filesUnder(path.join(editors, 'workspace'));
  const asked = () => fs.existsSync(modelLog) ? read(modelLog).split('\n').filter(line => line !== '').map(line => JSON.parse(line)) : [];
  const api = () => vscode.extensions.getExtension('storylsp.storylsp').exports;
  const proposals = () => fs.existsSync(path.join(root(), '.story/proposals')) ? fs.readdirSync(path.join(root(), '.story/proposals')).sort() : [];

  /** Every text of the story as the writer sees it, documents before files; story.yaml, which says who answers, is the test's own. */
  function texts() {
    const found = filesUnder(root());
    for (const document of vscode.workspace.textDocuments.filter(one => one.uri.scheme === 'file' && !one.isClosed && fs.existsSync(one.uri.fsPath))) {
      const name = path.relative(root(), document.uri.fsPath);
      if (!name.startsWith('.')) {
        found[name] = document.getText();
      }
    }
    delete found['story.yaml'];
    return found;
  }

  /** What differs from the story as the repository has it: path -> text, or null where the file is gone. */
  function changed() {
    const before = original();
    const after = texts();
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(name => name !== 'story.yaml').sort();
    return Object.fromEntries(names.filter(name => before[name] !== after[name]).map(name => [name, after[name] ?? null]));
  }

  /** Takes away what a test before left: files that the repository does not have. What was only typed is reverted after each test. */
  function clean() {
    const before = original();
    for (const name of Object.keys(filesUnder(root()))) {
      if (before[name] === undefined) {
        fs.rmSync(path.join(root(), name));
      }
    }
  }

  async function settings(ai) {
    const { document, editor } = await open('story.yaml');
    const text = ['title: The Mill Road', 'ai:', ...ai.map(line => `  ${line}`), ''].join('\n');
    if (document.getText() !== text) {
      await editor.edit(edit => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
      await document.save();
    }
  }

  /** Starts the case's pipeline from where the writer stands, and returns its prompt. */
  async function toPrompt(one) {
    const { document, editor } = await open(one.file);
    const offset = document.getText().indexOf(one.at);
    assert.ok(offset >= 0, `${one.file} has no ${one.at}`);
    const at = document.positionAt(offset);
    editor.selection = new vscode.Selection(at, at);
    const started = one.words === undefined
      ? vscode.commands.executeCommand('storylsp.runPipeline', one.pipeline)
      : vscode.commands.executeCommand('storylsp.run', { pipeline: one.pipeline, uri: document.uri.toString(), text: one.words });
    const prompt = await until(`the prompt of ${one.pipeline}`, () => {
      const active = vscode.window.activeTextEditor;
      return active !== undefined && /\.story[/\\]runs[/\\][0-9a-f]+[/\\]prompt\.md$/.test(active.document.uri.fsPath) ? active.document : undefined;
    });
    await started;
    return { document, prompt };
  }

  /** Types a line into the prompt: after the last place that has the text, or at the end. */
  async function type(prompt, typed, after) {
    const text = prompt.getText();
    const offset = after === undefined ? text.trimEnd().length : text.lastIndexOf(after) + after.length;
    assert.ok(offset >= (after ?? '').length, `the prompt has no ${after}:\n${text}`);
    const editor = await vscode.window.showTextDocument(prompt);
    const at = prompt.positionAt(offset);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('type', { text: `\n${typed}` });
    assert.ok(prompt.getText().includes(typed), prompt.getText());
  }

  /** Presses a lens of the prompt; the answer is that of its command. */
  async function lens(prompt, title) {
    const found = await until(`the lens ${title}`, async () => {
      const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', prompt.uri, 10);
      return lenses.find(one => one.command?.title.includes(title));
    });
    return vscode.commands.executeCommand(found.command.command, ...found.command.arguments);
  }

  async function untilOnlyShown() {
    await untilPreview();
    assert.deepEqual(changed(), {}, 'while the preview is open');
  }

  /** Ticks what the preview shows and applies it; or only the change that is `only` steps below the top of its tree. */
  async function applyPreview(only = 0) {
    await untilOnlyShown();
    await vscode.commands.executeCommand('refactorPreview.focus');
    await vscode.commands.executeCommand('list.focusFirst');
    for (let step = 0; step < only; step++) {
      await vscode.commands.executeCommand('list.focusDown');
    }
    await vscode.commands.executeCommand('refactorPreview.toggleCheckedState');
    await closePreview('apply');
  }

  /** Waits until something has changed; a new file is empty for a moment. */
  const untilChanged = () => until('the change', () => Object.values(changed()).some(text => text !== ''));

  function assertAsked(provider, typed, begun) {
    const since = asked().slice(begun);
    if (provider === 'offline' || provider === 'replay') {
      assert.deepEqual(since, [], 'no model is asked');
      return;
    }
    assert.ok(since.length > 0, 'a model was asked');
    assert.ok(since[0].text.includes(typed), `what the user typed was not sent:\n${since[0].text}`);
    for (const { text } of since) {
      assert.doesNotMatch(text, canaries, 'a secret was sent');
    }
  }

  for (const provider of Object.keys(providers)) {
    for (const one of cases) {
      test(`${one.pipeline} with ${provider}`, async () => {
        clean();
        await settings(providers[provider]);
        const begun = asked().length;
        const drawer = proposals();
        const { document, prompt } = await toPrompt(one);
        assert.deepEqual(changed(), {}, 'while the prompt is read');
        assert.doesNotMatch(prompt.getText(), canaries, 'a secret is in the prompt');
        assert.equal(asked().length, begun, 'nothing is sent before Run');
        await type(prompt, one.typed, one.after);
        const answer = await lens(prompt, 'Run');
        assertAsked(provider, one.typed, begun);
        const offline = provider === 'offline';
        if (offline && one.offline === 'needs a model') {
          assert.equal(answer.status, 'failed');
          assert.match(answer.message, /needs a model/);
          assert.deepEqual(proposals(), drawer, 'nothing is proposed');
          assert.deepEqual(changed(), {});
          return;
        }
        assert.equal(answer.status, 'done', JSON.stringify(answer));
        if (one.result === 'notes') {
          assert.deepEqual(answer.notes.map(note => note.quote), one.quotes);
          assert.deepEqual(changed(), {});
          return;
        }
        await applyPreview();
        await untilChanged();
        const found = changed();
        assert.deepEqual(found, expected(`${one.pipeline}/${offline ? 'offline' : 'model'}`, found));
        if (found[one.file] !== undefined) {
          assert.equal(read(path.join(root(), one.file)), original()[one.file], 'only the writer saves');
          await vscode.window.showTextDocument(document);
          await vscode.commands.executeCommand('undo');
          assert.deepEqual(changed(), {}, 'after one undo');
        }
      });
    }
  }

  const one = cases.find(each => each.pipeline === 'continue-scene');

  for (const provider of ['editor', 'openai']) {
    test(`cancelled in the middle of the words, with ${provider}`, async () => {
      clean();
      await settings(providers[provider]);
      const begun = asked().length;
      const drawer = proposals();
      const { prompt } = await toPrompt(one);
      await type(prompt, 'Take your time.', one.after);
      const running = lens(prompt, 'Run');
      await until('the first words', () => /[1-9]\d* words/.test(api().runs() ?? ''));
      await vscode.commands.executeCommand('storylsp.cancelRun');
      assert.equal((await running).status, 'cancelled');
      await until('the model is told', () => asked().length > begun);
      assert.equal(asked()[begun].ended, false, 'the model did not go on to the end');
      assert.equal(api().runs(), undefined, 'the status bar');
      assert.deepEqual(changed(), {});
      assert.deepEqual(proposals(), drawer);
    });
  }

  test('a model that may not be used says so, and the prompt can be run again', async () => {
    clean();
    await settings(providers.editor);
    const { prompt } = await toPrompt(one);
    await type(prompt, 'Fail for me.', one.after);
    const answer = await lens(prompt, 'Run');
    assert.equal(answer.status, 'failed');
    assert.match(answer.message, /not allowed to use the model Quill/);
    assert.deepEqual(changed(), {});
  });

  test('the lens Drop gives the run up, and its prompt is gone', async () => {
    clean();
    await settings(providers.editor);
    const begun = asked().length;
    const { prompt } = await toPrompt(one);
    assert.match(api().runs(), /continue-scene: waits for you/);
    assert.equal((await lens(prompt, 'Drop')).status, 'cancelled');
    await until('the prompt is gone', () => !fs.existsSync(prompt.uri.fsPath));
    assert.equal(api().runs(), undefined, 'the status bar');
    assert.equal(asked().length, begun);
    assert.deepEqual(changed(), {});
  });

  test('the lens Change model writes the chosen one into the prompt', async () => {
    clean();
    await settings(['provider: openai', `endpoint: ${loopback}/v1`, 'model: quill', 'models: [quill, nib]']);
    const begun = asked().length;
    const { prompt } = await toPrompt(one);
    // The list may open between the two keys, which then take the first model: it is asked for again until it is the second.
    await until('the model nib', async () => {
      const changing = lens(prompt, 'Change model');
      await until('the choice', async () => {
        await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return Promise.race([changing.then(() => true), pause(300)]);
      });
      return /^model: "?nib"?$/m.test(prompt.getText());
    });
    await lens(prompt, 'Run');
    assert.equal(asked()[begun].model, 'nib');
    await applyPreview();
    await untilChanged();
    const found = changed();
    assert.deepEqual(found, expected(`${one.pipeline}/model`, found));
  });

  test('a change that is not ticked stays out', async () => {
    clean();
    await settings(providers.editor);
    const repair = cases.find(each => each.pipeline === 'repair');
    const { prompt } = await toPrompt(repair);
    await lens(prompt, 'Run');
    await applyPreview(2);
    await untilChanged();
    const found = changed();
    assert.deepEqual(found, expected('repair/second-ticked', found));
  });

  test('before and after stand side by side, and neither can be written', async () => {
    clean();
    await settings(providers.editor);
    const { prompt } = await toPrompt(one);
    const answer = await lens(prompt, 'Run');
    await untilOnlyShown();
    await closePreview('discard');
    await vscode.commands.executeCommand('storylsp.compareProposal', answer.proposal);
    const tab = await until('the diff', () => vscode.window.tabGroups.activeTabGroup.activeTab?.input?.modified?.scheme === 'storylsp' && vscode.window.tabGroups.activeTabGroup.activeTab);
    const [before, after] = await Promise.all([tab.input.original, tab.input.modified].map(uri => vscode.workspace.openTextDocument(uri)));
    assert.equal(before.getText(), original()[one.file]);
    assert.equal(after.getText(), filesUnder(path.join(editors, 'expected/pipelines', `${one.pipeline}/model`))[one.file]);
    assert.deepEqual(changed(), {});
    await vscode.commands.executeCommand('storylsp.proposal.accept', { id: answer.proposal });
    await untilChanged();
    // The document of the beginning may have been closed in the meantime: its tab was a preview.
    assert.equal(texts()[one.file], after.getText());
  });

  test('in the diff editor one change is rejected and the other accepted, by commands alone', async () => {
    clean();
    await settings(providers.editor);
    const repair = cases.find(each => each.pipeline === 'repair');
    const { prompt } = await toPrompt(repair);
    const answer = await lens(prompt, 'Run');
    await untilOnlyShown();
    await closePreview('discard');
    await vscode.commands.executeCommand('storylsp.reviewProposal', answer.proposal);
    const shown = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    await until('the comparison', () => shown()?.modified?.scheme === 'storylsp-review');
    const [before, after] = await Promise.all([shown().original, shown().modified].map(uri => vscode.workspace.openTextDocument(uri)));
    assert.equal(before.getText(), original()[repair.file]);
    const all = after.getText();
    assert.notEqual(all, before.getText());
    await vscode.commands.executeCommand('storylsp.rejectChange');
    assert.deepEqual(changed(), {}, 'what is rejected changes no file');
    await until('the comparison without it', () => after.getText() !== all && shown()?.modified?.scheme === 'storylsp-review');
    assert.equal(after.getText(), expected('repair/second-ticked')[repair.file], 'what is shown is what will be written');
    await vscode.commands.executeCommand('storylsp.acceptChange');
    await untilChanged();
    const found = changed();
    assert.deepEqual(found, expected('repair/second-ticked', found));
    await until('the comparison has gone', () => shown()?.modified?.scheme !== 'storylsp-review');
    assert.ok(!proposals().some(file => file.startsWith(answer.proposal)), 'nothing is left to decide');
  });

  test('a branch for what if, and back', async () => {
    clean();
    await settings(providers.editor);
    const uri = vscode.Uri.joinPath(folder(), one.file).toString();
    const { document, prompt } = await toPrompt(one);
    await lens(prompt, 'Run');
    await applyPreview();
    await untilChanged();
    const accepted = document.getText();
    const records = path.join(root(), '.story/provenance');
    await until('the acceptance is recorded', () => fs.existsSync(records) && fs.readdirSync(records).length > 0);
    await pause(300);
    assert.equal((await vscode.commands.executeCommand('storylsp.history.branch', { name: 'what-if', uri })).branch, 'what-if');
    await vscode.commands.executeCommand('storylsp.history.checkout', { to: 'what-if', uri });
    const { editor } = await open(one.file);
    await editor.edit(edit => edit.insert(document.positionAt(document.getText().length), '\nWhat if she went?\n'));
    const whatIf = document.getText();
    await vscode.commands.executeCommand('storylsp.history.checkout', { to: 'main', uri });
    assert.equal(document.getText(), accepted, 'on main');
    await vscode.commands.executeCommand('storylsp.history.checkout', { to: 'what-if', uri });
    assert.equal(document.getText(), whatIf, 'no word of the branch is lost');
    await vscode.commands.executeCommand('storylsp.history.checkout', { to: 'main', uri });
  });

  test('with AI off nothing is offered', async () => {
    clean();
    await settings(['enabled: false']);
    const { document } = await open(one.file);
    const offered = async () => (await vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, new vscode.Range(2, 0, 2, 0))).filter(action => action.command?.command.startsWith('storylsp.'));
    await until('no action', async () => (await offered()).length === 0);
    assert.deepEqual(changed(), {});
    await settings(providers.offline);
    await open(one.file);
    await until('actions again', async () => (await offered()).length > 0);
  });
};
