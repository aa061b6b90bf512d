// What the models of the tests answer: the one on loopback (model.mjs) and the one in VS Code (vscode/models). answers.json has the answers by the first
// words of the system text.
import { readFileSync } from 'node:fs';

const answers = JSON.parse(readFileSync(new URL('answers.json', import.meta.url), 'utf8'));

/** The answer to a prompt. One that says "Take your time." gets a minute of words, so that a test that cancels has something to cancel. */
export function answerTo(system, text) {
  const full = answers[Object.keys(answers).find(words => system.trimStart().startsWith(words))] ?? 'No answer is written for this.';
  const slow = text.includes('Take your time.');
  const words = slow ? Array.from({ length: 600 }, (_, index) => `word${index} `) : full.match(/\s*\S+\s*/g) ?? [];
  return { full, slow, words };
}
