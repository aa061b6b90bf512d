// Drives the page of a real VS Code with the packaged extension as a writer would, and takes screenshots into .tools/shots. Look at them.
// Last line: N passed, N failed, N skipped.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { editors, extension, startBrowser, startEditor, startModel, tools } from './code-server.mjs';

const shots = path.join(tools, 'shots');
mkdirSync(shots, { recursive: true });
const limit = 90_000;
const scene = 'scenes/01-arrival.md';
const prose = 'scenes/03-lamplight.md';
let passed = 0;
let failed = 0;

const editor = await startEditor({
  vsix: path.join(extension, 'storylsp.vsix'),
  settings: { 'storylsp.server.path': process.env.STORYLSP_TEST_SERVER },
});
const modelLog = path.join(tools, 'page-model.log');
const model = await startModel(modelLog);
const browser = await startBrowser();
const { page } = browser;

/** One step; when one fails the next are not tried, and the log says what the page showed. */
async function step(title, body) {
  if (failed > 0) {
    return;
  }
  const begun = Date.now();
  try {
    await body();
    passed++;
    console.log(`ok    the page of VS Code: ${title} (${Date.now() - begun} ms)`);
  } catch (problem) {
    failed++;
    console.log(`FAIL  the page of VS Code: ${title} (${Date.now() - begun} ms)`);
    const picture = path.join(shots, 'failed.png');
    const shown = await page.evaluate(whatIsShown, parts).catch(again => [String(again)]);
    await page.screenshot({ path: picture }).catch(() => { });
    console.log([...String(problem.message).split('\n'), 'What the page showed:', ...shown, `see ${picture}`].map(line => `      ${line}`).join('\n'));
  }
}

/** The parts of the page that a failure is told by. */
const parts = ['.quick-input-widget', '.tabs-container', '.editor-group-container.active .view-lines', '.codelens-decoration', '.bulk-edit-panel', '.action-widget',
  '.suggest-widget.visible', '.monaco-hover:not(.hidden)', '.notifications-toasts', '.monaco-dialog-box', '.markers-panel', '.statusbar'];

/** Runs in the page: the texts of its parts that are visible, what the writer has typed, and where the keys go. */
function whatIsShown(selectors) {
  const clip = text => text.replace(/\s+/gu, ' ').trim().slice(0, 600);
  const focus = document.activeElement;
  return [
    ...selectors.flatMap(selector => [...document.querySelectorAll(selector)].filter(one => one.offsetParent !== null || one.getClientRects().length > 0)
      .map(one => `${selector}: ${clip(one.innerText)}${[...one.querySelectorAll('input')].map(input => ` <${input.value}>`).join('')}`)),
    `focus: ${focus?.tagName} ${focus?.className} ${focus?.getAttribute('aria-label') ?? ''}`,
  ];
}

/** A screenshot, once what moves has come to rest. */
async function shot(name) {
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(shots, `${name}.png`) });
}

/** Whether it becomes so in this time: a locator that is visible, or a question that is answered with true. */
async function within(time, seen) {
  if (typeof seen !== 'function') {
    return seen.first().waitFor({ timeout: time }).then(() => true, () => false);
  }
  for (const begun = Date.now(); ;) {
    if (await seen()) {
      return true;
    }
    if (Date.now() - begun > time) {
      return false;
    }
    await page.waitForTimeout(50);
  }
}

async function waitFor(what, seen) {
  assert.ok(await within(limit, seen), `${what}: not so after ${limit / 1000} s`);
}

/** Does what a writer does who sees that nothing came of it: the same again, so it must be what may be done twice. */
async function until(what, seen, act, patience = 10_000) {
  for (const begun = Date.now(); ;) {
    const problem = await act().then(() => undefined, one => one);
    if (await within(patience, seen)) {
      return;
    }
    assert.ok(Date.now() - begun < limit, `${what}: not so after ${limit / 1000} s${problem ? `\n${problem.message}` : ''}`);
  }
}

/** This text and no other, but for spaces around it. */
const exactly = text => text instanceof RegExp ? text : new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
const gone = locator => async () => !(await locator.first().isVisible());

// There is one widget for the palette, the picks and the input boxes, which follow each other: each is known by its title, or by the row that Enter takes.
const widget = page.locator('.quick-input-widget:visible');
const input = widget.locator('.quick-input-box input');
const titled = title => widget.filter({ has: page.locator('.quick-input-title', { hasText: exactly(title) }) });
const focusedRow = label => widget.locator('.monaco-list-row.focused', { has: page.locator('.label-name', { hasText: exactly(label) }) });

