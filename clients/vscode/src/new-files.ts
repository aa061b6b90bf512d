/** A file to be written: its path from the story's folder, with `/`, and its text. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** A file for a new thing of a type, where its siblings are. `siblings` are their paths from the story's folder. */
export function fileFor(type: string, name: string, siblings: readonly string[], title?: string): NewFile {
  const folder = commonFolder(siblings) ?? slug(title ?? `${type}s`);
  const prose = type === 'scene' || type === 'note' || type === 'chapter';
  const number = prose ? nextNumber(siblings.filter(path => folderOf(path) === folder).map(path => path.slice(folder.length + 1))) : '';
  const path = `${folder}/${number}${slug(name)}.${prose ? 'md' : 'yaml'}`;
  const label = `${type === 'scene' || type === 'chapter' ? 'title' : 'name'}: ${quoted(name)}`;
  return { path, text: prose ? `---\ntype: ${type}\n${label}\n---\n\n` : `type: ${type}\n${label}\ndescription: ` };
}

/** Of files in the order of reading those that stand beside the last one: what is new comes after it. */
export function lastFolder(siblings: readonly string[]): string[] {
  const last = siblings.at(-1);
  return last === undefined ? [] : siblings.filter(path => folderOf(path) === folderOf(last));
}

/** A name as a file's name: letters and digits of any script, in lower case. */
export function slug(name: string): string {
  const plain = name.normalize('NFD').replace(/[\u0300-\u036f]/gu, '').normalize('NFC').toLowerCase().replace(/['’]/gu, '').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-+|-+$/gu, '');
  return plain === '' ? 'new' : plain.slice(0, 60);
}

/** The folder in which most siblings have a file of their own. */
function commonFolder(siblings: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const path of new Set(siblings)) {
    const folder = folderOf(path);
    if (folder !== '') {
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  return [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))[0]?.[0];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** Where files are numbered (`07-the-mill.md`), the next number; else nothing. */
function nextNumber(names: readonly string[]): string {
  const numbers = names.map(name => /^(\d+)[-_ ]/u.exec(name)?.[1]).filter(number => number !== undefined);
  if (numbers.length === 0 || numbers.length * 2 < names.length) {
    return '';
  }
  return `${String(Math.max(...numbers.map(Number)) + 1).padStart(Math.max(...numbers.map(number => number.length)), '0')}-`;
}

/** A name as a YAML value. */
function quoted(name: string): string {
  const safe = /^\p{L}[\p{L}\p{M}\p{N} .’-]*$/u.test(name) && !/^(true|false|yes|no|on|off|null|y|n)$/iu.test(name);
  return safe ? name : JSON.stringify(name);
}
