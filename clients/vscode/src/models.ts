import * as vscode from 'vscode';
import { LSPErrorCodes, ResponseError, type LanguageClient } from 'vscode-languageclient/node';
import { answerChat, ChatCancelled, ChatProblem, listModels, type EditorMessage, type EditorModel, type EditorModels } from './chat.js';
import type { ChatAnswer, ChatModel, ChatRequest } from './protocol.js';

const remembered = 'storylsp.model';

/** Answers the server's `storylsp/chat` with the language models of VS Code. */
export class ChatBridge implements EditorModels {
  constructor(private readonly context: vscode.ExtensionContext) { }

  connect(client: LanguageClient): void {
    client.onRequest('storylsp/chatModels', async (): Promise<{ models: ChatModel[] }> => ({ models: await listModels(this) }));
    client.onRequest('storylsp/chat', async (request: ChatRequest, token: vscode.CancellationToken): Promise<ChatAnswer | ResponseError<ChatTrouble>> => {
      if (!vscode.workspace.isTrusted) {
        return answerOf(new ChatProblem('notConfigured', 'No model is asked for a folder that you do not trust.'));
      }
      const cancel = new AbortController();
      const listening = token.onCancellationRequested(() => cancel.abort());
      try {
        return await answerChat(request, this, text => void client.sendNotification('storylsp/chatPart', { id: request.id, text }), cancel.signal);
      } catch (error) {
        return answerOf(error);
      } finally {
        listening.dispose();
      }
    });
  }

  async all(): Promise<readonly EditorModel[]> {
    return (await vscode.lm.selectChatModels()).map(model => new Model(model));
  }

  /** The model that was chosen last time, else the one that the writer takes now. */
  async choose(models: readonly EditorModel[]): Promise<EditorModel | undefined> {
    const last = this.context.globalState.get<string>(remembered);
    const known = models.find(model => model.id === last);
    if (known !== undefined) {
      return known;
    }
    const picked = await vscode.window.showQuickPick(models.map(model => ({ label: model.name, description: model.id, model })), { title: 'Which model shall answer?' });
    if (picked !== undefined) {
      await this.context.globalState.update(remembered, picked.model.id);
    }
    return picked?.model;
  }
}

type ChatTrouble = { failure: string } | undefined;

function answerOf(error: unknown): ResponseError<ChatTrouble> {
  if (error instanceof ChatCancelled) {
    return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
  }
  const problem = error instanceof ChatProblem ? error : new ChatProblem('unreachable', 'VS Code gave no answer. Try again.');
  return new ResponseError(LSPErrorCodes.RequestFailed, problem.message, { failure: problem.failure });
}

class Model implements EditorModel {
  constructor(private readonly model: vscode.LanguageModelChat) { }

  get id(): string {
    return this.model.id;
  }

  get family(): string {
    return this.model.family;
  }

  get name(): string {
    return this.model.name;
  }

  async *send(messages: readonly EditorMessage[], options: Record<string, unknown>, justification: string, cancelled: AbortSignal): AsyncIterable<string> {
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => source.cancel();
    cancelled.addEventListener('abort', cancel);
    try {
      const all = messages.map(({ role, text }) => role === 'assistant' ? vscode.LanguageModelChatMessage.Assistant(text) : vscode.LanguageModelChatMessage.User(text));
      const response = await this.model.sendRequest(all, { justification, modelOptions: options }, source.token);
      yield* response.text;
    } finally {
      cancelled.removeEventListener('abort', cancel);
      source.dispose();
    }
  }
}
