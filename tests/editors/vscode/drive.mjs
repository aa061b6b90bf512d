// Drives the page of a real VS Code with the packaged extension as a writer would, and takes screenshots into .tools/shots. Look at them.
// Last line: N passed, N failed, N skipped.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { editors, extension, startBrowser, startEditor, startModel, tools } from './code-server.mjs';
import { driver, limit } from './driver.mjs';

const scene = 'scenes/01-arrival.md';
const prose = 'scenes/03-lamplight.md';

const editor = await startEditor({
  vsix: path.join(extension, 'storylsp.vsix'),
  settings: { 'storylsp.server.path': process.env.STORYLSP_TEST_SERVER },
  user: { 'window.autoDetectColorScheme': true, 'window.autoDetectHighContrast': true },
});
const modelLog = path.join(tools, 'page-model.log');
const model = await startModel(modelLog);
const browser = await startBrowser();
const { page } = browser;
const {
  counts, step, shot, waitFor, until, exactly, gone, titled, command, go, toEditor, pick, answer, line, tab, previewed, previewButton, press, offers, saved,
} = driver('the page of VS Code', editor, page);

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

const status = page.locator('.statusbar-item', { hasText: /^\s*\d+ words/ }).first();
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
    const title = `Story server: ready in ${path.basename(editor.workspace)}`;
    const fact = text => titled(title).locator('.monaco-list-row', { has: page.locator('.label-name', { hasText: text }) });
    await until('what is known', titled(title), async () => await titled(title).isVisible() ? undefined : status.click({ timeout: 5000 }));
    await waitFor('the words', fact(/^Story: \d+ words\.$/));
    await waitFor('the index', fact(/^Index: ready, \d+ files\.$/));
    await shot('status');
    await until('it is closed', gone(titled(title)), () => page.keyboard.press('Escape'), 3000);
  });

  await step('shows the views of the story', async () => {
    const row = label => page.locator('.pane-body .monaco-list-row', { has: page.locator('.label-name', { hasText: exactly(label) }) }).first();
    await until('the story bible', row('Characters'), () => command('Story: Focus on Story Bible View'));
    await waitFor('the manuscript', row('The Crossing'));
    await shot('views');
    await until('a scene is opened by its row', page.locator('.tab.active', { hasText: exactly('02-crossing.md') }), () => row('The Crossing').click({ timeout: 5000 }));
  });

  for (const [name, look, media] of [['light', 'vs', { colorScheme: 'light' }], ['high-contrast', 'hc-black', { colorScheme: 'dark', forcedColors: 'active' }], ['dark', 'vs-dark', { colorScheme: 'dark', forcedColors: 'none' }]]) {
    await step(`draws relationships and time, ${name}`, async () => {
      await page.emulateMedia(media);
      await waitFor('the theme', page.locator(`.monaco-workbench.${look}`));
      const shown = title => page.frameLocator('iframe.webview.ready:visible').frameLocator(`iframe[title="${title}"]`);
      const ada = shown('Relationships').locator('g.node[aria-label^="Ada Vane, character"]');
      await until('the relationships', ada, () => command('Story: Show Relationships'));
      await until('Ada has the keys', shown('Relationships').locator('g.node:focus'), () => ada.focus({ timeout: 5000 }));
      await shot(`relationships-${name}`);
      const moment = shown('Story Timeline').locator('g.moment[aria-label*="Arrival"]');
      await until('the timeline', moment, () => command('Story: Show Timeline'));
      await shot(`timeline-${name}`);
    });
  }

  await step('goes through the relationships with the keys, and lists them', async () => {
    const shown = page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe[title="Relationships"]');
    const node = name => shown.locator(`g.node[aria-label^="${name}, "]`);
    await until('the relationships', node('Ada Vane'), () => command('Story: Show Relationships'));
    await until('Tom has the keys', shown.locator('g.node[aria-label^="Tom Reeve"]:focus'), async () => {
      await node('Ada Vane').focus({ timeout: 5000 });
      await waitFor('Ada has the keys', shown.locator('g.node[aria-label^="Ada Vane"]:focus'));
      await page.keyboard.press('t');
    }, 5000);
    await until('Enter opens him', page.locator('.tab.active', { hasText: exactly('tom-reeve.md') }), () => node('Tom Reeve').press('Enter', { timeout: 5000 }), 20_000);
    await until('the relationships again', node('Ada Vane'), () => command('Story: Show Relationships'));
    const row = shown.locator('#list').getByRole('button', { name: 'Ada Vane', exact: true });
    await until('the list', row.first(), () => shown.locator('#list-button').click({ timeout: 5000 }));
    await shot('relationships-list');
    await until('the picture', node('Ada Vane'), () => shown.locator('#picture-button').click({ timeout: 5000 }));
    await command('View: Close All Editors');
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

  await step('reviews change by change in the diff editor', async () => {
    await command('Story: Proposals…');
    await pick(whichProposal, proposal);
    await pick(proposal, 'Review change by change');
    await waitFor('its tab', page.locator('.tab.active', { hasText: exactly(`Review: ${prose}`) }));
    await waitFor('the note at the change', page.locator('.review-widget', { hasText: 'Change 1 of 4' }));
    await waitFor('its answers', page.locator('.review-widget a', { hasText: exactly('Reject') }));
    await waitFor('the proposal in its view', page.locator('.pane-body .monaco-list-row', { has: page.locator('.label-name', { hasText: exactly(proposal) }) }));
    await shot('review');
    // What is rejected does not come back, so all of it is asked about.
    const question = page.locator('.monaco-dialog-box', { hasText: 'Reject 4 changes in 1 file? This cannot be undone.' });
    await until('the question', question, () => command('Story: Reject All Changes'));
    await waitFor('its answer', question.locator('.monaco-button', { hasText: exactly('Reject All') }));
    await shot('review-reject-all');
    await until('the question has gone', gone(question), () => question.locator('.monaco-button', { hasText: exactly('Cancel') }).click({ timeout: 5000 }));
    await waitFor('all that was there', page.locator('.review-widget', { hasText: 'Change 1 of 4' }));
    await until('it is closed', gone(tab(`Review: ${prose}`)), () => tab(`Review: ${prose}`).locator('.tab-actions .action-label').first().click({ timeout: 5000 }));
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
console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exit(counts.failed === 0 ? 0 : 1);
