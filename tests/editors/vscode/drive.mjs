// Drives the page of a real VS Code with the packaged extension as a writer would, and takes screenshots into .tools/shots. Look at them.
// Last line: N passed, N failed, N skipped.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { editors, extension, startBrowser, startEditor, startModel, tools } from './code-server.mjs';

const shots = path.join(tools, 'shots');
mkdirSync(shots, { recursive: true });
const limit = 60_000;
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

/** One step; when one fails the next are not tried. */
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
    await page.screenshot({ path: path.join(shots, 'failed.png') });
    console.log(`FAIL  the page of VS Code: ${title}\n      ${String(problem.message).split('\n').join('\n      ')}\n      see ${path.join(shots, 'failed.png')}`);
  }
}

/** A screenshot, once what moves has come to rest. */
async function shot(name) {
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(shots, `${name}.png`) });
}

async function command(title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor({ state: 'visible', timeout: limit });
  await input.fill('>' + title);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor({ timeout: limit });
  await page.keyboard.press('Enter');
}

/** Opens a file by its name, at a line and column that count from 1. */
async function go(file, place = '') {
  await page.keyboard.press('Control+P');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor({ state: 'visible', timeout: limit });
  await input.fill(path.basename(file) + place);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: path.basename(file) }).first().waitFor({ timeout: limit });
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: path.basename(file) }).waitFor({ timeout: limit });
}

/** Takes the row of a quick pick that has this text. */
async function pick(text) {
  const row = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row', { hasText: text }).first();
  await row.waitFor({ timeout: limit });
  await row.click();
}

/** Types into the input box of this title, and presses Enter. */
async function answer(title, text) {
  await page.locator('.quick-input-widget:visible', { hasText: title }).waitFor({ timeout: limit });
  await page.locator('.quick-input-widget:visible input').last().fill(text);
  await page.keyboard.press('Enter');
}

const lens = title => page.locator('.codelens-decoration a', { hasText: title }).first();
const key = 'sk-typed-into-the-page-4711';

/** Whether any file under the folder has the text. */
function anywhere(folder, text) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .some(entry => entry.isFile() && readFileSync(path.join(entry.parentPath, entry.name)).includes(text));
}

const status = page.locator('.statusbar-item', { hasText: 'Story' }).first();

