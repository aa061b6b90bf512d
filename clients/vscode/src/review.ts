import * as vscode from 'vscode';
import { count } from './figures.js';
import { hunkAt, isUndecided, lastLine, rejection, withHunks, type PlacedHunk } from './hunks.js';
import type { Decision, Proposal, ProposalHunk } from './protocol.js';
import type { ServerCalls } from './server-calls.js';

interface FileUnderReview {
  readonly proposal: Proposal;
  readonly file: string;
  readonly hunks: readonly PlacedHunk[];
  readonly before: vscode.Uri;
  readonly after: vscode.Uri;
}

/** What the buttons of a hunk carry. */
interface HunkReference {
  readonly id: string;
  readonly hunk: number;
}

/**
 * Review in the diff editor: before on the left, after on the right with a note at each change, on which one accepts or rejects it. What is decided leaves the comparison;
 * after the last change of a file comes the next file.
 */
export class Review implements vscode.TextDocumentContentProvider, vscode.Disposable {
  static readonly scheme = 'storylsp-review';

  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changes.event;
  private readonly notes = vscode.comments.createCommentController('storylsp.review', 'Changes of a Proposal');
  private readonly texts = new Map<string, string>();
  private readonly files = new Map<string, FileUnderReview>();
  private readonly threads = new Map<string, vscode.CommentThread[]>();
  private readonly references = new WeakMap<vscode.CommentThread, HunkReference>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly server: ServerCalls, private readonly decided: () => void) {
    this.listening = vscode.workspace.onDidCloseTextDocument(document => document.uri.scheme === Review.scheme ? this.forget(document.uri) : undefined);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? 'This proposal is decided, or its review was closed. The view “Runs and Proposals” has what still waits.\n';
  }

  /** Opens the comparison of a file, else of the first that has something to decide. */
  async open(id: string, file?: string): Promise<void> {
    const proposal = await this.load(id);
    const first = file ?? proposal?.hunks?.find(isUndecided)?.file;
    if (proposal === undefined || first === undefined) {
      void vscode.window.showInformationMessage('This proposal is decided already.');
      return;
    }
    await this.show(proposal, first);
  }

  /** Decides about one change: the one whose button was pressed, else the one at the cursor. */
  async decide(accept: boolean, pressed?: vscode.CommentThread | HunkReference): Promise<void> {
    const reference = pressed === undefined ? this.atCursor() : 'hunk' in pressed ? pressed : this.references.get(pressed);
    if (reference === undefined) {
      void vscode.window.showInformationMessage(this.current() === undefined
        ? 'Open the review of a proposal first, and put the cursor into a change. The view “Runs and Proposals” has them.'
        : 'Nothing was decided: it is not clear which change is meant. Put the cursor into one, or use the answers in its note.');
      return;
    }
    const file = this.current()?.file;
    await this.send(accept, reference.id, [reference.hunk]);
    await this.goOn(reference.id, file);
  }

  /** Decides about all that is left of the proposal. What is in doubt is accepted one by one only; what nobody has looked at is shown first, and what is rejected is asked about. */
  async decideAll(accept: boolean, id = this.current()?.proposal.id): Promise<void> {
    const proposal = id === undefined ? undefined : await this.load(id);
    const waiting = (proposal?.hunks ?? []).filter(isUndecided);
    const hunks = accept ? waiting.filter(hunk => hunk.state === 'open' && hunk.ticked !== false) : waiting;
    if (id === undefined || waiting.length === 0) {
      return;
    }
    if (hunks.length === 0) {
      void vscode.window.showInformationMessage(`${count(waiting.length, 'change is', 'changes are')} in doubt. Read why at each, and accept or reject it by itself.`);
      return;
    }
    if (accept && ![...this.files.values()].some(file => file.proposal.id === id)) {
      await this.open(id);
      void vscode.window.showInformationMessage('Nothing was written yet: this is what the proposal would change. “Accept All Changes” above the comparison writes it.');
      return;
    }
    if (!accept && !await this.isMeant(hunks)) {
      return;
    }
    await this.send(accept, id, hunks.map(hunk => hunk.id));
    await this.goOn(id, this.current()?.file);
  }

  dispose(): void {
    this.listening.dispose();
    this.notes.dispose();
    this.changes.dispose();
  }

  private async isMeant(hunks: readonly ProposalHunk[]): Promise<boolean> {
    const yes = 'Reject All';
    return await vscode.window.showWarningMessage(rejection(hunks), { modal: true, detail: 'No file of the story changes.' }, yes) === yes;
  }

  private async load(id: string): Promise<Proposal | undefined> {
    return (await this.server.ask<{ proposals: readonly Proposal[] }>('storylsp/proposal', { id }))?.proposals[0];
  }

  private async send(accept: boolean, id: string, hunks: readonly number[]): Promise<void> {
    const decision = await this.server.command<Decision>(accept ? 'storylsp.proposal.accept' : 'storylsp.proposal.reject', { id, hunks });
    this.decided();
    const left = decision?.left?.find(one => hunks.includes(one.hunk));
    if (left !== undefined) {
      void vscode.window.showWarningMessage(`Not written: ${left.why}`);
    } else if (decision !== undefined) {
      const what = count(hunks.length, 'change');
      vscode.window.setStatusBarMessage(accept ? `$(check) ${what} written, not saved yet; one undo in the file takes it back` : `$(close) ${what} put aside; no file was changed`, 8000);
    }
  }

  /** Shows what is left: of this file, else of the next, else nothing. */
  private async goOn(id: string, file: string | undefined): Promise<void> {
    const all = (await this.waiting()).find(proposal => proposal.id === id)?.hunks?.filter(isUndecided) ?? [];
    const next = all.find(hunk => hunk.file === file) ?? all[0];
    const proposal = next === undefined ? undefined : await this.load(id);
    if (proposal === undefined || next === undefined) {
      await this.close(id);
      return;
    }
    if (next.file !== file) {
      await this.close(id);
    }
    await this.show(proposal, next.file);
  }

  private async waiting(): Promise<readonly Proposal[]> {
    return (await this.server.ask<{ proposals: readonly Proposal[] }>('storylsp/proposal'))?.proposals ?? [];
  }

  private async show(proposal: Proposal, file: string): Promise<void> {
    const texts = proposal.files?.find(one => one.file === file);
    const { after, hunks } = withHunks(texts?.before ?? '', (proposal.hunks ?? []).filter(hunk => hunk.file === file));
    const [left, right] = [addressOf('before', proposal.id, file), addressOf('after', proposal.id, file)];
    this.put(left, texts?.before ?? '');
    this.put(right, after);
    this.files.set(right.toString(), { proposal, file, hunks, before: left, after: right });
    await vscode.commands.executeCommand('vscode.diff', left, right, `Review: ${file}`, { preview: false });
    await this.untilShown(right, after);
    this.note(proposal, right, after, hunks);
    // The other side follows once the differences are known, and the notes have taken their room.
    await new Promise(resolve => setTimeout(resolve, 300));
    const first = hunks.find(({ range }) => range !== undefined)?.range;
    const editor = vscode.window.visibleTextEditors.find(one => one.document.uri.toString() === right.toString());
    if (editor !== undefined && first !== undefined) {
      const at = new vscode.Position(first.start.line, first.start.character);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
    }
  }

  /** A document that is open already takes its new text a moment later; notes belong to the new one. */
  private async untilShown(uri: vscode.Uri, text: string): Promise<void> {
    const lines = (one: string): string => one.replace(/\r\n/gu, '\n');
    for (let turn = 0; turn < 40; turn++) {
      const document = vscode.workspace.textDocuments.find(one => one.uri.toString() === uri.toString());
      if (document !== undefined && lines(document.getText()) === lines(text)) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  private put(uri: vscode.Uri, text: string): void {
    this.texts.set(uri.toString(), text);
    this.changes.fire(uri);
  }

  private note(proposal: Proposal, uri: vscode.Uri, after: string, hunks: readonly PlacedHunk[]): void {
    const lines = after.split(/\r?\n/u);
    this.threads.get(uri.toString())?.forEach(thread => thread.dispose());
    this.threads.set(uri.toString(), hunks.map(({ hunk, range, under }, index) => {
      const line = range === undefined ? 0 : lastLine(range);
      // The note stands below the last words of the change, also in the middle of a long line that is wrapped.
      const end = range?.end.line === line ? range.end.character : lines[line]?.length ?? 0;
      const thread = this.notes.createCommentThread(uri, new vscode.Range(line, range === undefined ? 0 : end, line, range === undefined ? 0 : end), [{
        author: { name: proposal.pipeline ?? 'Proposal' },
        body: wordsOf(proposal.id, hunk, hunk.state === 'stale' || range === undefined, under === undefined ? undefined : hunks.findIndex(one => one.hunk.id === under) + 1),
        mode: vscode.CommentMode.Preview,
      }]);
      thread.label = `Change ${index + 1} of ${hunks.length}`;
      thread.canReply = false;
      thread.contextValue = hunk.state === 'stale' || range === undefined ? 'stale' : 'open';
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
      this.references.set(thread, { id: proposal.id, hunk: hunk.id });
      return thread;
    }));
  }

  private current(): FileUnderReview | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff ? this.files.get(input.modified.toString()) : undefined;
  }

  private atCursor(): HunkReference | undefined {
    const file = this.current();
    if (file === undefined) {
      return undefined;
    }
    const shows = (uri: vscode.Uri) => (editor: vscode.TextEditor | undefined): boolean => editor?.document.uri.toString() === uri.toString();
    const active = vscode.window.activeTextEditor;
    const side = shows(file.before)(active) ? 'before' : 'after';
    const editor = side === 'before' || shows(file.after)(active) ? active : vscode.window.visibleTextEditors.find(shows(file.after));
    const found = editor === undefined ? undefined : hunkAt(file.hunks, editor.selection.active, side);
    return found === undefined ? undefined : { id: file.proposal.id, hunk: found.hunk.id };
  }

  private async close(id: string): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter(tab => tab.input instanceof vscode.TabInputTextDiff && this.files.get(tab.input.modified.toString())?.proposal.id === id));
  }

  private forget(uri: vscode.Uri): void {
    this.texts.delete(uri.toString());
    this.files.delete(uri.toString());
    this.threads.get(uri.toString())?.forEach(thread => thread.dispose());
    this.threads.delete(uri.toString());
  }
}

