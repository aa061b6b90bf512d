import * as vscode from 'vscode';
import type { StoryHistory } from './protocol.js';
import type { ServerCalls } from './server-calls.js';

type Event = StoryHistory['events'][number];

/** The undo tree of the story: what happened, and “what if” branches to go to and come back from. */
export class History {
  constructor(private readonly server: ServerCalls) { }

  async show(): Promise<void> {
    const history = await this.server.ask<StoryHistory>('storylsp/history');
    if (history === undefined) {
      return;
    }
    if (history.events.every(event => event.at === undefined)) {
      void vscode.window.showInformationMessage('The history is empty: it begins with the first proposal that you accept.');
      return;
    }
    const branches = history.branches.map(branch => ({
      label: `$(git-branch) ${branch.name}`, description: branch.name === history.current ? 'here' : 'go there', does: () => this.checkout(branch.name),
    }));
    const events = history.events.map(event => ({ label: event.label, description: when(event), detail: detail(event), does: () => this.act(event) }));
    const heading = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator, description: '', does: () => Promise.resolve() });
    const picked = await vscode.window.showQuickPick([heading('branches'), ...branches, heading('what happened'), ...events], { title: 'History of the story', matchOnDetail: true });
    await picked?.does();
  }

  private async act(event: Event): Promise<void> {
    const choices = [
      { label: '$(history) Go there', detail: 'The texts as they stood then. Today’s are recorded first; one undo comes back.', does: () => this.checkout(event.id) },
      { label: '$(git-branch) What if: a branch from there', detail: 'The present branch stays as it is.', does: () => this.branch(event.id) },
    ];
    await (await vscode.window.showQuickPick(choices, { title: `${event.label}, ${when(event)}` }))?.does();
  }

  private async branch(at: string): Promise<void> {
    const name = (await vscode.window.showInputBox({ title: 'A name for the branch', placeHolder: 'what-if' }))?.trim();
    if (name && await this.server.command('storylsp.history.branch', { name, at, uri: this.server.story() }) !== undefined) {
      await this.checkout(name);
    }
  }

  private async checkout(to: string): Promise<void> {
    const done = await this.server.command<{ branch?: string; files?: readonly string[]; applied?: boolean }>('storylsp.history.checkout', { to, uri: this.server.story() });
    if (done?.applied === true) {
      vscode.window.setStatusBarMessage(`$(git-branch) ${done.branch ?? to}: ${done.files?.length ?? 0} files changed`, 5000);
    }
  }
}

function when(event: Event): string {
  return event.at === undefined ? 'the beginning' : new Date(event.at).toLocaleString();
}

function detail(event: Event): string {
  return [event.branch, event.by, event.files?.join(', ')].filter(Boolean).join(' · ');
}