/** Opens the widget with a key, types, and takes the row with this label. */
async function take(keys, typed, label) {
  await until('no other widget is open', gone(widget), async () => await widget.isVisible() ? page.keyboard.press('Escape') : undefined);
  await until(`the row ${label}`, focusedRow(label), async () => {
    await until('the widget', input, async () => await input.isVisible() ? undefined : page.keyboard.press(keys));
    await input.fill('');
    await input.fill(typed);
  });
  await until(`${label} is taken`, gone(focusedRow(label)), () => input.press('Enter', { timeout: 5000 }), 5000);
}

const command = title => take('F1', `>${title}`, title);

/** Opens a file by its name, at a line and column that count from 1, and puts the keys there. */
async function go(file, line = 1, column = 1) {
  const name = path.basename(file);
  const cursor = page.locator('.statusbar-item', { hasText: exactly(`Ln ${line}, Col ${column}`) });
  await until(`${name} at ${line}:${column}`, cursor, async () => {
    await take('Control+P', `${name}:${line}:${column}`, name);
    await waitFor(`the tab ${name}`, page.locator('.tab.active', { hasText: exactly(name) }));
  });
  await toEditor();
}

/** The keys go to the editor of the active tab. */
async function toEditor() {
  const focused = page.locator('.editor-group-container.active .monaco-editor.focused');
  await until('the keys go to the editor', focused, async () => await focused.isVisible() ? undefined : page.locator('.tab.active').first().click());
}

/** Takes the row of the pick with this title that has this label or description. */
async function pick(title, text) {
  const row = titled(title).locator('.monaco-list-row', { has: page.locator('.label-name, .label-description', { hasText: exactly(text) }) }).first();
  await waitFor(`${text} in ${title}`, row);
  await until(`${text} is taken`, gone(titled(title)), () => row.click({ timeout: 5000 }), 5000);
}

/** Types into the input box of this title, and presses Enter. */
async function answer(title, text) {
  const box = titled(title);
  await waitFor(`the input box ${title}`, box);
  await until(`${title} is answered`, gone(box), async () => {
    await box.locator('.quick-input-box input').fill(text, { timeout: 5000 });
    await box.locator('.quick-input-box input').press('Enter', { timeout: 5000 });
  }, 5000);
}

const lens = title => page.locator('.editor-group-container.active .codelens-decoration a', { hasText: title }).first();
const line = text => page.locator('.editor-group-container.active .view-line', { hasText: text });
const tab = title => page.locator('.tab', { hasText: exactly(title) }).first();
const previewed = file => page.locator('.bulk-edit-panel .monaco-list-row:visible', { hasText: path.basename(file) });
const previewButton = title => page.locator('.bulk-edit-panel .monaco-button:visible', { hasText: exactly(title) });

/** Clicks a lens until it is seen that it was. */
const press = (title, seen, patience) => until(title, seen, async () => await lens(title).isVisible() ? lens(title).click({ timeout: 5000 }) : undefined, patience);

/** Waits for the lens, which the server gives once it has read the text. */
const offers = title => waitFor(`the lens ${title}`, lens(title));

/** Saves the file of the active tab until it has these bytes on disk. */
async function saved(file, wanted) {
  const bytes = () => readFileSync(path.join(editor.workspace, file), 'utf8');
  const same = await until('the bytes', () => bytes() === wanted, async () => {
    await toEditor();
    await page.keyboard.press('Control+S');
  }).then(() => true, () => false);
  if (!same) {
    assert.equal(bytes(), wanted);
  }
}

const key = 'sk-typed-into-the-page-4711';

/** Whether any file under the folder has the text. */
function anywhere(folder, text) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .some(entry => entry.isFile() && readFileSync(path.join(entry.parentPath, entry.name)).includes(text));
}

/** All texts under the folder. */
function textsOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).map(entry => readFileSync(path.join(folder, entry.name), 'utf8')).join('\n');
}

const status = page.locator('.statusbar-item', { hasText: exactly('Story') }).first();
const whichPipeline = 'Which pipeline?';
const whichProposal = 'Proposals: nothing of them is in your files yet';
const proposal = 'Continue “Lamplight”';

