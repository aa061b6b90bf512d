import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Decision, Proposal } from './protocol.js';
import type { Review } from './review.js';
import type { ServerCalls } from './server-calls.js';

/** The proposals that wait for a decision, and the read-only documents of the server: review pages, texts before and after. */
export class Proposals implements vscode.TextDocumentContentProvider, vscode.Disposable {
  static readonly scheme = 'storylsp';

  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly client: () => LanguageClient | undefined, private readonly server: ServerCalls, private readonly review: Review) { }

  connect(client: LanguageClient): void {
    client.onRequest('workspace/textDocumentContent/refresh', ({ uri }: { uri: string }) => {
      this.changes.fire(vscode.Uri.parse(uri, true));
      return null;
    });
  }

  dispose(): void {
    this.changes.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const client = this.client();
    if (client === undefined || !client.isRunning()) {
      return 'The story server is not running. Start it (Story: Restart Server) and open this page again.\n';
    }
    try {
      return (await client.sendRequest<{ text: string }>('workspace/textDocumentContent', { uri: client.code2ProtocolConverter.asUri(uri) })).text;
    } catch (error) {
      return `${error instanceof Error ? error.message : String(error)}\n`;
    }
  }

  /** Lists what is undecided, and does with one what the writer wants. */
  async list(): Promise<void> {
    const answer = await this.server.ask<{ proposals: readonly Proposal[] }>('storylsp/proposal');
    if (answer === undefined) {
      return;
    }
    if (answer.proposals.length === 0) {
      void vscode.window.showInformationMessage('No proposal waits for a decision.');
      return;
    }
    const items = answer.proposals.map(proposal => ({ label: proposal.label, description: judged(proposal), detail: proposal.origin ?? proposal.pipeline ?? '', proposal }));
    const picked = await vscode.window.showQuickPick(items, { title: 'Proposals: nothing of them is in your files yet' });
    if (picked !== undefined) {
      await this.act(picked.proposal);
    }
  }

  /** Shows the texts before and after side by side, in the native diff editor. */
  async compare(id: string): Promise<void> {
    const proposal = (await this.server.ask<{ proposals: readonly Proposal[] }>('storylsp/proposal', { id }))?.proposals[0];
    const files = (proposal?.files ?? []).map(file => ({ name: file.file, uri: vscode.Uri.parse(file.uri, true), before: vscode.Uri.parse(file.beforeUri, true), after: vscode.Uri.parse(file.afterUri, true) }));
    const [first, second] = files;
    if (first !== undefined && second === undefined) {
      await vscode.commands.executeCommand('vscode.diff', first.before, first.after, `${first.name}: ${proposal?.label ?? 'proposal'}`, { preview: true });
    } else if (first !== undefined) {
      await vscode.commands.executeCommand('vscode.changes', proposal?.label ?? 'Proposal', files.map(file => [file.uri, file.before, file.after]));
    }
  }

  private async act(proposal: Proposal): Promise<void> {
    const { id } = proposal;
    const choices = [
      { label: '$(git-pull-request) Review change by change', detail: 'before and after side by side; accept or reject each', does: () => this.review.open(id) },
      { label: '$(checklist) Review and tick', detail: 'in the Refactor Preview', does: () => this.server.command('storylsp.proposal.open', { id, view: 'edit' }) },
      { label: '$(diff) Compare before and after', detail: 'read-only, side by side', does: () => this.compare(id) },
      { label: '$(book) Open the review page', detail: 'with the reasons, and what each hunk says', does: () => this.server.command('storylsp.proposal.open', { id, view: 'review' }) },
      { label: '$(check) Accept what is ticked', detail: 'one undo takes it back', does: () => this.accept(id) },
      { label: '$(close) Reject', detail: 'all of it, for good; no file changes', does: () => this.review.decideAll(false, id) },
    ];
    await (await vscode.window.showQuickPick(choices, { title: proposal.label }))?.does();
  }

  private async accept(id: string): Promise<void> {
    const decision = await this.server.command<Decision>('storylsp.proposal.accept', { id });
    const left = decision?.left ?? [];
    if (left.length > 0) {
      void vscode.window.showInformationMessage(`${left.length} of the proposal stayed out: ${left[0]?.why ?? 'not ticked'}`);
    }
  }
}

function judged({ findings }: Proposal): string {
  const parts = [findings?.added ? `+${findings.added} findings` : undefined, findings?.removed ? `−${findings.removed}` : undefined];
  return parts.filter(part => part !== undefined).join(', ');
}
