// Somebody who has just got this machine: a user account without a file of its own (where root may make one, else an empty home), with git and the editors, and with
// what they have downloaded.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Makes the account. `programs` are those that are installed beside the system's, by name; `downloads` files in ~/Downloads. */
export function newWriter({ programs = {}, downloads = [] } = {}) {
  const place = mkdtempSync(path.join(tmpdir(), 'storylsp-writer-'));
  chmodSync(place, 0o755);
  const bin = path.join(place, 'bin');
  mkdirSync(bin);
  for (const [name, program] of Object.entries(programs)) {
    symlinkSync(program, path.join(bin, name));
  }
  const name = `mara${process.pid}`;
  let home = path.join(place, 'home');
  let made = process.getuid() === 0 && spawnSync('useradd', ['--create-home', '--home-dir', home, '--shell', '/bin/bash', name]).status === 0;
  // Where this repository lies in somebody's own folder, nobody else may start what it has.
  if (made && spawnSync('setpriv', [`--reuid=${name}`, `--regid=${name}`, '--init-groups', '--', 'test', '-r', fileURLToPath(import.meta.url)]).status !== 0) {
    spawnSync('userdel', ['--force', name], { stdio: 'ignore' });
    rmSync(home, { recursive: true, force: true });
    made = false;
  }
  if (!made) {
    mkdirSync(home);
  }
  mkdirSync(path.join(home, 'Downloads'));
  for (const file of downloads) {
    cpSync(file, path.join(home, 'Downloads', path.basename(file)), { recursive: true });
  }
  // The shell notes how each command ended, and where it then was; everything else is as the system has it.
  const notes = path.join(place, 'ended');
  writeFileSync(notes, '');
  chmodSync(notes, 0o666);
  writeFileSync(path.join(place, 'rc'), `PS1='$ '\nPROMPT_COMMAND='printf "%s %s\\n" "$?" "$PWD" >>${notes}'\nunset HISTFILE\n`);
  const env = {
    ...process.env.STORYLSP_TEST_NVIM === undefined ? {} : { STORYLSP_TEST_NVIM: process.env.STORYLSP_TEST_NVIM },
    HOME: home, USER: name, LOGNAME: name, SHELL: '/bin/bash', TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8',
    PATH: [path.join(home, '.local/bin'), bin, '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
  };
  let id;
  if (made) {
    execFileSync('chown', ['-R', `${name}:`, home]);
    id = name;
  }
  return {
    home, env, name: id,
    /** The words that run a command as this person. */
    as: command => id === undefined ? command : ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--init-groups', '--', ...command],
    /** How each command ended so far, the latest last: `code` and `folder`. The first is the start of the shell. */
    ended: () => readFileSync(notes, 'utf8').split('\n').filter(line => line !== '').map(line => ({ code: Number.parseInt(line, 10), folder: line.slice(line.indexOf(' ') + 1) })),
    shell: ['bash', '--noprofile', '--rcfile', path.join(place, 'rc'), '-i'],
    remove() {
      if (id !== undefined) {
        // All that still runs as this person, and nothing else: nobody else may be ended by them.
        spawnSync('setpriv', [`--reuid=${id}`, `--regid=${id}`, '--init-groups', '--', 'bash', '-c', 'kill -KILL -1'], { stdio: 'ignore' });
        spawnSync('userdel', ['--force', id], { stdio: 'ignore' });
      }
      rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
