// The blocks of a page that are to be done, and not only read.
const marks = ['step', 'typed', 'shows', 'hides'];

/** The blocks of a page that are to be done. */
export function stepsOf(page) {
  return page.blocks.filter(block => block.words.some(word => marks.includes(word) || word.startsWith('file=')));
}