try {
  await step('opens the workspace', async () => {
    await page.goto(`${editor.url}?folder=${encodeURIComponent(editor.workspace)}`, { timeout: limit });
    await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: limit });
  });

  await step('shows the findings', async () => {
    await go(scene);
    await page.waitForSelector('.squiggly-error', { timeout: limit });
    const rows = page.locator('.markers-panel .monaco-list-row', { hasText: 'ref/unresolved' });
    await until('the findings in their view', rows.nth(1), () => command('Problems: Focus on Problems View'));
    await waitFor('the status', status);
    await shot('findings');
  });

  await step('says what the server is doing', async () => {
    const note = page.locator('.notifications-toasts .notification-list-item', { hasText: /Story server: ready.*version \d/s });
    await until('the note', note, () => status.click({ timeout: 5000 }));
    await shot('status');
    await until('no note is left', gone(note), () => command('Notifications: Clear All Notifications'));
  });

  await step('shows a card on hover', async () => {
    await go(scene, 4, 8);
    const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'A surveyor who trusts' });
    await until('the card', hover, () => command('Show or Focus Hover'));
    await shot('hover');
    await until('no card is left', gone(hover), () => page.keyboard.press('Escape'), 3000);
  });

  await step('lists references to complete', async () => {
    const chosen = page.locator('.suggest-widget.visible .monaco-list-row.focused', { has: page.locator('.label-name', { hasText: exactly('Ada Vane') }) });
    // What was typed is taken back before it is tried again.
    await until('the reference', line(/^pov:\s+ada-vane$/), async () => {
      await go(scene, 4, 6);
      await command('File: Revert File');
      await go(scene, 4, 6);
      await page.keyboard.press('Shift+End');
      await page.keyboard.type('ad');
      await waitFor('what was typed', line(/^pov:\s+ad$/));
      await until('the list', chosen, async () => await chosen.isVisible() ? undefined : page.keyboard.press('Control+Space'));
      await shot('completion');
      await page.keyboard.press('Enter');
    });
  });

  await step('shows the synopsis for review', async () => {
    await go(scene, 3, 1);
    const action = page.locator('.action-widget .monaco-list-row', { hasText: 'Write the synopsis' }).first();
    const offer = async () => {
      await toEditor();
      await command('Refactor...');
    };
    await until('the action', action, offer);
    await shot('code-action');
    await until('the preview', previewed(scene), async () => {
      if (!await action.isVisible()) {
        await offer();
      }
      await action.click({ timeout: 5000 });
    }, 30_000);
    await shot('refactor-preview');
  });

  await step('writes the synopsis when it is accepted', async () => {
    const tick = page.locator('.bulk-edit-panel .monaco-list-row input[type=checkbox], .bulk-edit-panel .monaco-list-row .monaco-checkbox, .bulk-edit-panel .monaco-list-row .edit-checkbox').first();
    await tick.click({ timeout: limit });
    await shot('refactor-ticked');
    await until('the preview is closed', gone(previewed(scene)), () => previewButton('Apply').click({ timeout: 5000 }));
    await waitFor('the synopsis', line('synopsis:'));
    await shot('accepted');
  });

  await step('has written what was shown, and no other byte', async () => {
    await go(scene);
    await saved(scene, readFileSync(path.join(editors, 'expected', scene), 'utf8'));
  });

  await step('keeps a key', async () => {
    writeFileSync(path.join(editor.workspace, 'story.yaml'), ['title: The Mill Road', 'ai:', '  provider: openai', `  endpoint: ${model.url}/v1`, '  model: quill', '  models: [quill, nib]', '  api_key_env: STORYLSP_TEST_KEY', ''].join('\n'));
    await command('Story: Set a Key…');
    await pick('Which key? story.yaml names it in ai.api_key_env', 'Another name…');
    await answer('The name in ai.api_key_env', 'STORYLSP_TEST_KEY');
    await answer('The key STORYLSP_TEST_KEY', key);
  });

  await step('shows the prompt with its lenses', async () => {
    await go(prose, 17, 1);
    await command('Story: Run a Pipeline…');
    await waitFor('the pipelines', titled(whichPipeline));
    await shot('pipelines');
    await pick(whichPipeline, 'continue-scene');
    await waitFor('the prompt', page.locator('.tab.active', { hasText: exactly('prompt.md') }));
    await offers('Run');
    await offers('Drop');
    await offers('Change model');
    await shot('prompt');
    await toEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nMind the storm lamp.');
    await waitFor('what was typed', line('Mind the storm lamp.'));
  });

  await step('changes the model', async () => {
    await page.keyboard.press('Control+Home');
    const models = /^\s*Which model of .*\?\s*$/;
    await press('Change model', titled(models));
    await shot('models');
    await pick(models, 'nib');
    await waitFor('the model in the prompt', line(/model:\s*"?nib/));
  });

  await step('shows the proposal for review', async () => {
    await offers('Run');
    await press('Run', previewed(prose), 30_000);
    await shot('proposal-preview');
    await until('the preview is closed', gone(previewed(prose)), () => previewButton('Discard').click({ timeout: 5000 }));
    await waitFor('the preview has gone', gone(page.locator('.tab', { hasText: 'Refactor Preview' })));
    const asked = readFileSync(modelLog, 'utf8').trimEnd().split('\n').map(one => JSON.parse(one));
    assert.equal(asked.length, 2, 'the draft, and its second reader');
    assert.ok(asked[0].text.includes('Mind the storm lamp.'));
    assert.equal(asked[0].model, 'nib');
    assert.equal(asked[0].key, true);
  });

  await step('shows before and after side by side', async () => {
    await command('Story: Proposals…');
    await pick(whichProposal, proposal);
    await pick(proposal, 'Compare before and after');
    await waitFor('its tab', page.locator('.tab.active', { hasText: proposal }));
    await waitFor('the comparison', page.locator('.editor-group-container.active .monaco-diff-editor'));
    await shot('proposal-diff');
  });

  await step('opens the review page with its lenses', async () => {
    await command('Story: Proposals…');
    await pick(whichProposal, proposal);
    await pick(proposal, 'Open the review page');
    await waitFor('the comparison has gone', gone(page.locator('.editor-group-container.active .monaco-diff-editor')));
    await offers('Accept');
    await shot('proposal-page');
  });

  await step('writes what was proposed when it is accepted on its page', async () => {
    await press('Accept', line('was decided'));
    await until('the scene', page.locator('.tab.active', { hasText: exactly(path.basename(prose)) }), () => tab(path.basename(prose)).click({ timeout: 5000 }));
    await saved(prose, readFileSync(path.join(editors, 'expected/pipelines/continue-scene/model', prose), 'utf8'));
    await shot('proposal-accepted');
  });

  await step('shows the history', async () => {
    const title = 'History of the story';
    await until('the history', titled(title), () => command('Story: History…'));
    await waitFor('the branch', titled(title).locator('.monaco-list-row', { has: page.locator('.label-name', { hasText: exactly('main') }) }));
    await shot('history');
    await until('the history is closed', gone(titled(title)), () => page.keyboard.press('Escape'), 3000);
  });

  await step('drafts a schema from a description, and drops it', async () => {
    await command('Story: Draft a Schema from a Description…');
    await answer('Draft a schema', 'Ships, with their captain and home port');
    await waitFor('the prompt', page.locator('.tab.active', { hasText: exactly('prompt.md') }));
    await offers('Drop');
    await shot('schema-prompt');
    await press('Drop', gone(tab('prompt.md')));
  });

  await step('renames a character, with its file and all that refers to it', async () => {
    await command('View: Close All Editors');
    await go('characters/tom-reeve.md', 3, 8);
    const box = page.locator('.monaco-editor .rename-box input:visible, .rename-box.preview input:visible').first();
    await until('the box for the name', box, () => page.keyboard.press('F2'));
    await box.fill('Tom Weir');
    await box.press('Enter');
    await shot('rename');
    const file = path.join(editor.workspace, 'characters/tom-weir.md');
    const preview = previewed('tom-');
    await until('the renamed file', () => existsSync(file), async () => await preview.first().isVisible() ? previewButton('Apply').click({ timeout: 5000 }) : undefined);
    await command('File: Save All Files');
    await waitFor('the name in it', () => /^name: Tom Weir$/m.test(readFileSync(file, 'utf8')));
    await waitFor('no other name elsewhere', () => !['characters', 'scenes', 'facts'].some(folder => /Tom Reeve|tom-reeve/.test(textsOf(path.join(editor.workspace, folder)))));
    await shot('renamed');
  });

  await step('has written the key nowhere', async () => {
    assert.equal(anywhere(editor.workspace, key), false);
    assert.equal(anywhere(path.join(editor.home, 'user'), key), false);
  });
} finally {
  await browser.stop();
  model.stop();
  editor.stop();
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
