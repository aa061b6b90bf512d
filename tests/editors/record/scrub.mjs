// Makes a session of a recording: node scrub.mjs LOG FINAL SESSION. Takes out what belongs to this machine (paths, names, numbers of processes), and
// of what the server said what no test compares. FINAL says where the story was, and
// with which texts and findings the editor ended.
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [log, final, session] = process.argv.slice(2);
const { workspace, texts, findings } = JSON.parse(readFileSync(final, 'utf8'));

/** The answers that are edits, and must be the same when the session is replayed. */
const compared = ['textDocument/rename', 'textDocument/formatting', 'textDocument/onTypeFormatting', 'workspace/willRenameFiles'];

const address = file => `file://${file.split('/').map(encodeURIComponent).join('/')}`;
const home = path.dirname(workspace);
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const names = [[address(workspace), 'file:///story'], [workspace, '/story'], [address(home), 'file:///home'], [home, '/home'],
  [repository, '/storylsp'], [process.env.STORYLSP_RECORD_SERVER, '/storylsp/storylsp']];

function scrub(value, key) {
  if (typeof value === 'string') {
    return key === 'processId' ? null : names.reduce((text, [from, to]) => text.replaceAll(from, to), value);
  }
  if (Array.isArray(value)) {
    return value.map(one => scrub(one));
  }
  return value === null || typeof value !== 'object' ? (key === 'processId' ? 1 : value) : Object.fromEntries(Object.entries(value).map(([name, one]) => [scrub(name), scrub(one, name)]));
}

const methods = new Map();
const lines = [];
for (const line of readFileSync(log, 'utf8').trimEnd().split('\n')) {
  const { from, message } = scrub(JSON.parse(line));
  if (from === 'editor' && message.method !== undefined && message.id !== undefined) {
    methods.set(message.id, message.method);
  }
  if (from === 'server' && message.method === undefined && message.error === undefined && !compared.includes(methods.get(message.id))) {
    delete message.result;
  }
  if (from === 'server' && (message.method === 'window/logMessage' || message.method === '$/logTrace')) {
    continue;
  }
  lines.push(JSON.stringify({ from, message }));
}
lines.push(JSON.stringify({ texts: scrub(texts), findings: scrub(findings) }));
const text = `${lines.join('\n')}\n`;
for (const trace of [home, '/tmp/', hostname(), process.cwd(), userInfo().homedir]) {
  const at = text.indexOf(trace);
  if (trace.length > 3 && at >= 0) {
    console.error(`The session still names this machine: ${text.slice(Math.max(0, at - 100), at + 100)}`);
    process.exit(1);
  }
}
writeFileSync(session, text);
