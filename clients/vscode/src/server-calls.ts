import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Stories } from './stories.js';

/** How the commands of the palette reach the server of the moment. */
export class ServerCalls {
  constructor(private readonly client: () => LanguageClient | undefined, private readonly stories: Stories) { }

  /** Sends a request of our own about the story that the writer looks at; undefined, and told, where it could not be answered. */
  async ask<Answer>(method: string, params: object = {}): Promise<Answer | undefined> {
    const client = this.client();
    if (client === undefined || !client.isRunning()) {
      void vscode.window.showErrorMessage('The story server is not running. See “Story: Status”.');
      return undefined;
    }
    try {
      return await client.sendRequest<Answer>(method, { uri: this.story(), ...params });
    } catch (error) {
      tell(error);
      return undefined;
    }
  }

  /** Executes a command of the server. Errors have been told. */
  async command<Answer>(command: string, argument: object): Promise<Answer | undefined> {
    return vscode.commands.executeCommand<Answer | undefined>(command, argument);
  }

  /** A document or folder of the story at hand. */
  story(): string | undefined {
    const uri = this.stories.at();
    return uri === undefined ? undefined : this.uriOf(uri);
  }

  uriOf(uri: vscode.Uri): string {
    return this.client()?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
  }
}

/** Shows what the server said; a cancellation is no news to whoever cancelled. */
export function tell(error: unknown): void {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code !== -32800) {
    void vscode.window.showErrorMessage(typeof message === 'string' ? message : String(error));
  }
}
