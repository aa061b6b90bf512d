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

/** `1,204 of 80,000 words $(error) 2 $(warning) 1`. */
export function barOf({ words, target, errors, warnings }: StoryStatus): string {
  return [wordsOf(words, target), errors > 0 ? `$(error) ${errors}` : '', warnings > 0 ? `$(warning) ${warnings}` : ''].filter(part => part !== '').join(' ');
}

/** What is known of a story, one line a fact. */
export function factsOf({ words, target, scene, errors, warnings, index, ai }: StoryStatus): string[] {
  const model = [ai.provider, ai.model].filter(Boolean).join(', ');
  return [
    `Story: ${wordsOf(words, target)}.`,
    scene === undefined ? '' : `This scene, ${scene.name}: ${wordsOf(scene.words, scene.target)}.`,
    `Findings: ${findingsOf(errors, warnings) || 'none'}.`,
    `Index: ${index.state}, ${index.files === 1 ? '1 file' : `${index.files} files`}.`,
    `AI: ${!ai.enabled ? 'off' : model}${ai.runs > 0 ? `, ${ai.runs === 1 ? '1 run is' : `${ai.runs} runs are`} open` : ''}.`,
  ].filter(line => line !== '');
}
