// A language model of VS Code for the tests: it answers what answers.json says, and logs what it was asked as ../../model.mjs does.
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const log = process.env.STORYLSP_TEST_MODEL_LOG;
const editors = process.env.STORYLSP_TEST_EDITORS;
const pause = time => new Promise(resolve => setTimeout(resolve, time));
const textOf = message => message.content.map(part => part.value ?? '').join('');

exports.activate = async context => {
  if (log === undefined) {
    return;
  }
  const { answerTo } = await import(path.join(editors, 'answers.mjs'));
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('storylsp-test', {
    provideLanguageModelChatInformation: async () => [
      { id: 'quill', name: 'Quill', family: 'quill', version: '1', maxInputTokens: 100000, maxOutputTokens: 10000, capabilities: {} },
    ],
    provideTokenCount: async (_model, text) => Math.ceil((typeof text === 'string' ? text : textOf(text)).length / 4),
    async provideLanguageModelChatResponse(model, messages, _options, progress, token) {
      const text = messages.map(textOf).join('\n');
      if (text.includes('Fail for me.')) {
        throw vscode.LanguageModelError.NoPermissions('You did not allow it.');
      }
      const said = answerTo(textOf(messages[0]), text);
      const note = { path: 'vscode.lm', model: model.id, stream: true, text, ended: true };
      for (const word of said.words) {
        if (token.isCancellationRequested) {
          note.ended = false;
          break;
        }
        progress.report(new vscode.LanguageModelTextPart(word));
        if (said.slow) {
          await pause(100);
        }
      }
      fs.appendFileSync(log, JSON.stringify(note) + '\n');
    },
  }));
};
