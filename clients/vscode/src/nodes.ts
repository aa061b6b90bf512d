import { count, findingsOf, grouped, wordsOf } from './figures.js';
import type { Manuscript, ManuscriptEntry, Proposal, RunSummary, StoryBible, StoryThing, StoryTimeline, WireRange } from './protocol.js';

/** A row of a tree, free of VS Code. */
export interface TreeNode {
  /** Unique in its tree and the same after a refresh, so that what is open stays open. */
  readonly key: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly tooltip?: string | undefined;
  readonly icon: string;
  /** The id of a color of the theme. */
  readonly color?: string | undefined;
  /** What a screen reader says instead of label and description. */
  readonly spoken?: string | undefined;
  /** What `when` clauses of menus ask for. */
  readonly kind: string;
  readonly open?: { readonly uri: string; readonly range?: WireRange } | undefined;
  readonly command?: { readonly command: string; readonly title: string; readonly arguments: readonly unknown[] } | undefined;
  readonly children?: readonly TreeNode[] | undefined;
  readonly expanded?: boolean;
  /** The id of the container, run or proposal that the row stands for. */
  readonly id?: string | undefined;
}

const typeIcons: Readonly<Record<string, string>> = {
  character: 'person', location: 'location', scene: 'file-text', chapter: 'book', event: 'calendar', faction: 'organization', item: 'package', object: 'package',
  note: 'note', clue: 'search', fact: 'info', secret: 'lock', case: 'briefcase', mystery: 'question', thread: 'git-merge', setup: 'target', payoff: 'target', shot: 'device-camera-video', relationship: 'heart',
};

export function iconOf(type: string): string {
  return typeIcons[type] ?? 'symbol-misc';
}

export function bibleNodes({ types }: StoryBible): TreeNode[] {
  return types.filter(({ containers }) => containers.length > 0).map(({ type, title, containers }) => ({
    key: type,
    label: title,
    description: grouped(containers.length),
    spoken: `${title}, ${grouped(containers.length)}`,
    icon: iconOf(type),
    kind: 'type',
    id: type,
    children: containers.map(one => thingNode(type, one)),
  }));
}

function thingNode(group: string, one: StoryThing): TreeNode {
  return {
    // The same id may stand in two files by mistake, and both are shown.
    key: `${group}/${one.id}@${one.uri}:${one.range.start.line}`,
    label: one.name,
    description: one.detail,
    tooltip: one.detail === undefined ? `${one.name} (${one.id})` : `${one.name} (${one.id})\n${one.detail}`,
    icon: iconOf(one.type),
    kind: 'thing',
    id: one.id,
    open: one,
  };
}

export function manuscriptNodes({ entries }: Manuscript): TreeNode[] {
  return entries.map((entry, index) => entryNode(entry, String(index + 1)));
}

function entryNode(entry: ManuscriptEntry, place: string): TreeNode {
  const words = wordsOf(entry.words, entry.target);
  const found = findingsOf(entry.errors, entry.warnings);
  const children = entry.children?.map((child, index) => entryNode(child, `${place}.${index + 1}`));
  return {
    // A chapter that is read in two stretches stands here twice, with the same id and the same place in its file.
    key: `${place} ${entry.kind}/${entry.id ?? ''}@${entry.uri}`,
    label: entry.name,
    description: [entry.target === undefined ? words : `${grouped(entry.words)}/${grouped(entry.target)}`, entry.status, found].filter(Boolean).join(' · '),
    tooltip: [entry.name, words, entry.status === undefined ? undefined : `status: ${entry.status}`, found === '' ? undefined : `${found}: see Problems`].filter(Boolean).join('\n'),
    spoken: [`${entry.kind} ${entry.name}`, words, entry.status, found].filter(Boolean).join(', '),
    icon: entry.errors > 0 ? 'error' : entry.warnings > 0 ? 'warning' : entry.kind === 'scene' ? 'file-text' : entry.kind === 'chapter' ? 'book' : 'library',
    color: entry.errors > 0 ? 'list.errorForeground' : entry.warnings > 0 ? 'list.warningForeground' : undefined,
    kind: entry.kind,
    id: entry.id,
    open: entry,
    children: children !== undefined && children.length > 0 ? children : undefined,
    expanded: true,
  };
}

/** Where the scenes or the chapters of the manuscript stand, in the order of reading. */
export function placesOf(manuscript: Manuscript | undefined, kind: 'scene' | 'chapter'): string[] {
  const places = (entries: readonly ManuscriptEntry[]): string[] => entries.flatMap(entry => [...entry.kind === kind && (kind === 'scene' || entry.id !== undefined) ? [entry.uri] : [], ...places(entry.children ?? [])]);
  return places(manuscript?.entries ?? []);
}

