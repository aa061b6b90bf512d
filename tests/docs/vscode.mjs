// Does what a page says in the page of a real VS Code, with the extension that people install: node vscode.mjs --page PAGE --vsix FILE [--pictures]
//
//   ```vscode step    each line is one thing that is done: `F1 → TITLE` runs a command by its title, `Ctrl+P → FILE:LINE:COLUMN` opens a file, `Click → TEXT` a button, a
//                     lens, a row of a list or a change to be ticked, `Answer → TEXT` types into the question and presses Enter, `Key → Ctrl+S`
//   ```sh step        runs in a shell; the block behind it is in what it says
//   ```LANG typed     the text is typed where the cursor is
//   ```LANG shows     each line stands somewhere in the window
//   ```LANG file=P    the file P of the story has this text
//
// Last line: N passed, N failed, N skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startBrowser, startEditor } from '../editors/vscode/code-server.mjs';
import { driver, limit } from '../editors/vscode/driver.mjs';
import { readPage, repository } from './pages.mjs';
import { stepsOf } from './steps.mjs';
import { newWriter } from './writer.mjs';

const option = word => process.argv[process.argv.indexOf(word) + 1];
const name = option('--page');
const pictures = process.argv.includes('--pictures');
const writer = newWriter();
const steps = stepsOf(readPage(readFileSync(path.join(repository, name), 'utf8')));
const editor = await startEditor({
  vsix: path.resolve(option('--vsix')), writer, folder: 'Lighthouse',
  user: { 'git.enabled': true, 'git.openRepositoryInParentFolders': 'never', 'workbench.colorTheme': 'Default Light Modern' },
});
const browser = await startBrowser();
const { page } = browser;
await page.setViewportSize({ width: 1200, height: 760 });
const { counts, step, waitFor, exactly, widget, input, command, go } = driver(name, editor, page);

/** What a writer sees in the window, with plain spaces. */
const seen = () => page.evaluate(() => document.body.innerText.replace(/[\u00a0\u00b7\s]+/gu, ' '));
const shows = text => async () => (await seen()).includes(text.trim().replace(/\s+/g, ' '));

/** What can be clicked that says this, the likeliest first. */
const clickable = text => [
  page.locator('.action-widget .monaco-list-row', { hasText: text }),
  widget.locator('.monaco-list-row', { has: page.locator('.label-name', { hasText: exactly(text) }) }),
  page.locator('.monaco-dialog-box .monaco-button', { hasText: exactly(text) }),
  page.locator('.editor-group-container.active .codelens-decoration a', { hasText: text }),
  page.locator('.monaco-button:visible', { hasText: exactly(text) }),
  page.locator('.bulk-edit-panel .monaco-list-row', { hasText: text }).locator('input[type=checkbox], .monaco-checkbox, .edit-checkbox'),
];

async function click(text) {
  let found;
  await waitFor(`“${text}”, to be clicked`, async () => {
    for (const one of clickable(text)) {
      if (await one.first().isVisible()) {
        found = one.first();
        return true;
      }
    }
    return false;
  });
  await page.waitForTimeout(300);
  await found.click({ timeout: 20_000 });
}

const deeds = {
  F1: title => command(title),
  'Ctrl+P': place => go(...place.split(':').map((part, index) => index === 0 ? part : Number(part))),
  Click: click,
  Answer: async text => {
    const rename = page.locator('.monaco-editor .rename-box input:visible').first();
    await waitFor('the question', async () => await rename.isVisible() || await input.isVisible());
    const box = await rename.isVisible() ? rename : input;
    await box.fill(text);
    await page.waitForTimeout(500);
    await box.press('Enter');
  },
  Key: keys => page.keyboard.press(keys.replaceAll('Ctrl', 'Control')),
  Message: async text => {
    await page.locator('.scm-input .monaco-editor, .scm-editor .monaco-editor').first().click({ timeout: limit });
    await page.keyboard.type(text);
  },
};

let printed;   // what a command said, for the block behind it
await step('opens the empty folder', async () => {
  await page.goto(`${editor.url}?folder=${encodeURIComponent(editor.workspace)}`, { timeout: limit });
  await page.waitForSelector('.part.statusbar', { timeout: limit });
  await page.waitForTimeout(2000);
});
for (const one of steps) {
  await step(`line ${one.line}: ${one.text.split('\n')[0]}`, async () => {
    if (one.language === 'vscode') {
      for (const line of one.text.split('\n').filter(text => text.trim() !== '')) {
        const [deed, what] = line.split(/\s*→\s*/, 2);
        if (!(deed.trim() in deeds)) {
          throw new Error(`there is nothing called ${deed} to be done`);
        }
        await deeds[deed.trim()](what.trim());
        await page.waitForTimeout(400);
      }
    } else if (one.language === 'sh' && one.words.includes('step')) {
      const [program, ...rest] = writer.as(['bash', '-c', one.text]);
      const ran = spawnSync(program, rest, { cwd: editor.workspace, env: writer.env, encoding: 'utf8' });
      if (ran.status !== 0) {
        throw new Error(`it ended with ${ran.status}: ${ran.stderr}`);
      }
      printed = ran.stdout;
      return;
    } else if (printed !== undefined && one.words.includes('shows')) {
      const missing = one.text.split('\n').filter(line => !printed.includes(line));
      if (missing.length > 0) {
        throw new Error(`${missing.join(', ')} is not in\n${printed}`);
      }
    } else if (one.words.includes('typed')) {
      if (one.language === 'sh') {
        await waitFor('the terminal', page.locator('.xterm-helper-textarea:focus'));
        await page.waitForTimeout(2500);
      }
      await page.keyboard.type(one.text, { delay: 15 });
    } else if (one.words.includes('shows')) {
      for (const line of one.text.split('\n').filter(text => text.trim() !== '')) {
        await waitFor(`“${line}” is shown`, shows(line));
      }
    } else if (one.words.includes('hides')) {
      for (const line of one.text.split('\n').filter(text => text.trim() !== '')) {
        await waitFor(`“${line}” is gone`, async () => !(await shows(line)()));
      }
    } else {
      const file = path.join(editor.workspace, one.words.find(word => word.startsWith('file=')).slice(5));
      await waitFor(`the text of ${file}`, () => existsSync(file) && readFileSync(file, 'utf8') === `${one.text}\n`).catch(problem => {
        throw new Error(`${problem.message}\n${existsSync(file) ? readFileSync(file, 'utf8') : '(not there)'}`);
      });
    }
    printed = undefined;
    const picture = one.words.find(word => word.startsWith('picture='));
    if (picture !== undefined && pictures) {
      mkdirSync(path.join(repository, 'docs/pictures'), { recursive: true });
      await page.mouse.move(640, 470);   // away from what shows a card
      await page.waitForTimeout(1500);
      await page.screenshot({ path: path.join(repository, 'docs/pictures', `${picture.slice(8)}.png`) });
    }
  });
}
await browser.stop();
editor.stop();
writer.remove();
console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exit(counts.failed === 0 ? 0 : 1);