function addressOf(side: 'before' | 'after', id: string, file: string): vscode.Uri {
  return vscode.Uri.from({ scheme: Review.scheme, path: `/${side}/${id}/${file}` });
}

/** What the change does, why it is in doubt, and the two answers as links that the Tab key reaches. */
function wordsOf(id: string, hunk: ProposalHunk, isStale: boolean, under: number | undefined): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: ['storylsp.acceptChange', 'storylsp.rejectChange'] };
  const link = (title: string, command: string): string => `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([{ id, hunk: hunk.id }]))})`;
  text.appendText(plain(hunk.label ?? 'A change'));
  if (under !== undefined) {
    text.appendMarkdown('\n\n').appendText(`This lies on change ${under}, and only one of the two can be shown. Decide about change ${under} first.`);
  } else if (isStale) {
    text.appendMarkdown('\n\n').appendText('The text was changed at this place since, so this cannot be written any more. Reject it, or run the pipeline again.');
  } else if (hunk.doubt !== undefined) {
    text.appendMarkdown('\n\n**In doubt:** ').appendText(plain(hunk.doubt));
  }
  text.appendMarkdown(`\n\n${[isStale ? undefined : link('Accept', 'storylsp.acceptChange'), link('Reject', 'storylsp.rejectChange')].filter(Boolean).join('  ·  ')}`);
  return text;
}

/** What a pipeline or a model has said, as plain words: its marks could make links. */
function plain(text: string): string {
  return text.replace(/`([^`]*)`/gu, '“$1”');
}
