// Starts VS Code as a server on loopback with state of its own, and a browser on its page.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const editors = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const repository = path.resolve(editors, '../..');
export const tools = path.join(editors, '.tools');
export const extension = path.join(repository, 'clients/vscode');

const { chromium } = createRequire(path.join(tools, 'browser/package.json'))('playwright-core');

const settings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'editor.accessibilitySupport': 'off',
};

/** A folder is opened as one that is not trusted, and nobody is asked. */
const untrusted = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Starts VS Code on a fresh copy of `options.workspace`, else of the tests' own. `options.vsix` is installed first, the folders `options.extensions` are copied, `options.settings` are the machine's, `options.user` the writer's, `options.arguments` go to the server; with `options.untrusted` the folder is one that nobody has trusted. `options.writer` (tests/docs/writer.mjs) is who starts it, in whose home the empty folder `options.folder` is the workspace. */
export async function startEditor(options = {}) {
  const { writer } = options;
  const home = writer?.home ?? mkdtempSync(path.join(tmpdir(), 'storylsp-vscode-'));
  const workspace = path.join(home, options.folder ?? (options.workspace ? path.basename(options.workspace) : 'The Mill Road'));
  if (writer === undefined) {
    cpSync(options.workspace ?? path.join(editors, 'workspace'), workspace, { recursive: true });
  } else {
    mkdirSync(workspace);
  }
  mkdirSync(path.join(home, 'extensions'), { recursive: true });
  for (const folder of options.extensions ?? []) {
    cpSync(folder, path.join(home, 'extensions', path.basename(folder)), { recursive: true });
  }
  // Which program to start is a matter of the machine, and VS Code reads that from the machine's own settings.
  for (const [name, values] of [['User', { ...settings, ...options.untrusted ? untrusted : {}, ...options.user }], ['Machine', options.settings ?? {}]]) {
    mkdirSync(path.join(home, 'user', name), { recursive: true });
    writeFileSync(path.join(home, 'user', name, 'settings.json'), JSON.stringify(values, null, 2));
  }

  const node = path.join(tools, 'vscode/node/bin/node');
  const entry = path.join(tools, 'vscode/node_modules/code-server/out/node/entry.js');
  const places = ['--user-data-dir', path.join(home, 'user'), '--extensions-dir', path.join(home, 'extensions')];
  const env = { ...writer?.env ?? process.env, HOME: home, XDG_CONFIG_HOME: path.join(home, 'config'), XDG_DATA_HOME: path.join(home, 'data'), ...options.env };
  const start = writer?.as([node]) ?? [node];
  if (writer?.name !== undefined) {
    spawnSync('chown', ['-R', `${writer.name}:`, home]);
  }
  if (options.vsix) {
    const installed = spawnSync(start[0], [...start.slice(1), entry, ...places, '--install-extension', options.vsix, '--force'], { env, encoding: 'utf8' });
    if (installed.status !== 0) {
      throw new Error(`VS Code did not install ${options.vsix}:\n${installed.stdout}${installed.stderr}`);
    }
  }

  const port = await freePort();
  const log = path.join(home, 'server.log');
  const output = openSync(log, 'a');
  const server = spawn(start[0], [...start.slice(1), entry, '--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', ...places, '--disable-telemetry', '--disable-update-check',
    ...(options.untrusted ? [] : ['--disable-workspace-trust']), '--disable-getting-started-override', '--disable-proxy', ...(options.arguments ?? [])],
  { env, detached: true, stdio: ['ignore', output, output] });
  const url = `http://127.0.0.1:${port}/`;
  const stop = () => {
    try { process.kill(-server.pid, 'SIGTERM'); } catch { /* It has ended by itself. */ }
    if (writer === undefined) {
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  };
  for (let attempt = 0; ; attempt++) {
    const answered = await fetch(`${url}healthz`).then(answer => answer.ok, () => false);
    if (answered) {
      break;
    }
    if (server.exitCode !== null || attempt === 600) {
      const said = existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : '';
      stop();
      throw new Error(`VS Code did not start:\n${said}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return { url, home, workspace, stop };
}

/** Starts the model on loopback, which writes what it is asked into the log. */
export async function startModel(log) {
  rmSync(log, { force: true });
  const model = spawn(process.execPath, [path.join(editors, 'model.mjs'), log], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = await once(model.stdout, 'data');
  return { url: `http://127.0.0.1:${String(said).match(/port (\d+)/)[1]}`, stop: () => model.kill() };
}

/** Opens a browser, which asks nothing of the network by itself. */
export async function startBrowser() {
  const profile = mkdtempSync(path.join(tmpdir(), 'storylsp-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.STORYLSP_TEST_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1400, height: 900 },
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  });
  const page = context.pages()[0] ?? await context.newPage();
  // STORYLSP_TEST_SLOW=6 makes the page six times as slow as this machine: what waits for the wrong thing shows itself there.
  const slow = Number(process.env.STORYLSP_TEST_SLOW ?? 1);
  if (slow > 1) {
    await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slow });
  }
  return {
    page,
    stop: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
