import type { ChatAnswer, ChatFailure, ChatModel, ChatRequest } from './protocol.js';

/** One message as `vscode.lm` takes it, which knows no system role. */
export interface EditorMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** A model of the editor: what this bridge uses of `vscode.LanguageModelChat`. */
export interface EditorModel {
  readonly id: string;
  readonly family: string;
  readonly name: string;
  /** Sends, and gives the parts of the answer as they come. Throws what `vscode.lm` throws. */
  send(messages: readonly EditorMessage[], options: Record<string, unknown>, justification: string, cancelled: AbortSignal): AsyncIterable<string>;
}

/** Where the models are, and whom to ask which. */
export interface EditorModels {
  all(): Promise<readonly EditorModel[]>;
  /** Asks the writer for one of several; undefined: none was taken. */
  choose(models: readonly EditorModel[]): Promise<EditorModel | undefined>;
}

/** Why there is no answer, with a sentence for the writer. */
export class ChatProblem extends Error {
  constructor(readonly failure: ChatFailure, message: string) {
    super(message);
  }
}

/** Asked for the answer, the writer took it back. */
export class ChatCancelled extends Error { }

export async function listModels(models: EditorModels): Promise<ChatModel[]> {
  return (await models.all()).map(({ id, name }) => ({ id, name }));
}

/** Answers a request with a model of the editor; `onPart` gets the words as they come. */
export async function answerChat(request: ChatRequest, models: EditorModels, onPart: (text: string) => void, cancelled: AbortSignal): Promise<ChatAnswer> {
  const model = await select(request.model, models);
  const options: Record<string, unknown> = {};
  if (request.temperature !== undefined) {
    options['temperature'] = request.temperature;
  }
  if (request.maxTokens !== undefined) {
    options['max_tokens'] = request.maxTokens;
  }
  let text = '';
  try {
    for await (const part of model.send(messagesOf(request), options, 'For a pipeline of your story. Its prompt file says what is sent.', cancelled)) {
      if (cancelled.aborted) {
        break;
      }
      text += part;
      onPart(part);
    }
  } catch (error) {
    throw cancelled.aborted ? new ChatCancelled() : problemOf(error, model);
  }
  if (cancelled.aborted) {
    throw new ChatCancelled();
  }
  return { text, model: model.id, finish: 'stop' };
}

async function select(wanted: string | undefined, models: EditorModels): Promise<EditorModel> {
  const all = await models.all();
  if (all.length === 0) {
    throw new ChatProblem('notConfigured', 'VS Code has no language model to offer. Install an extension that brings one (GitHub Copilot, for example) and sign in, or name another ai.provider in story.yaml.');
  }
  if (wanted !== undefined) {
    const found = all.find(model => model.id === wanted) ?? all.find(model => model.family === wanted) ?? all.find(model => model.name === wanted);
    if (found === undefined) {
      throw new ChatProblem('notConfigured', `VS Code has no model “${wanted}”. It has: ${all.map(model => model.id).join(', ')}. Choose one with Change model on the prompt, or as ai.model in story.yaml.`);
    }
    return found;
  }
  const chosen = all.length === 1 ? all[0] : await models.choose(all);
  if (chosen === undefined) {
    throw new ChatProblem('notConfigured', 'No model was chosen, and nothing was sent. Choose one with Change model on the prompt, or as ai.model in story.yaml.');
  }
  return chosen;
}

/** The system text goes first, in the writer's role. A shape that is wanted stands in the prompt already: what is sent is what its file says. */
function messagesOf(request: ChatRequest): EditorMessage[] {
  return request.messages.map(({ role, text }) => ({ role: role === 'assistant' ? 'assistant' : 'user', text }));
}

function problemOf(error: unknown, model: EditorModel): ChatProblem {
  if (error instanceof ChatProblem) {
    return error;
  }
  const code = (error as { code?: unknown } | undefined)?.code;
  switch (code) {
    case 'NoPermissions':
      return new ChatProblem('notConfigured', `VS Code was not allowed to use the model ${model.name} for StoryLsp, and nothing was sent. Allow it when VS Code asks, or under Manage Language Model Access.`);
    case 'Blocked':
      return new ChatProblem('refused', `The model ${model.name} refused the request, or its quota is used up.`);
    case 'NotFound':
      return new ChatProblem('notConfigured', `The model ${model.name} is not there any more. Choose another with Change model on the prompt.`);
    default:
      // What a provider says of its own may quote the request, so only its kind goes on.
      return new ChatProblem('unreachable', `The model ${model.name} gave no answer${typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` (${code})` : ''}. Try again, or choose another with Change model on the prompt.`);
  }
}
