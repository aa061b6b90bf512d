import * as vscode from 'vscode';

/** What the server is doing, as a writer sees it. */
export type ServerState = 'starting' | 'indexing' | 'ready' | 'stopped';

const looks: Record<ServerState, { readonly icon: string; readonly says: string }> = {
  starting: { icon: 'sync~spin', says: 'The story server is starting.' },
  indexing: { icon: 'sync~spin', says: 'The story server is reading the workspace.' },
  ready: { icon: 'book', says: 'The story server is ready.' },
  stopped: { icon: 'error', says: 'The story server is not running.' },
};

/** The item in the status bar. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('storylsp.status', vscode.StatusBarAlignment.Left, 10);
  private running: 'starting' | 'ready' | 'stopped' = 'stopped';
  /** The progress reports that the server has begun and not ended, with what each says. */
  private readonly work = new Map<string | number, string>();

  constructor() {
    this.item.name = 'StoryLsp';
    this.item.command = 'storylsp.showStatus';
    this.show();
    this.item.show();
  }

  get state(): ServerState {
    return this.running === 'ready' && this.work.size > 0 ? 'indexing' : this.running;
  }

  setRunning(running: 'starting' | 'ready' | 'stopped'): void {
    this.running = running;
    if (running !== 'ready') {
      this.work.clear();
    }
    this.show();
  }

  beginWork(token: string | number, says: string): void {
    this.work.set(token, says);
    this.show();
  }

  endWork(token: string | number): void {
    this.work.delete(token);
    this.show();
  }

  dispose(): void {
    this.item.dispose();
  }

  private show(): void {
    const state = this.state;
    const look = looks[state];
    const doing = state === 'indexing' ? [...this.work.values()].at(-1) : undefined;
    this.item.text = `$(${look.icon}) Story`;
    this.item.tooltip = doing ?? look.says;
    this.item.backgroundColor = state === 'stopped' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  }
}
