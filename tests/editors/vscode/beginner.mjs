// The first ten minutes of a writer who has an empty folder: story, character, finding, rename. The folder is one that nobody has trusted, and its own settings name a
// program that must never be started. Last line: N passed, N failed, N skipped.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extension, startBrowser, startEditor } from './code-server.mjs';
import { driver, limit } from './driver.mjs';

const place = mkdtempSync(path.join(tmpdir(), 'storylsp-beginner-'));
const folder = path.join(place, 'My Novel');
const trap = path.join(place, 'trap.sh');
const sprung = path.join(place, 'sprung');
mkdirSync(path.join(folder, '.vscode'), { recursive: true });
writeFileSync(trap, `#!/bin/sh\necho sprung >'${sprung}'\n`);
chmodSync(trap, 0o755);
writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'storylsp.server.path': trap, 'storylsp.server.arguments': ['x'] }));

const editor = await startEditor({
  workspace: folder,
  vsix: path.join(extension, 'storylsp.vsix'),
  settings: { 'storylsp.server.path': process.env.STORYLSP_TEST_SERVER },
  untrusted: true,
});
const browser = await startBrowser();
const { page } = browser;
const { counts, step, shot, waitFor, until, exactly, gone, titled, command, go, toEditor, pick, answer, widget, input } = driver('the first ten minutes in VS Code', editor, page);

const file = name => path.join(editor.workspace, name);
const text = name => readFileSync(file(name), 'utf8');
const row = label => page.locator('.pane-body .monaco-list-row', { has: page.locator('.label-name', { hasText: exactly(label) }) }).first();
const active = name => page.locator('.tab.active', { hasText: exactly(name) });
const words = page.locator('.statusbar-item', { hasText: /\d+ words/ });

try {
  await step('without a story the extension stays out of the way', async () => {
    await page.goto(`${editor.url}?folder=${encodeURIComponent(editor.workspace)}`, { timeout: limit });
    await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: limit });
    const begin = page.locator('.welcome-view-content a.monaco-button', { hasText: exactly('New Story…') });
    await until('what to do', begin, () => command('Story: Focus on Story Bible View'));
    assert.equal(await page.locator('.statusbar-item', { hasText: /Story|words/ }).count(), 0, 'nothing in the status bar');
    assert.equal(await page.locator('.pane-header', { hasText: /^\s*Manuscript/ }).count(), 0, 'no view but the one that says how to begin');
    assert.deepEqual(readdirSync(editor.workspace), ['.vscode'], 'no file was made');
    await shot('beginner-welcome');
  });

  await step('a story begins with a button', async () => {
    const begin = page.locator('.welcome-view-content a.monaco-button', { hasText: exactly('New Story…') });
    await until('the story', () => existsSync(file('story.yaml')), async () => await begin.isVisible() ? begin.click({ timeout: 5000 }) : undefined);
    await waitFor('its title', () => /^title: "My Novel"$/m.test(text('story.yaml')));
    await waitFor('its first scene is open', active('01-first-scene.md'));
    await waitFor('its scene in the manuscript', row('First Scene'));
    await waitFor('its words', words);
    await shot('beginner-story');
  });

  await step('a character is made by its name', async () => {
    await command('Story: New Character, Place or Scene…');
    await pick('What shall be new?', 'character');
    await answer('The new character’s name', 'Ada Vane');
    await waitFor('its file is open', active('ada-vane.yaml'));
    assert.equal(text('characters/ada-vane.yaml'), 'type: character\nname: Ada Vane\ndescription: ');
    await until('the row of all characters is open', row('Ada Vane'), () => row('Characters').click({ timeout: 5000 }));
    await shot('beginner-character');
  });

  await step('what is misspelled is underlined, and the bulb mends it', async () => {
    const wrong = page.locator('.editor-group-container.active .view-line', { hasText: /^location:\s+first-plac$/ });
    await until('what is wrong', wrong, async () => {
      await go('scenes/01-first-scene.md', 5, 22);
      await command('File: Revert File');
      await go('scenes/01-first-scene.md', 5, 22);
      await page.keyboard.press('Backspace');
    });
    await waitFor('the line below it', page.locator('.editor-group-container.active .squiggly-error'));
    await shot('beginner-finding');
    const mend = page.locator('.action-widget .monaco-list-row', { hasText: 'first-place' }).first();
    const right = page.locator('.editor-group-container.active .view-line', { hasText: /^location:\s+first-place$/ });
    await until('the bulb', mend, async () => {
      await toEditor();
      await command('Quick Fix...');
    });
    await until('it is mended', right, async () => await mend.isVisible() ? mend.click({ timeout: 5000 }) : undefined);
    await waitFor('no line is left', gone(page.locator('.editor-group-container.active .squiggly-error')));
  });

  await step('a rename reaches every place, and the file', async () => {
    await command('File: Save All Files');
    await go('characters/first-character.yaml', 2, 8);
    const box = page.locator('.monaco-editor .rename-box input:visible').first();
    await until('the box for the name', box, () => page.keyboard.press('F2'));
    await box.fill('Tom Reeve');
    await box.press('Enter');
    const apply = page.locator('.bulk-edit-panel .monaco-button:visible', { hasText: exactly('Apply') });
    await until('the renamed file', () => existsSync(file('characters/tom-reeve.yaml')), async () => await apply.isVisible() ? apply.click({ timeout: 5000 }) : undefined);
    await command('File: Save All Files');
    await waitFor('the name in the scene', () => /^pov: tom-reeve$/m.test(text('scenes/01-first-scene.md')) && /Tom Reeve came to/.test(text('scenes/01-first-scene.md')));
    await shot('beginner-renamed');
  });

  await step('a new scene goes beside the last one, with the next number', async () => {
    await command('Story: New Character, Place or Scene…');
    await pick('What shall be new?', 'scene');
    await answer('The new scene’s name', 'The Fair');
    await waitFor('its file is open', active('02-the-fair.md'));
    assert.equal(text('scenes/02-the-fair.md'), '---\ntype: scene\ntitle: The Fair\n---\n\n');
    await waitFor('its row', row('The Fair'));
  });

  await step('in a folder that is not trusted no pipeline is offered, and its program never runs', async () => {
    await until('the palette', input, () => page.keyboard.press('F1'));
    await input.fill('>Story: R');
    await waitFor('the commands', widget.locator('.monaco-list-row', { has: page.locator('.label-name', { hasText: exactly('Story: Restart Server') }) }));
    assert.equal(await widget.locator('.monaco-list-row', { hasText: 'Run a Pipeline' }).count(), 0);
    await until('the palette is closed', gone(widget), () => page.keyboard.press('Escape'), 3000);
    assert.equal(existsSync(sprung), false, 'the program that the folder names was started');
    assert.equal(await titled('Which pipeline?').count(), 0);
  });

  await step('the first steps know what is done', async () => {
    const checked = title => page.locator(`.getting-started-step [role=checkbox][aria-label="${title}: Completed"]`);
    await until('the first steps', page.locator('.getting-started-step').first(), () => command('Story: First Steps'));
    for (const title of ['Begin a story', 'Make your first character', 'See your first finding', 'Rename somebody everywhere']) {
      await waitFor(title, checked(title));
    }
    assert.equal(await checked('See the whole').count(), 0, 'what was not done is not checked');
    await shot('beginner-steps');
  });
} finally {
  await browser.stop();
  editor.stop();
  rmSync(place, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exit(counts.failed === 0 ? 0 : 1);
