// Whether what the pages say is there: files and anchors that links lead to, commands and options of `storylsp`, titles of VS Code's commands.
// Last line: N passed, N failed, N skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { anchors, commandLines, commandTitles, links, pageNames, readPage, repository } from './pages.mjs';

const server = process.env.STORYLSP_TEST_SERVER ?? path.join(repository, 'artifacts/bin/StoryLsp.Cli/release/storylsp');
let passed = 0;
let failed = 0;

function report(title, problems) {
  if (problems.length === 0) {
    passed++;
    console.log(`ok    ${title}`);
  } else {
    failed++;
    console.log(`FAIL  ${title}`);
    problems.forEach(problem => console.log(`      ${problem}`));
  }
}

/** What is wrong with the links of a page, by the files that are there. */
function brokenLinks(name, page) {
  const problems = [];
  for (const { line, target } of links(page.prose)) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
      continue;
    }
    const [file, anchor] = target.split('#');
    const place = file === '' ? name : path.posix.join(path.posix.dirname(name), decodeURIComponent(file));
    const absolute = path.join(repository, place);
    if (place.startsWith('..') || !existsSync(absolute)) {
      problems.push(`${name}:${line} leads to ${target}, which is not there`);
    } else if (anchor !== undefined && !(statSync(absolute).isFile() && anchors((file === '' ? page : readPage(readFileSync(absolute, 'utf8'))).prose).has(anchor))) {
      problems.push(`${name}:${line} leads to ${target}, and there is no heading #${anchor}`);
    }
  }
  return problems;
}

const helps = new Map();

/** What --help says of a command: its options with the values they take, its commands, and how many arguments it has. */
function help(chain) {
  const key = chain.join(' ');
  if (!helps.has(key)) {
    const ran = spawnSync(server, [...chain, '--help'], { encoding: 'utf8', timeout: 60_000 });
    if (ran.status !== 0) {
      throw new Error(`storylsp ${key} --help ended with ${ran.status ?? ran.error}: ${ran.stderr}`);
    }
    const sections = { '': [] };
    let section = '';
    for (const line of ran.stdout.split(/\r?\n/)) {
      const heading = /^(\S.*):$/.exec(line);
      if (heading !== null) {
        section = heading[1];
        sections[section] = [];
      } else {
        sections[section].push(line);
      }
    }
    const options = new Map();
    for (const line of sections.Options ?? []) {
      const names = line.match(/^\s{2}((?:-{1,2}[\w?-]+,\s*)*-{1,2}[\w?-]+)\s*(<([^>]*)>)?/);
      names?.[1].split(/,\s*/).forEach(one => options.set(one, names[3]));
    }
    const usage = (sections.Usage ?? []).join(' ');
    helps.set(key, {
      options,
      commands: (sections.Commands ?? []).flatMap(line => /^\s{2}([a-z][\w-]*)/.exec(line)?.[1] ?? []),
      most: /\.\.\./.test(usage) ? Infinity : (usage.replace(/\[options\]|\[command\]/g, '').match(/<[^>]*>/g) ?? []).length,
    });
  }
  return helps.get(key);
}

/** What is wrong with the words behind `storylsp`, by what its --help says; alternatives stand as `a|b`. */
function unknownCommand(words) {
  let chains = [[]];
  let index = 0;
  for (; index < words.length; index++) {
    const known = help(chains[0]).commands;
    if (known.length === 0 || words[index].startsWith('-')) {
      break;
    }
    const names = words[index].replace(/,$/, '').split('|');
    if (names.length === 1 && !known.includes(names[0]) && help(chains[0]).most > 0) {
      break;
    }
    const unknown = names.filter(one => !known.includes(one));
    if (unknown.length > 0) {
      return `there is no command ${[...chains[0], unknown[0]].join(' ')}`;
    }
    chains = chains.flatMap(chain => names.map(one => [...chain, one]));
  }
  const rest = words.slice(index);
  const pages = (chains[0].length > 0 ? chains : [[], ['lsp']]).map(help);
  let positional = 0;
  for (let at = 0; at < rest.length; at++) {
    const [names, given] = rest[at].split('=', 2);
    if (!names.startsWith('-') || names === '-') {
      positional++;
      continue;
    }
    for (const name of names.split('|')) {
      const page = pages.find(one => one.options.has(name));
      if (page === undefined) {
        return `${chains[0].join(' ') || 'storylsp'} has no option ${name}`;
      }
      const values = page.options.get(name);
      if (values !== undefined) {
        const value = given ?? rest[at + 1];
        const choices = values.split('|');
        const unknown = choices.length > 1 && /^[a-z|]+$/.test(value ?? '') ? value.split('|').filter(one => !choices.includes(one)) : [];
        if (unknown.length > 0) {
          return `${name} of ${chains[0].join(' ')} does not take ${unknown[0]}`;
        }
        at += given === undefined ? 1 : 0;
      }
    }
  }
  return positional > Math.max(...pages.map(one => one.most)) ? `${chains[0].join(' ')} does not take so many arguments` : undefined;
}

const manifest = JSON.parse(readFileSync(path.join(repository, 'clients/vscode/package.json'), 'utf8'));
const titles = manifest.contributes.commands.map(command => `${command.category}: ${command.title}`);
const knowsTitle = title => titles.includes(title) || (title.endsWith('…') && titles.some(one => one.startsWith(title.slice(0, -1)))) || /^Story: Focus on .* View$/.test(title);

const unknownCommands = (name, page) => commandLines(page).flatMap(({ line, words }) => {
  const problem = unknownCommand(words);
  return problem === undefined ? [] : [`${name}:${line} storylsp ${words.join(' ')}: ${problem}`];
});
const unknownTitles = (name, page) => commandTitles(page.prose).filter(({ title }) => !knowsTitle(title)).map(({ line, title }) => `${name}:${line} VS Code has no command ${title}`);

const pages = pageNames().map(name => [name, readPage(readFileSync(path.join(repository, name), 'utf8'))]);

// A test that finds nothing wrong in a wrong page proves nothing of a right one.
const wrong = readPage([
  '# Right', '[no file](nothing.md) [no heading](#wrong) [right](#right) `[no link](nothing.md)`', 'say `storylsp chekc` or `storylsp check --formt text`, `storylsp check --format html` or `storylsp proposal show|shwo ID`', '```sh',
  'storylsp check && storylsp facts --att x', 'storylsp init One Two', '```', '**Story: Make It Good** and `Story: Restart Server`',
].join('\n'));
const found = [...brokenLinks('README.md', wrong), ...unknownCommands('README.md', wrong), ...unknownTitles('README.md', wrong)];
report('a page with nine faults has nine', found.length === 9 ? [] : [`${found.length} were found:`, ...found]);
report(`the links of ${pages.length} pages lead somewhere`, pages.flatMap(([name, page]) => brokenLinks(name, page)));
const commands = pages.reduce((count, [, page]) => count + commandLines(page).length, 0);
report(`the ${commands} command lines of the pages are known to --help`, [...pages.flatMap(([name, page]) => unknownCommands(name, page)), ...(commands > 50 ? [] : ['there are too few of them: they are not found any more'])]);
report('the commands of VS Code that the pages name are there', pages.flatMap(([name, page]) => unknownTitles(name, page)));

console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
