import * as vscode from 'vscode';
import { openFirstSteps } from './first-steps.js';
import { Proposals } from './proposals.js';
import type { Places } from './protocol.js';
import { Review } from './review.js';
import { Session } from './session.js';
import type { ServerState } from './status.js';
import type { TreeNode } from './nodes.js';

/** What `activate` gives to other extensions and to the tests. */
export interface StoryLspApi {
  state(): ServerState;
  serverVersion(): string | undefined;
  /** What the status bar says of the runs of pipelines; undefined where there is none. */
  runs(): string | undefined;
  /** What the status bar says of the story; undefined where it says nothing. */
  bar(): string | undefined;
  /** The rows that a view has shown last. */
  rows(view: 'bible' | 'manuscript' | 'timeline' | 'work'): readonly TreeNode[];
}

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<StoryLspApi> {
  const own = new Session(context);
  session = own;
  const commands: Record<string, (...values: never[]) => unknown> = {
    'storylsp.firstSteps': () => openFirstSteps(context.extension.id),
    'storylsp.renameHere': () => own.renameHere(),
    'storylsp.newStory': () => own.beginnings.story(),
    'storylsp.newThing': (type?: string | TreeNode) => own.beginnings.thing(typeof type === 'string' ? type : type?.id),
    'storylsp.useFolder': () => own.useFolder(),
    'storylsp.refreshViews': () => own.data.refresh(),
    'storylsp.showGraph': () => own.panels.showGraph(),
    'storylsp.showGraphAround': (row?: TreeNode) => own.panels.showGraph(row?.id),
    'storylsp.showTimeline': () => own.panels.timeline.show(),
    'storylsp.copyGraph': () => own.panels.graph.copy(),
    'storylsp.copyTimeline': () => own.panels.timeline.copy(),
    'storylsp.restartServer': () => own.restart(),
    'storylsp.showLog': () => own.log.show(),
    'storylsp.showStatus': () => own.showStatus(),
    'storylsp.runPipeline': (name?: string) => own.runs.run(typeof name === 'string' ? name : undefined),
    'storylsp.draftSchema': () => own.runs.run('schema'),
    'storylsp.draftPipeline': () => own.runs.run('pipeline'),
    'storylsp.resumeRun': (row?: TreeNode) => own.runs.resume(row?.id),
    'storylsp.cancelRun': (row?: TreeNode) => own.runs.cancel(row?.id),
    'storylsp.showRun': () => own.runs.showRun(),
    'storylsp.showProposals': () => own.proposals.list(),
    'storylsp.reviewProposal': (proposal: string | TreeNode, file?: string) => typeof proposal === 'string' ? own.review.open(proposal, file) : own.review.open(proposal.id ?? ''),
    'storylsp.acceptChange': (change?: Parameters<Review['decide']>[1]) => own.review.decide(true, isChange(change) ? change : undefined),
    'storylsp.rejectChange': (change?: Parameters<Review['decide']>[1]) => own.review.decide(false, isChange(change) ? change : undefined),
    'storylsp.acceptAll': (row?: TreeNode) => own.review.decideAll(true, row?.kind === 'proposal' ? row.id : undefined),
    'storylsp.rejectAll': (row?: TreeNode) => own.review.decideAll(false, row?.kind === 'proposal' ? row.id : undefined),
    'storylsp.compareProposal': (id: string) => own.proposals.compare(id),
    'storylsp.showHistory': () => own.history.show(),
    'storylsp.showPlaces': (argument: Places) => own.showPlaces(argument),
    'storylsp.retcon': () => own.retcon(),
    'storylsp.setKey': () => own.keys.set(),
    'storylsp.forgetKey': () => own.keys.forget(),
  };
  context.subscriptions.push(
    own,
    ...Object.entries(commands).map(([name, does]) => vscode.commands.registerCommand(name, does)),
    vscode.workspace.registerTextDocumentContentProvider(Proposals.scheme, own.proposals),
    vscode.workspace.registerTextDocumentContentProvider(Review.scheme, own.review),
    own.stories.onDidAppear(() => own.wake()),
    own.stories.onDidTurn(() => own.data.refresh()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => own.restartIfAwake()),
    vscode.workspace.onDidChangeConfiguration(change => !change.affectsConfiguration('storylsp') ? undefined : change.affectsConfiguration('storylsp.server') ? own.restartIfAwake() : own.data.refresh()),
  );
  await own.begin();
  return {
    state: () => own.status.state,
    serverVersion: () => own.serverVersion,
    runs: () => own.runs.shown,
    bar: () => own.status.shown,
    rows: view => own.trees[view].shown,
  };
}

export async function deactivate(): Promise<void> {
  await session?.stop();
  session = undefined;
}

/** Buttons of an editor give its address, where those of a change give the change. */
function isChange(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('hunk' in value || 'comments' in value);
}
