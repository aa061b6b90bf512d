// Does what a page says, block by block, in a real terminal: node walk.mjs PAGE...
//
//   ```sh step        each line is typed into the shell, which must be there, and must end well (`step fails`: badly, as the page says)
//   ```keys step      each line is typed as keys; <Enter>, <Esc>, <Ctrl+W> are keys. What follows waits until nothing moves
//   ```LANG typed     the text is typed as it stands, with Enter at the end of each line but the last
//   ```LANG file=P    the file P has this text now, letter for letter
//   ```text shows     each line stands on the screen (after a command: in what it printed). … stands for anything
//   ```text hides     no line stands on the screen
//
// Last line: N passed, N failed, N skipped.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readPage, repository } from './pages.mjs';
import { stepsOf } from './steps.mjs';
import { takePicture } from './picture.mjs';
import { bytesOf, openTerminal } from './terminal.mjs';
import { newWriter } from './writer.mjs';

const pattern = line => new RegExp(line.trim().split('…').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')).join('.*'), 'u');

/** Does the steps of the page `name`; answers how many went well, and throws at the first that did not. */
export async function walk(name, writer, { atPicture } = {}) {
  const page = readPage(readFileSync(path.join(repository, name), 'utf8'));
  const steps = stepsOf(page);
  const terminal = openTerminal(writer.as(writer.shell), writer.env, writer.home);
  const text = value => value.replace(/^~(?=\/)/, writer.home);
  const atPrompt = () => !terminal.isFull() && /^\$ ?$/.test(terminal.since(terminal.line())[0] ?? '');
  let begin = 0;
  let folder = writer.home;
  let full = false;
  try {
    await terminal.until('the prompt', atPrompt);
    for (const step of steps) {
      const where = `${name}:${step.line}`;
      if (step.words.includes('step') && step.language === 'sh') {
        await terminal.until(`${where}: the prompt`, atPrompt);
        begin = terminal.line();
        for (const line of step.text.split('\n').filter(one => one.trim() !== '')) {
          const before = writer.ended().length;
          await terminal.type(`${line}\r`);
          await terminal.until(`${where}: ${line}`, () => atPrompt() && writer.ended().length > before || terminal.isFull());
          if (terminal.isFull()) {
            break;
          }
          const { code, folder: now } = writer.ended().at(-1);
          if ((code !== 0) !== step.words.includes('fails')) {
            throw new Error(`${where}: ${line} ended with ${code}:\n${terminal.since(begin).map(one => `  | ${one}`).join('\n')}`);
          }
          folder = now;
        }
      } else if (step.words.includes('step') && step.language === 'keys') {
        for (const line of step.text.split('\n').filter(one => one !== '')) {
          await terminal.type(bytesOf(line));
          await terminal.until(`${where}: ${line}`, () => true);
        }
        begin = terminal.isFull() ? 0 : begin;
      } else if (step.words.includes('typed')) {
        await terminal.type(step.text.replaceAll('\n', '\r'));
      } else if (step.words.includes('shows')) {
        for (const line of step.text.split('\n').filter(one => one.trim() !== '' && one.trim() !== '…')) {
          await terminal.until(`${where}: “${line.trim()}” is shown`, () => {
            const shown = terminal.isFull() ? terminal.shown() : terminal.since(begin);
            return shown.some(one => pattern(line).test(one)) || pattern(line).test(shown.join('')) || pattern(line).test(shown.join(' '));
          });
        }
      } else if (step.words.includes('hides')) {
        for (const line of step.text.split('\n').filter(one => one.trim() !== '')) {
          await terminal.until(`${where}: “${line.trim()}” is gone`, () => !terminal.shown().some(one => pattern(line).test(one)));
        }
      } else {
        const file = text(step.words.find(word => word.startsWith('file=')).slice(5));
        const absolute = path.resolve(folder, file);
        let found;
        await terminal.until(`${where}: the file ${file}`, () => {
          found = existsSync(absolute) ? readFileSync(absolute, 'utf8') : undefined;
          return found === `${step.text}\n`;
        }, 20_000).catch(problem => { throw new Error(`${where}: ${file} is\n${found ?? '(not there)'}\n--- and should be\n${step.text}\n${problem.message}`); });
      }
      full = terminal.isFull();
      if (process.env.STORYLSP_TEST_SHOW !== undefined) {
        console.log([`--- ${where}`, ...terminal.shown()].join('\n').trimEnd());
      }
      const picture = step.words.find(word => word.startsWith('picture='));
      if (picture !== undefined && atPicture !== undefined) {
        await atPicture(picture.slice(8), terminal);
      }
    }
    if (full) {
      throw new Error(`${name}: at the end an editor is open`);
    }
    return steps.length;
  } finally {
    terminal.close();
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  let passed = 0;
  let failed = 0;
  // --pictures takes those of the pages anew, into docs/pictures.
  const browser = process.argv.includes('--pictures') ? await (await import('../editors/vscode/code-server.mjs')).startBrowser() : undefined;
  const atPicture = browser && ((name, terminal) => takePicture(browser.page, terminal.screen, path.join(repository, 'docs/pictures', `${name}.png`)));
  const option = (word, many) => process.argv.flatMap((one, index) => one === word ? [process.argv[index + 1]] : []).slice(0, many ? undefined : 1);
  const programs = Object.fromEntries(option('--program', true).map(one => one.split('=', 2)));
  for (const name of option('--page', true)) {
    const writer = newWriter({ programs, downloads: option('--download', true) });
    const begun = Date.now();
    try {
      const count = await walk(name, writer, { atPicture });
      if (count === 0) {
        throw new Error(`${name} has no step`);
      }
      passed += count;
      console.log(`ok    ${name}: its ${count} steps do what it says (${Date.now() - begun} ms)`);
    } catch (problem) {
      failed++;
      console.log(`FAIL  ${name} (${Date.now() - begun} ms)\n${problem.message.split('\n').map(line => `      ${line}`).join('\n')}`);
    } finally {
      writer.remove();
    }
  }
  await browser?.stop();
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  process.exit(failed === 0 ? 0 : 1);
}