try {
  await step('opens the workspace', async () => {
    await page.goto(`${editor.url}?folder=${encodeURIComponent(editor.workspace)}`);
    await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: limit });
  });

  await step('shows the findings', async () => {
    await go(scene);
    await page.waitForSelector('.squiggly-error', { timeout: limit });
    await command('Problems: Focus on Problems View');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'ref/unresolved' }).nth(1).waitFor({ timeout: limit });
    await status.waitFor({ timeout: limit });
    await shot('findings');
  });

  await step('says what the server is doing', async () => {
    await status.click();
    const note = page.locator('.notifications-toasts .notification-list-item', { hasText: 'Story server: ready' });
    await note.waitFor({ timeout: limit });
    assert.match(await note.innerText(), /version \d/);
    await shot('status');
    await command('Notifications: Clear All Notifications');
  });

  await step('shows a card on hover', async () => {
    await go(scene, ':4:8');
    await command('Show or Focus Hover');
    const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'A surveyor who trusts' });
    await hover.first().waitFor({ timeout: limit });
    await shot('hover');
    await page.keyboard.press('Escape');
  });

  await step('lists references to complete', async () => {
    await go(scene, ':4:6');
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('ad');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor({ timeout: limit });
    await shot('completion');
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: /pov:\s+ada-vane/ }).first().waitFor({ timeout: limit });
  });

  await step('shows the synopsis for review', async () => {
    await go(scene, ':3:1');
    await command('Refactor...');
    const action = page.locator('.action-widget .monaco-list-row, .context-view .monaco-list-row', { hasText: 'Write the synopsis' });
    await action.first().waitFor({ timeout: limit });
    await shot('code-action');
    await action.first().click();
    const preview = page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row').first().waitFor({ timeout: limit });
    await shot('refactor-preview');
  });

  await step('writes the synopsis when it is accepted', async () => {
    const preview = page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row input[type=checkbox], .monaco-list-row .monaco-checkbox, .monaco-list-row .edit-checkbox').first().click();
    await shot('refactor-ticked');
    await preview.locator('.monaco-button', { hasText: 'Apply' }).click();
    await page.locator('.view-line', { hasText: 'synopsis:' }).first().waitFor({ timeout: limit });
    await shot('accepted');
  });

  await step('has written what was shown, and no other byte', async () => {
    await go(scene);
    await page.keyboard.press('Control+S');
    const file = path.join(editor.workspace, scene);
    const wanted = readFileSync(path.join(editors, 'expected', scene), 'utf8');
    for (const begun = Date.now(); readFileSync(file, 'utf8') !== wanted && Date.now() - begun < 10_000;) {
      await page.waitForTimeout(100);
    }
    assert.equal(readFileSync(file, 'utf8'), wanted);
  });

  await step('keeps a key', async () => {
    writeFileSync(path.join(editor.workspace, 'story.yaml'), ['title: The Mill Road', 'ai:', '  provider: openai', `  endpoint: ${model.url}/v1`, '  model: quill', '  models: [quill, nib]', '  api_key_env: STORYLSP_TEST_KEY', ''].join('\n'));
    await command('Story: Set a Key…');
    await pick('Another name…');
    await answer('The name in ai.api_key_env', 'STORYLSP_TEST_KEY');
    await answer('The key STORYLSP_TEST_KEY', key);
  });

  await step('shows the prompt with its lenses', async () => {
    await go(prose, ':17:1');
    await command('Story: Run a Pipeline…');
    await shot('pipelines');
    await pick('continue-scene');
    await lens('Run').waitFor({ timeout: limit });
    await lens('Drop').waitFor({ timeout: limit });
    await lens('Change model').waitFor({ timeout: limit });
    await shot('prompt');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nMind the storm lamp.');
  });

  await step('changes the model', async () => {
    await page.keyboard.press('Control+Home');
    await lens('Change model').click();
    await shot('models');
    await pick('nib');
    await page.locator('.view-line', { hasText: /model:\s*"?nib/ }).first().waitFor({ timeout: limit });
  });

  await step('shows the proposal for review', async () => {
    await lens('Run').click();
    const preview = page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row').first().waitFor({ timeout: limit });
    await shot('proposal-preview');
    await preview.locator('.monaco-button', { hasText: 'Discard' }).click();
    const asked = readFileSync(modelLog, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
    assert.equal(asked.length, 2, 'the draft, and its second reader');
    assert.ok(asked[0].text.includes('Mind the storm lamp.'));
    assert.equal(asked[0].model, 'nib');
    assert.equal(asked[0].key, true);
  });

  await step('shows before and after side by side', async () => {
    await command('Story: Proposals…');
    await pick('Continue “Lamplight”');
    await pick('Compare before and after');
    await page.locator('.diff-editor, .monaco-diff-editor').first().waitFor({ timeout: limit });
    await shot('proposal-diff');
  });

  await step('opens the review page with its lenses', async () => {
    await command('Story: Proposals…');
    await pick('Continue “Lamplight”');
    await pick('Open the review page');
    await lens('Accept').waitFor({ timeout: limit });
    await shot('proposal-page');
  });

  await step('writes what was proposed when it is accepted on its page', async () => {
    await lens('Accept').click();
    await page.locator('.view-line', { hasText: 'was decided' }).first().waitFor({ timeout: limit });
    await page.locator('.tab', { hasText: path.basename(prose) }).first().click();
    const wanted = readFileSync(path.join(editors, 'expected/pipelines/continue-scene/model', prose), 'utf8');
    const file = path.join(editor.workspace, prose);
    for (const begun = Date.now(); readFileSync(file, 'utf8') !== wanted && Date.now() - begun < 10_000;) {
      await page.keyboard.press('Control+S');
      await page.waitForTimeout(200);
    }
    assert.equal(readFileSync(file, 'utf8'), wanted);
    await shot('proposal-accepted');
  });

  await step('shows the history', async () => {
    await command('Story: History…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'main' }).first().waitFor({ timeout: limit });
    await shot('history');
    await page.keyboard.press('Escape');
  });

  await step('drafts a schema from a description, and drops it', async () => {
    await command('Story: Draft a Schema from a Description…');
    await answer('Draft a schema', 'Ships, with their captain and home port');
    await lens('Drop').waitFor({ timeout: limit });
    await shot('schema-prompt');
    await lens('Drop').click();
    await page.locator('.tab', { hasText: 'prompt.md' }).waitFor({ state: 'detached', timeout: limit });
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
