// The views of the story in a real VS Code: trees, pages, status bar. Nothing of them changes a text.
const assert = require('node:assert/strict');
const vscode = require('vscode');

/** Defines the tests, with what tests.cjs has for all tests. */
exports.define = ({ test, open, until }) => {
  const api = () => vscode.extensions.getExtension('storylsp.storylsp').exports;
  const labels = (rows, depth = 0) => rows.flatMap(row => [`${'  '.repeat(depth)}${row.label}${row.description ? ` (${row.description})` : ''}`, ...labels(row.children ?? [], depth + 1)]);
  const clean = text => text.replace(/ · \d+ errors?/, '');

  /** Brings a view before the writer, and gives its rows once it has some. */
  async function view(name) {
    await vscode.commands.executeCommand(`storylsp.${name}.focus`);
    await until(`rows of ${name}`, () => api().rows(name).length > 0);
    return api().rows(name);
  }

  const pages = type => vscode.window.tabGroups.all.flatMap(group => group.tabs).filter(tab => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(type));

  test('the story bible has the people, places and things by type', async () => {
    const rows = labels(await view('bible')).map(row => row.replace(/ \(.*/, ''));
    for (const wanted of ['Characters', '  Ada Vane', '  Tom Reeve', 'Lamps', 'Locations', '  The Old Mill']) {
      assert.ok(rows.includes(wanted), `${wanted} is not among\n${rows.join('\n')}`);
    }
  });

  test('a row of the bible opens the name that it stands for', async () => {
    const ada = (await view('bible')).flatMap(row => row.children).find(row => row.id === 'ada-vane');
    assert.ok(ada.open.uri.endsWith('/characters/ada-vane.yaml'));
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(ada.open.uri), { selection: new vscode.Range(ada.open.range.start.line, 0, ada.open.range.start.line, 0) });
    const { document, selection } = vscode.window.activeTextEditor;
    assert.match(document.lineAt(selection.active.line).text, /Ada Vane/);
  });

  test('the manuscript has the scenes in their order, with words and findings, and follows what is typed', async () => {
    assert.deepEqual((await view('manuscript')).map(row => row.label), ['Arrival', 'The Crossing', 'Lamplight', 'The Quarry']);
    const row = () => api().rows('manuscript')[0].description;
    await until('the findings of the scene', () => /^127 words · 2 errors$/.test(row()));
    const { document, editor } = await open('scenes/01-arrival.md');
    const at = document.positionAt(document.getText().indexOf('old-mil\n') + 'old-mil'.length);
    await editor.edit(edit => edit.insert(at, 'l'));
    await until('one finding less', () => /^127 words · 1 error$/.test(row()));
    await editor.edit(edit => edit.insert(document.positionAt(document.getText().length), '\nTwo words.\n'));
    await until('two words more', () => clean(row()) === '129 words');
  });

  test('the status bar counts the words', async () => {
    await until('the words', () => /^\$\(book\) \d+ words \$\(error\) \d+/.test(api().bar() ?? ''));
    const settings = vscode.workspace.getConfiguration('storylsp');
    await open('scenes/04-quarry.md');
    try {
      await settings.update('statusBar', 'scene', vscode.ConfigurationTarget.Workspace);
      await until('the words of the scene', () => /^\$\(book\) 21 words here, \d+ in all/.test(api().bar()));
      await settings.update('statusBar', 'off', vscode.ConfigurationTarget.Workspace);
      await until('no words', () => api().bar() === '$(book) Story');
    } finally {
      await settings.update('statusBar', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('relationships and timeline are pages, one of each', async () => {
    for (const [command, type] of [['storylsp.showGraph', 'storylsp.graph'], ['storylsp.showTimeline', 'storylsp.timelinePage']]) {
      await vscode.commands.executeCommand(command);
      await vscode.commands.executeCommand(command);
      await until(`the page ${type}`, () => pages(type).length > 0);
      assert.equal(pages(type).length, 1);
    }
  });
};
