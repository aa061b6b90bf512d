// A terminal with somebody at it: a shell on a screen of 100 by 30, into which keys are typed and from which is read what stands there. What draws the
// screen is VS Code's own terminal (xterm), without a window.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { repository } from './pages.mjs';

const modules = path.join(repository, 'tests/editors/.tools/vscode/node_modules/code-server/lib/vscode/node_modules');
const { Terminal } = createRequire(path.join(modules, 'x.js'))('@xterm/headless');
export const columns = 100;
export const rows = 30;

const named = {
  Esc: '\x1b', Enter: '\r', Tab: '\t', Space: ' ', BS: '\x7f', Del: '\x1b[3~', Up: '\x1b[A', Down: '\x1b[B', Right: '\x1b[C', Left: '\x1b[D', Home: '\x1b[H', End: '\x1b[F', lt: '<',
};

/** The bytes of keys as a page writes them: `:wq<Enter>`, `<Esc>`, `<Ctrl+W>d`. */
export function bytesOf(keys) {
  return keys.replace(/<([^<>\s]+)>/g, (whole, name) => {
    const control = /^Ctrl\+([A-Z\]])$/.exec(name);
    if (control !== null) {
      return String.fromCharCode(control[1].charCodeAt(0) & 31);
    }
    if (!(name in named)) {
      throw new Error(`there is no key ${whole}`);
    }
    return named[name];
  });
}

const pause = time => new Promise(resolve => setTimeout(resolve, time));

/** Opens a terminal in which this command (words) runs, with this environment and no other. */
export function openTerminal(command, env, cwd) {
  const screen = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 2000 });
  const quoted = command.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  // `script` gives the shell a terminal of the system's.
  const shell = spawn('script', ['-qfec', `stty rows ${rows} cols ${columns}; exec ${quoted}`, '/dev/null'], { env, cwd, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let drawn = Promise.resolve();
  let last = Date.now();
  shell.stdout.on('data', data => {
    last = Date.now();
    drawn = new Promise(resolve => screen.write(data, resolve));
  });
  shell.stderr.resume();
  shell.stdin.on('error', () => { });
  screen.onData(answer => shell.stdin.write(answer));   // what a program asks the terminal

  const lines = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, index) => screen.buffer.active.getLine(from + index)?.translateToString(true) ?? '');
  const self = {
    /** Types these bytes as a person does: not all at once, so that no program takes them for something pasted. */
    async type(bytes) {
      for (const part of bytes.match(/\x1b\[[0-9]*[A-Z~]|./gsu) ?? []) {
        shell.stdin.write(part);
        // A terminal program tells Esc from the keys that begin with it by the time that passes.
        await pause(part === '\x1b' ? 250 : 8);
      }
    },
    /** The lines that are on the screen. */
    shown: () => lines(screen.buffer.active.viewportY, screen.buffer.active.viewportY + rows),
    /** The lines from this one on, those that have left the screen too. */
    since: line => lines(line, screen.buffer.active.length),
    /** The number of the line of the cursor. */
    line: () => screen.buffer.active.baseY + screen.buffer.active.cursorY,
    /** Whether a program has the whole screen, as an editor. */
    isFull: () => screen.buffer.active.type === 'alternate',
    /** Waits until `seen` is true and nothing has been drawn for a moment. */
    async until(what, seen, time = 60_000) {
      for (const begun = Date.now(); ;) {
        await drawn;
        if (Date.now() - last > 150 && seen()) {
          return;
        }
        if (Date.now() - begun > time) {
          throw new Error(`${what}: not so after ${time / 1000} s. The screen:\n${self.shown().map(one => `  | ${one}`).join('\n').replace(/(\n {2}\| )+$/, '')}`);
        }
        await pause(100);
      }
    },
    screen,
    close() {
      try { process.kill(-shell.pid, 'SIGHUP'); } catch { /* It has ended by itself. */ }
    },
  };
  return self;
}
