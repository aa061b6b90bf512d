import type { StoryStatus } from './protocol.js';

const numbers = new Intl.NumberFormat('en');

/** `80,000`. */
export function grouped(number: number): string {
  return numbers.format(number);
}

/** `1 word`, `1,204 words`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${numbers.format(number)} ${number === 1 ? one : many}`;
}

/** `1,204 words`, or with a target `1,204 of 80,000 words`. */
export function wordsOf(words: number, target: number | undefined): string {
  return target === undefined ? count(words, 'word') : `${numbers.format(words)} of ${count(target, 'word')}`;
}

/** `2 errors, 1 warning`; empty where there is neither. */
export function findingsOf(errors: number, warnings: number): string {
  return [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''].filter(part => part !== '').join(', ');
}

/** `1,204 of 80,000 words $(error) 2 $(warning) 1`; empty until the story is read. */
export function barOf({ words, target, scene, errors = 0, warnings = 0 }: StoryStatus, counted: 'story' | 'scene' = 'story'): string {
  if (words === undefined) {
    return '';
  }
  const figure = counted === 'scene' && scene !== undefined ? `${wordsOf(scene.words, scene.target)} here, ${grouped(words)} in all` : wordsOf(words, target);
  return [figure, errors > 0 ? `$(error) ${errors}` : '', warnings > 0 ? `$(warning) ${warnings}` : ''].filter(part => part !== '').join(' ');
}

/** What is known of a story, one line a fact. */
export function factsOf({ words, target, scene, errors, warnings, index, ai }: StoryStatus): string[] {
  const model = [ai.provider, ai.model].filter(Boolean).join(', ');
  return [
    words === undefined ? '' : `Story: ${wordsOf(words, target)}.`,
    scene === undefined ? '' : `This scene, ${scene.name}: ${wordsOf(scene.words, scene.target)}.`,
    errors === undefined && warnings === undefined ? '' : `Findings: ${findingsOf(errors ?? 0, warnings ?? 0) || 'none'}.`,
    `Index: ${index.state}, ${count(index.files, 'file')}.`,
    `AI: ${!ai.enabled ? 'off' : model}${ai.runs > 0 ? `, ${count(ai.runs, 'run is', 'runs are')} open` : ''}.`,
  ].filter(line => line !== '');
}
