// Takes the picture of the README: node picture.mjs FILE [LINE:COLUMN], the findings of examples/first-draft with FILE open.
import path from 'node:path';
import { extension, repository, startBrowser, startEditor } from './code-server.mjs';

const [file, place = '1:1'] = process.argv.slice(2);
const editor = await startEditor({
  workspace: path.join(repository, 'examples/first-draft'),
  vsix: path.join(extension, 'storylsp.vsix'),
  settings: { 'storylsp.server.path': process.env.STORYLSP_TEST_SERVER ?? path.join(repository, 'artifacts/bin/StoryLsp.Cli/release/storylsp') },
});
const browser = await startBrowser();
const { page } = browser;
try {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${editor.url}?folder=${encodeURIComponent(editor.workspace)}`);
  await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60_000 });
  const input = page.locator('.quick-input-widget input').first();
  for (const [keys, text, row] of [['Control+P', `${file}:${place}`, file], ['F1', '>Problems: Focus on Problems View', 'Problems: Focus']]) {
    await page.keyboard.press(keys);
    await input.waitFor({ state: 'visible' });
    await input.fill(text);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor({ timeout: 60_000 });
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }
  await page.locator('.markers-panel .monaco-list-row').nth(3).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(8000); // the findings of the files that are not open
  await page.screenshot({ path: path.join(extension, 'media/findings.png') });
} finally {
  await browser.stop();
  editor.stop();
}
