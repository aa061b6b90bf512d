import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** What the views ask the server, and when to ask anew. Errors are told where the view is, and not in a message. */
export class StoryData implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  /** What is shown may be old. Several changes at once are one. */
  readonly onDidChange = this.changes.event;
  private timer: NodeJS.Timeout | undefined;
  private later: NodeJS.Timeout | undefined;

  constructor(private readonly client: () => LanguageClient | undefined, private readonly story: () => string | undefined) { }

  connect(client: LanguageClient): void {
    client.onNotification('storylsp/changed', () => this.refresh());
    client.onNotification('storylsp/run', ({ status }: { status: string }) => {
      if (status !== 'running') {
        this.refresh();
        this.refreshLater();
      }
    });
  }

  /** Asks about the story at hand; undefined where the server is not there. */
  async ask<Answer>(method: string, params: object = {}): Promise<Answer | undefined> {
    const client = this.client();
    const uri = this.story();
    if (client === undefined || uri === undefined || !client.isRunning()) {
      return undefined;
    }
    if (!this.knows(method)) {
      throw new Error('The story server is older than this extension and does not know it. Update the server, or empty the setting storylsp.server.path.');
    }
    return client.sendRequest<Answer>(method, { uri, ...params });
  }

  private knows(method: string): boolean {
    const experimental = this.client()?.initializeResult?.capabilities.experimental as { storylsp?: { requests?: readonly string[] } } | undefined;
    return experimental?.storylsp?.requests?.includes(method) ?? false;
  }

  uri(wire: string): vscode.Uri {
    return this.client()?.protocol2CodeConverter.asUri(wire) ?? vscode.Uri.parse(wire, true);
  }

  refresh(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changes.fire();
    }, 150);
  }

  /** For what the server records a moment after it was told. */
  refreshLater(): void {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.refresh(), 1000);
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearTimeout(this.later);
    this.changes.dispose();
  }
}
