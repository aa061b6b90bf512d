// Reads the pages of the repository: their fenced blocks, links, anchors, command lines and menu titles.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The pages that people read: all Markdown of the repository but stories and what tests read. */
export function pageNames() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: repository, encoding: 'utf8' });
  return listed.split('\0').filter(name => name !== '' && !/^(examples\/[^/]+|tests\/(data|StoryLsp\.[^/]+|editors\/(workspace|expected|grammars)))\//.test(name));
}

/**
 * A page in parts: `blocks` are its fenced blocks with the words behind the language (`step`, `file=…`), `prose` its text with the blocks blanked, so that
 * lines keep their numbers (from 1).
 */
export function readPage(text) {
  const blocks = [];
  const prose = [];
  let open;
  text.split(/\r?\n/).forEach((line, index) => {
    const fence = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(line);
    if (open === undefined && fence !== null) {
      const [language = '', ...words] = fence[3].split(/\s+/).filter(word => word !== '');
      open = { fence: fence[2], indent: fence[1].length, language, words, line: index + 1, text: [] };
      prose.push('');
    } else if (open !== undefined) {
      if (fence !== null && fence[2].startsWith(open.fence) && fence[3] === '') {
        const { indent, ...block } = open;
        blocks.push({ ...block, text: open.text.map(one => one.slice(Math.min(indent, one.length - one.trimStart().length))).join('\n') });
        open = undefined;
      } else {
        open.text.push(line);
      }
      prose.push('');
    } else {
      prose.push(line);
    }
  });
  if (open !== undefined) {
    throw new Error(`the block of line ${open.line} has no end`);
  }
  return { blocks, prose };
}

/** The anchors of the headings, as GitHub makes them. */
export function anchors(prose) {
  const seen = new Map();
  const found = new Set();
  for (const line of prose) {
    for (const [, name] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) {
      found.add(name);
    }
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line);
    if (heading === null) {
      continue;
    }
    const slug = heading[1].replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    found.add(before === 0 ? slug : `${slug}-${before}`);
  }
  return found;
}

/** The targets of the links and pictures of the prose, with their lines. Code in backticks has none. */
export function links(prose) {
  return prose.flatMap((line, index) => [...line.replace(/(`+)(?:(?!\1).)+\1/g, code => 'x'.repeat(code.length)).matchAll(/\]\(\s*(<[^>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"]*")?\s*\)|<(?:img|a)\b[^>]*?(?:src|href)="([^"]+)"/g)]
    .map(found => ({ line: index + 1, target: (found[1] ?? found[2]).replace(/^<|>$/g, '') })));
}

/** The command lines of `storylsp` that a page shows: in blocks for a shell, and in backticks. */
export function commandLines({ blocks, prose }) {
  const found = [];
  for (const block of blocks.filter(one => ['', 'sh', 'bash', 'shell', 'console', 'yaml', 'json'].includes(one.language))) {
    block.text.split('\n').forEach((line, index) => {
      const where = block.line + 1 + index;
      if (block.language === 'json') {
        return;
      }
      const command = block.language === 'yaml' ? /^\s*(?:- )?(?:run|entry):\s*(?:\|\s*)?(.*)$/.exec(line)?.[1] ?? '' : line;
      for (const [, rest] of command.matchAll(/(?:^|[;(|&]\s*|\$\s+)storylsp((?:\s+(?:"[^"]*"|'[^']*'|[^\s;|&()#<>"']+))*)/g)) {
        found.push({ line: where, words: words(rest) });
      }
    });
  }
  prose.forEach((line, index) => {
    for (const [, rest] of line.matchAll(/`storylsp(\s[^`]*)`/g)) {
      found.push({ line: index + 1, words: words(rest.replaceAll('\\|', '|').replace(/\s[|>#;&]\s.*$/, '')) });
    }
  });
  return found;
}

function words(text) {
  return [...text.replace(/[[\]]|…/g, ' ').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(one => one[1] ?? one[2] ?? one[3]);
}

/** The commands of VS Code that a page names as **Story: …** or `Story: …`. */
export function commandTitles(prose) {
  return prose.flatMap((line, index) => [...line.matchAll(/(?:\*\*|`)(Story: [^*`]+)(?:\*\*|`)/g)].map(found => ({ line: index + 1, title: found[1] })));
}