export function timelineNodes({ entries }: StoryTimeline): TreeNode[] {
  return entries.map(entry => ({
    key: `${entry.type}/${entry.id}@${entry.uri}:${entry.range.start.line}`,
    label: entry.name,
    description: [entry.label, entry.told, entry.strand].filter(Boolean).join(' · '),
    tooltip: [entry.name, entry.label, entry.told, entry.strand, entry.location?.name, entry.characters?.map(one => one.name).join(', ')].filter(Boolean).join('\n'),
    spoken: [entry.label, `${entry.type} ${entry.name}`, entry.told, entry.strand].filter(Boolean).join(', '),
    icon: iconOf(entry.type),
    kind: 'moment',
    id: entry.id,
    open: entry,
  }));
}

const runIcons: Readonly<Record<RunSummary['status'], string>> = {
  queued: 'watch', running: 'sync', paused: 'debug-pause', done: 'pass', failed: 'error', cancelled: 'circle-slash', interrupted: 'debug-disconnect',
};

const runSays: Readonly<Record<RunSummary['status'], string>> = {
  queued: 'waits for its turn', running: 'is running', paused: 'waits for you', done: 'is done', failed: 'failed', cancelled: 'was cancelled', interrupted: 'was interrupted',
};

/** Runs that are over are shown up to this many. */
const lastRuns = 20;

export function workNodes(runs: readonly RunSummary[], proposals: readonly Proposal[]): TreeNode[] {
  const open = runs.filter(run => run.status === 'queued' || run.status === 'running' || run.status === 'paused' || run.status === 'interrupted');
  const over = runs.filter(run => !open.includes(run)).slice(0, lastRuns);
  return [
    group('proposals', 'Proposals', 'git-pull-request', proposals.map(proposalNode)),
    group('runs', 'Runs', 'play-circle', open.map(runNode)),
    group('earlier', 'Earlier Runs', 'history', over.map(runNode), false),
  ].filter(one => one !== undefined);
}

function group(key: string, label: string, icon: string, children: readonly TreeNode[], expanded = true): TreeNode | undefined {
  return children.length === 0 ? undefined : { key, label, description: String(children.length), spoken: `${label}, ${children.length}`, icon, kind: 'group', children, expanded };
}

function proposalNode(proposal: Proposal): TreeNode {
  const waiting = (proposal.hunks ?? []).filter(hunk => hunk.state === 'open' || hunk.state === 'stale');
  const files = [...new Set(waiting.map(hunk => hunk.file))];
  const changes = count(waiting.length, 'change');
  const review = (file?: string) => ({ command: 'storylsp.reviewProposal', title: 'Review', arguments: [proposal.id, file] });
  return {
    key: `proposal/${proposal.id}`,
    label: proposal.label,
    description: changes,
    tooltip: [proposal.label, proposal.origin, `${changes} in ${files.join(', ')}. Nothing of it is in your files yet.`].filter(Boolean).join('\n'),
    spoken: `Proposal ${proposal.label}, ${changes} to decide`,
    icon: 'git-pull-request',
    kind: 'proposal',
    id: proposal.id,
    command: review(),
    children: files.length < 2 ? undefined : files.map(file => ({
      key: `proposal/${proposal.id}/${file}`,
      label: file,
      description: count(waiting.filter(hunk => hunk.file === file).length, 'change'),
      icon: 'diff',
      kind: 'proposedFile',
      id: proposal.id,
      command: review(file),
    })),
  };
}

function runNode(run: RunSummary): TreeNode {
  const says = runSays[run.status];
  return {
    key: `run/${run.run}`,
    label: run.input === undefined ? run.pipeline : `${run.pipeline}: ${run.input}`,
    description: says,
    tooltip: [`${run.pipeline} ${says}`, run.started === undefined ? undefined : `started ${new Date(run.started).toLocaleString()}`, `run ${run.run}`].filter(Boolean).join('\n'),
    spoken: `Run ${run.pipeline}${run.input === undefined ? '' : ` on ${run.input}`} ${says}`,
    icon: runIcons[run.status],
    color: run.status === 'failed' ? 'list.errorForeground' : undefined,
    kind: `run.${run.status}`,
    id: run.run,
    open: run.prompt === undefined || run.status !== 'paused' ? undefined : { uri: run.prompt },
  };
}
