import * as vscode from 'vscode';
import { done } from './first-steps.js';
import { barOf, factsOf } from './figures.js';
import type { StoryStatus } from './protocol.js';
import type { StoryData } from './story-data.js';

/** What the server is doing, as a writer sees it. */
export type ServerState = 'starting' | 'indexing' | 'ready' | 'stopped';

const looks: Record<ServerState, { readonly icon: string; readonly says: string }> = {
  starting: { icon: 'sync~spin', says: 'The story server is starting.' },
  indexing: { icon: 'sync~spin', says: 'The story server is reading the workspace.' },
  ready: { icon: 'book', says: 'The story server is ready.' },
  stopped: { icon: 'error', says: 'The story server is not running. Click for what to do.' },
};

/** The item in the status bar: words, findings, and in its tooltip the rest. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('storylsp.status', vscode.StatusBarAlignment.Left, 10);
  private running: 'starting' | 'ready' | 'stopped' = 'stopped';
  private figures: StoryStatus | undefined;
  /** The progress reports that the server has begun and not ended, with what each says. */
  private readonly work = new Map<string | number, string>();
  private readonly listening: vscode.Disposable[];
  private asked = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly data: StoryData) {
    this.item.name = 'StoryLsp';
    this.item.command = 'storylsp.showStatus';
    this.listening = [
      data.onDidChange(() => void this.ask()),
      vscode.window.onDidChangeActiveTextEditor(() => void this.ask()),
      // A file may hold several scenes.
      vscode.window.onDidChangeTextEditorSelection(() => this.counted() === 'scene' ? this.askSoon() : undefined),
    ];
  }

  get state(): ServerState {
    return this.running === 'ready' && this.work.size > 0 ? 'indexing' : this.running;
  }

  /** What the bar says; undefined where it says nothing. */
  get shown(): string | undefined {
    return this.item.text === '' ? undefined : this.item.text;
  }

  /** What is known of the story, one line a fact. */
  get facts(): readonly string[] {
    return this.figures === undefined ? [] : factsOf(this.figures);
  }

  setRunning(running: 'starting' | 'ready' | 'stopped'): void {
    this.running = running;
    if (running !== 'ready') {
      this.work.clear();
      this.figures = undefined;
    }
    this.show();
  }

  /** Where there is no story, the bar says nothing. */
  hide(): void {
    this.item.text = '';
    this.item.hide();
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
    clearTimeout(this.timer);
    this.listening.forEach(one => one.dispose());
    this.item.dispose();
  }

  private askSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), 400);
  }

  private async ask(): Promise<void> {
    const turn = ++this.asked;
    const at = vscode.window.activeTextEditor?.selection.active;
    const answer = await this.data.ask<StoryStatus>('storylsp/status', at === undefined ? {} : { position: { line: at.line, character: at.character } }).catch(() => undefined);
    if (turn === this.asked && this.running === 'ready') {
      this.figures = answer;
      if ((answer?.errors ?? 0) + (answer?.warnings ?? 0) > 0) {
        await done('finding');
      }
      this.show();
    }
  }

  private counted(): 'story' | 'scene' | 'off' {
    return vscode.workspace.getConfiguration('storylsp').get('statusBar', 'story');
  }

  private show(): void {
    const state = this.state;
    const { icon, says } = looks[state];
    const doing = state === 'indexing' ? [...this.work.values()].at(-1) ?? says : says;
    const figures = state === 'stopped' ? undefined : this.figures;
    const counted = this.counted();
    this.item.text = `$(${icon}) ${figures === undefined || counted === 'off' ? 'Story' : barOf(figures, counted) || 'Story'}`;
    const lines = [doing, ...this.facts];
    this.item.tooltip = lines.join('\n');
    this.item.accessibilityInformation = { label: `Story: ${lines.join(' ')}`, role: 'button' };
    this.item.backgroundColor = state === 'stopped' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }
}
