import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerChat, ChatCancelled, ChatProblem, listModels, type EditorMessage, type EditorModel, type EditorModels } from './chat.js';
import type { ChatRequest } from './protocol.js';

interface Sent {
  messages: readonly EditorMessage[];
  options: Record<string, unknown>;
  justification: string;
}

class FakeModel implements EditorModel {
  readonly sent: Sent[] = [];
  constructor(readonly id: string, private readonly parts: readonly (string | Error)[], readonly family = id, readonly name = id.toUpperCase()) { }

  async *send(messages: readonly EditorMessage[], options: Record<string, unknown>, justification: string): AsyncIterable<string> {
    this.sent.push({ messages, options, justification });
    for (const part of this.parts) {
      await Promise.resolve();
      if (part instanceof Error) {
        throw part;
      }
      yield part;
    }
  }
}

const choosing = (models: readonly EditorModel[], chosen?: EditorModel): EditorModels => ({ all: async () => models, choose: async () => chosen });
const request: ChatRequest = { id: 'a-1', messages: [{ role: 'system', text: 'Be brief.' }, { role: 'user', text: 'Go on.' }] };
const never = new AbortController().signal;

async function failure(action: Promise<unknown>): Promise<ChatProblem> {
  const problem = await action.then(() => undefined, error => error);
  assert.ok(problem instanceof ChatProblem, `no problem: ${String(problem)}`);
  return problem;
}

test('the words are given as they come, and whole at the end', async () => {
  const model = new FakeModel('small', ['She ', 'ran.']);
  const parts: string[] = [];
  const answer = await answerChat({ ...request, maxTokens: 80, temperature: 0.2 }, choosing([model]), part => parts.push(part), never);
  assert.deepEqual(parts, ['She ', 'ran.']);
  assert.deepEqual(answer, { text: 'She ran.', model: 'small', finish: 'stop' });
  assert.deepEqual(model.sent[0]?.messages, [{ role: 'user', text: 'Be brief.' }, { role: 'user', text: 'Go on.' }]);
  assert.deepEqual(model.sent[0]?.options, { temperature: 0.2, max_tokens: 80 });
  assert.match(model.sent[0]?.justification ?? '', /pipeline of your story/);
});

test('nothing is added to what the prompt file says, not even the wanted shape', async () => {
  const model = new FakeModel('small', ['{}']);
  await answerChat({ ...request, schema: { type: 'object' } }, choosing([model]), () => { }, never);
  assert.deepEqual(model.sent[0]?.messages.map(message => message.text), ['Be brief.', 'Go on.']);
});

test('a model is found by its id, else its family, else its name', async () => {
  const models = [new FakeModel('one', ['1'], 'f'), new FakeModel('two', ['2'], 'one'), new FakeModel('three', ['3'], 'g', 'Third')];
  const said = async (model: string): Promise<string> => (await answerChat({ ...request, model }, choosing(models), () => { }, never)).text;
  assert.deepEqual([await said('one'), await said('g'), await said('Third')], ['1', '3', '3']);
});

test('no model, another model and no choice are told, and nothing is sent', async () => {
  const model = new FakeModel('small', ['x']);
  const other = new FakeModel('large', ['x']);
  assert.match((await failure(answerChat(request, choosing([]), () => { }, never))).message, /no language model/);
  const unknown = await failure(answerChat({ ...request, model: 'huge' }, choosing([model, other]), () => { }, never));
  assert.equal(unknown.failure, 'notConfigured');
  assert.match(unknown.message, /“huge”.*small, large/);
  assert.equal((await failure(answerChat(request, choosing([model, other]), () => { }, never))).failure, 'notConfigured');
  assert.deepEqual([model.sent, other.sent], [[], []]);
});

test('among several the writer chooses', async () => {
  const models = [new FakeModel('small', ['s']), new FakeModel('large', ['l'])];
  assert.equal((await answerChat(request, choosing(models, models[1]), () => { }, never)).text, 'l');
  assert.deepEqual(await listModels(choosing(models)), [{ id: 'small', name: 'SMALL' }, { id: 'large', name: 'LARGE' }]);
});

test('a refusal says why, and never what was sent', async () => {
  const told = async (code: string | undefined): Promise<ChatProblem> =>
    failure(answerChat(request, choosing([new FakeModel('small', [Object.assign(new Error('echo: Go on.'), { code })])]), () => { }, never));
  const problems = [await told('NoPermissions'), await told('Blocked'), await told('NotFound'), await told(undefined), await told('Unknown')];
  assert.deepEqual(problems.map(problem => problem.failure), ['notConfigured', 'refused', 'notConfigured', 'unreachable', 'unreachable']);
  assert.match(problems[0]?.message ?? '', /not allowed/);
  for (const problem of problems) {
    assert.doesNotMatch(problem.message, /Go on/);
  }
});

test('a cancellation ends it in the middle', async () => {
  const cancel = new AbortController();
  const parts: string[] = [];
  const answer = answerChat(request, choosing([new FakeModel('small', ['She ', 'ran ', 'on.'])]), part => { parts.push(part); cancel.abort(); }, cancel.signal);
  await assert.rejects(answer, ChatCancelled);
  assert.deepEqual(parts, ['She ']);
});
