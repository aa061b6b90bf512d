// The grammars of grammars/, as clients/vscode/package.json contributes them, on top of VS Code's own for Markdown and YAML.
//
//   node run.mjs [FOLDER of VS Code's extensions]
//
// Last line: N passed, N failed, N skipped; exit code 77: a piece is missing.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(here, '../../..');
const extensions = process.argv[2] ?? path.join(here, '../.tools/vscode/node_modules/code-server/lib/vscode/extensions');
let passed = 0;
let failed = 0;

function say(ok, title, problem = '') {
  ok ? passed++ : failed++;
  console.log(`${ok ? 'ok   ' : 'FAIL '} grammars: ${title}${ok ? '' : `\n${problem.trimEnd().replace(/^/gm, '      ')}`}`);
}

function missing(what) {
  console.log(what);
  process.exit(77);
}

if (!fs.existsSync(path.join(extensions, 'yaml/package.json'))) missing(`VS Code's own grammars are not in ${extensions}: tests/editors/fetch vscode`);
if (!fs.existsSync(path.join(here, 'node_modules/vscode-tmgrammar-test'))) missing('vscode-tmgrammar-test is not there: tests/editors/fetch grammars');
const lock = fs.readFileSync(path.join(here, 'package-lock.json'), 'utf8');
say(!/"resolved"|https?:\/\/[^"]*registry/.test(lock), 'the lock file names no registry', 'it does');

// What VS Code would load.
const manifest = (folder) => JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
const client = path.join(repository, 'clients/vscode');
const ours = manifest(client).contributes.grammars.map((one) => ({ ...one, path: path.join(repository, 'grammars', path.basename(one.path)) }));
const theirs = ['yaml', 'markdown-basics', 'html', 'css', 'javascript'].flatMap((name) =>
  manifest(path.join(extensions, name)).contributes.grammars
    .filter((one) => one.scopeName !== 'source.yaml' || one.language === 'yaml')
    .map((one) => ({ ...one, path: path.join(extensions, name, one.path) })));
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'storylsp-grammars-'));
process.on('exit', () => fs.rmSync(temporary, { recursive: true, force: true }));
const configuration = path.join(temporary, 'package.json');
const grammars = [...theirs, ...ours];
fs.writeFileSync(configuration, JSON.stringify({ contributes: { grammars: grammars.map((one) => ({ ...one, path: path.relative(temporary, one.path) })) } }));

const files = fs.readdirSync(path.join(repository, 'grammars')).filter((name) => name.endsWith('.tmLanguage.json')).sort();
say(JSON.stringify(ours.map((one) => path.basename(one.path)).sort()) === JSON.stringify(files), 'the VS Code client contributes each of them', `there are ${files}`);
for (const one of ours) {
  const text = JSON.parse(fs.readFileSync(one.path, 'utf8'));
  say(text.scopeName === one.scopeName, `${path.basename(one.path)} is ${one.scopeName}`, text.scopeName);
}

// The cases.
for (const name of fs.readdirSync(path.join(here, 'cases')).sort()) {
  const run = spawnSync(process.execPath, [path.join(here, 'node_modules/vscode-tmgrammar-test/dist/unit.js'), '--config', configuration, path.join(here, 'cases', name)], { encoding: 'utf8' });
  const assertions = fs.readFileSync(path.join(here, 'cases', name), 'utf8').split('\n').filter((line) => line.startsWith('%%')).length - 1;
  const output = `${run.stdout}${run.stderr}`.replace(/^grammar not found.*\n/gm, '');
  say(run.status === 0 && assertions > 0, `${name}, ${assertions} assertions`, output);
}

// The fields of the shipped schemas that are references are those that the grammar of fences knows.
const references = new Set();
for (const name of fs.readdirSync(path.join(repository, 'schemas')).filter((one) => one.endsWith('.yaml'))) {
  const above = [];
  for (const line of fs.readFileSync(path.join(repository, 'schemas', name), 'utf8').split('\n')) {
    const key = /^( *)(\w+):/.exec(line);
    if (!key) continue;
    while (above.length > 0 && above.at(-1).indent >= key[1].length) above.pop();
    above.push({ indent: key[1].length, name: key[2] });
    if (/\btype: reference\b/.test(line)) references.add(above.map((one) => one.name).filter((one) => !['type', 'of', 'fields'].includes(one)).at(-1));
  }
}
const fields = JSON.parse(fs.readFileSync(path.join(repository, 'grammars/story-fields.tmLanguage.json'), 'utf8')).repository;
const wanted = [...references].sort().join(' ');
say(/\(\?:(.*?)\)\(\?=/.exec(fields.key.match)[1].split('|').join(' ') === wanted && references.size > 30, 'the keys of story-fields are the references of the shipped schemas', `wanted: ${wanted}`);
const behind = (text) => /^\(\?<=(.*?)\)/.exec(text)[1].replaceAll(': ', '').split('|').join(' ');
say(behind(fields.reference.match) === wanted && behind(fields.references.begin) === wanted, 'and so are its values', `wanted: ${wanted}`);

// Every wikilink of the examples' prose is coloured as one.
const require = createRequire(path.join(here, 'node_modules/vscode-tmgrammar-test/package.json'));
const { createRegistry } = require('./dist/common/index.js');
const { INITIAL } = require('vscode-textmate');
console.warn = () => {};
const markdown = await createRegistry(grammars).loadGrammar('text.html.markdown');
let links = 0;
const lost = [];
for (const file of fs.readdirSync(path.join(repository, 'examples'), { recursive: true }).filter((one) => one.endsWith('.md')).map((one) => `examples/${one}`)) {
  let state = INITIAL;
  for (const line of fs.readFileSync(path.join(repository, file), 'utf8').split('\n')) {
    const { tokens, ruleStack } = markdown.tokenizeLine(line, state);
    state = ruleStack;
    for (const found of line.matchAll(/\[\[[^[\]]+\]\]/g)) {
      const scopes = tokens.find((token) => token.startIndex <= found.index + 2 && found.index + 2 < token.endIndex).scopes.join(' ');
      if (/raw|fenced|comment/.test(scopes)) continue;
      links++;
      if (!scopes.includes('wikilink')) lost.push(`${file}: ${found[0]} is ${scopes}`);
    }
  }
}
say(links > 20 && lost.length === 0, `${links} wikilinks of the examples`, lost.join('\n') || 'too few');

console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;
