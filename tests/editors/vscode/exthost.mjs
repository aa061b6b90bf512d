// Runs tests.cjs inside the extension host of a real VS Code, as VS Code's own test runner does: the page gets the extension under development and the
// module with the tests (or STORYLSP_TEST_MODULE), and says the exit code when they have ended. Last line: N passed, N failed, N skipped.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { editors, extension, startBrowser, startEditor, startModel, tools } from './code-server.mjs';

const results = path.join(tools, 'vscode-results.txt');
rmSync(results, { force: true });
mkdirSync(path.join(tools, 'shots'), { recursive: true });

const modelLog = path.join(tools, 'vscode-model.log');
const model = await startModel(modelLog);
const editor = await startEditor({
  settings: { 'storylsp.server.path': process.env.STORYLSP_TEST_SERVER },
  env: { STORYLSP_TEST_RESULTS: results, STORYLSP_TEST_EDITORS: editors, STORYLSP_TEST_MODEL: model.url, STORYLSP_TEST_MODEL_LOG: modelLog },
  extensions: [path.join(editors, 'vscode/models')],
  arguments: ['--vscode-option', 'enable-smoke-test-driver'],
});
const browser = await startBrowser();
let code = 'no answer in time';
try {
  const exit = new Promise(resolve => browser.page.exposeFunction('codeAutomationExit', resolve));
  await browser.page.exposeFunction('codeAutomationLog', () => { });
  if (process.env.VERBOSE) {
    browser.page.on('console', message => console.log('[page]', message.text().slice(0, 400)));
  }
  const remote = file => `vscode-remote://${new URL(editor.url).host}${file}`;
  const payload = [['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(path.join(editors, 'vscode', process.env.STORYLSP_TEST_MODULE ?? 'tests.cjs'))]];
  await browser.page.goto(`${editor.url}?folder=${encodeURIComponent(editor.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const limit = Number(process.env.STORYLSP_TEST_LIMIT ?? 540_000);
  code = await Promise.race([exit, new Promise(resolve => setTimeout(() => resolve(code), limit))]);
  if (code !== 0) {
    await browser.page.screenshot({ path: path.join(tools, 'shots/exthost-failed.png') }).catch(() => { });
  }
} finally {
  await browser.stop();
  editor.stop();
  model.stop();
}
const lines = existsSync(results) ? readFileSync(results, 'utf8').trimEnd().split('\n') : [];
const passed = lines.filter(line => line.startsWith('ok ')).length;
let failed = lines.filter(line => line.startsWith('FAIL')).length;
if (lines.length > 0) {
  console.log(lines.join('\n'));
}
if (code !== 0 && failed === 0) {
  console.log(`FAIL  vscode: the tests did not end well: ${code}`);
  failed++;
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
