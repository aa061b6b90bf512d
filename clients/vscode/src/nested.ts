/** The innermost of these folders that holds a file or is it, all as URIs without a slash at the end. */
export function holderOf(folders: readonly string[], file: string): string | undefined {
  return folders.filter(folder => file === folder || file.startsWith(`${folder}/`)).sort((one, other) => other.length - one.length)[0];
}
