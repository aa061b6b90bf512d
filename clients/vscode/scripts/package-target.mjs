// Packs the extension for one platform with the server inside: npm run package:target -- TARGET SERVERDIR [OUT]. SERVERDIR holds the program `storylsp` (or
// `storylsp.exe`) and what it needs. The vsix is storylsp-TARGET.vsix beside package.json, or OUT.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const targets = ['linux-x64', 'linux-arm64', 'alpine-x64', 'alpine-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];
const extension = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [target, server, out] = process.argv.slice(2);

function fail(message) {
  console.error(`package:target: ${message}`);
  process.exit(2);
}

if (target === undefined || server === undefined) {
  fail(`usage: npm run package:target -- TARGET SERVERDIR [OUT]\nTARGET is one of ${targets.join(', ')}`);
}
if (!targets.includes(target)) {
  fail(`there is no target ${target}; there are ${targets.join(', ')}`);
}
// npm starts scripts in the extension's folder, wherever it was called from.
const from = process.env.INIT_CWD ?? process.cwd();
const folder = path.resolve(from, server);
const program = target.startsWith('win32') ? 'storylsp.exe' : 'storylsp';
if (!existsSync(path.join(folder, program))) {
  fail(`${folder} has no ${program}: build the server for ${target} first`);
}

const inside = path.join(extension, 'server');
const vsix = out === undefined ? path.join(extension, `storylsp-${target}.vsix`) : path.resolve(from, out);
rmSync(inside, { recursive: true, force: true });
try {
  cpSync(folder, inside, { recursive: true, dereference: true, filter: file => !file.endsWith('.pdb') });
  if (program === 'storylsp') {
    chmodSync(path.join(inside, program), 0o755);
  }
  const vsce = path.join(extension, 'node_modules/@vscode/vsce/vsce');
  const packed = spawnSync(process.execPath, [vsce, 'package', '--target', target, '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix], { cwd: extension, stdio: 'inherit' });
  process.exitCode = packed.status ?? 1;
} finally {
  rmSync(inside, { recursive: true, force: true });
}
