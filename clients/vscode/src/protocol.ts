/** What the server speaks beyond the Language Server Protocol, as EXTENSIONS.md has it. */

export type RunStatus = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** A pipeline, as the palette offers it. */
export interface Pipeline {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A container's type, or `text`, `findings`, `story`. */
  readonly input: string;
  readonly path?: string;
}

export interface RunSummary {
  readonly run: string;
  readonly pipeline: string;
  readonly input?: string;
  readonly status: RunStatus;
  readonly started?: string;
  readonly proposal?: string;
  readonly prompt?: string;
}

/** The notification `storylsp/run`. */
export interface RunNote {
  readonly run: string;
  readonly pipeline?: string;
  readonly status: RunStatus;
  readonly step?: number;
  readonly kind?: string;
  readonly message?: string;
  readonly text?: string;
  readonly words?: number;
  readonly prompt?: string;
  readonly proposal?: string;
}

export interface ProposalHunk {
  readonly id: number;
  readonly file: string;
  /** Its place in the text before; absent where it has none. */
  readonly range?: WireRange;
  readonly old?: string;
  readonly new?: string;
  readonly label?: string;
  readonly state: 'open' | 'accepted' | 'rejected' | 'stale';
  readonly ticked?: boolean;
  readonly doubt?: string;
}

export interface ProposalFile {
  readonly file: string;
  readonly uri: string;
  readonly before?: string;
  readonly after?: string;
  readonly beforeUri: string;
  readonly afterUri: string;
}

export interface Proposal {
  readonly id: string;
  readonly label: string;
  readonly origin?: string;
  readonly pipeline?: string;
  readonly findings?: { readonly added: number; readonly removed: number };
  readonly hunks?: readonly ProposalHunk[];
  readonly files?: readonly ProposalFile[];
}

export interface Decision {
  readonly proposal: string;
  readonly status: 'accepted' | 'rejected' | 'partial' | 'pending';
  readonly left?: readonly { readonly hunk: number; readonly why: string }[];
}

export interface StoryHistory {
  readonly current: string;
  readonly branches: readonly { readonly name: string; readonly head?: string }[];
  readonly events: readonly { readonly id: string; readonly branch?: string; readonly label: string; readonly by?: string; readonly at?: string; readonly files?: readonly string[] }[];
}

export interface ChatModel {
  readonly id: string;
  readonly name: string;
}

/** The request `storylsp/chat`. */
export interface ChatRequest {
  readonly id: string;
  readonly model?: string;
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly text: string }[];
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly schema?: object;
}

export interface ChatAnswer {
  readonly text: string;
  readonly model: string;
  readonly finish: 'stop' | 'length' | 'filter';
}

/** Why a model gave no answer. */
export type ChatFailure = 'notConfigured' | 'notAuthorized' | 'rateLimited' | 'refused' | 'unreachable';

/** A place in a text: lines and UTF-16 code units from 0. */
export interface WireRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A container by its name. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** A container of the story and where it is defined. */
export interface StoryThing {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly uri: string;
  readonly range: WireRange;
  readonly color?: string;
  readonly detail?: string;
}

/** The answer of `storylsp/bible`. */
export interface StoryBible {
  readonly types: readonly { readonly type: string; readonly title: string; readonly containers: readonly StoryThing[] }[];
}

export interface ManuscriptEntry {
  readonly kind: 'part' | 'chapter' | 'scene';
  readonly id?: string;
  readonly name: string;
  readonly uri: string;
  readonly range: WireRange;
  readonly words: number;
  readonly target?: number;
  readonly status?: string;
  readonly errors: number;
  readonly warnings: number;
  readonly children?: readonly ManuscriptEntry[];
}

/** The answer of `storylsp/manuscript`, in narrative order. */
export interface Manuscript {
  readonly words: number;
  readonly target?: number;
  readonly entries: readonly ManuscriptEntry[];
}

export interface TimelineEntry {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly uri: string;
  readonly range: WireRange;
  /** Minutes on the axis of the story's calendar: good for comparing, and absent where nobody knows. */
  readonly start?: number;
  readonly end?: number;
  /** The time as a person says it, and the day of it. */
  readonly label: string;
  readonly day?: string;
  readonly strand?: string;
  /** How it is told, where that is not in its turn: `flashback`, `dream` … */
  readonly told?: string;
  /** The place in the order of reading, from 1. */
  readonly order?: number;
  readonly location?: Named;
  readonly characters?: readonly Named[];
}

/** The answer of `storylsp/timeline`, in order of time; what has no time comes last. */
export interface StoryTimeline {
  readonly entries: readonly TimelineEntry[];
  readonly mermaid: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** In how many scenes both are; absent for a tie that is written, which has its place instead. */
  readonly scenes?: number;
  readonly uri?: string;
  readonly range?: WireRange;
}

/** The answer of `storylsp/graph`. */
export interface StoryGraph {
  readonly nodes: readonly StoryThing[];
  readonly edges: readonly GraphEdge[];
  readonly mermaid: string;
}

/** The answer of `storylsp/status`; what is counted is absent until the story is read. */
export interface StoryStatus {
  readonly words?: number;
  readonly target?: number;
  readonly scene?: { readonly id: string; readonly name: string; readonly words: number; readonly target?: number };
  readonly errors?: number;
  readonly warnings?: number;
  readonly index: { readonly state: string; readonly files: number };
  readonly ai: { readonly enabled: boolean; readonly provider: string; readonly model?: string; readonly runs: number };
}

/** What a lens gives that counts several places: where one looks from, and the places. */
export interface Places {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
  readonly places: readonly { readonly uri: string; readonly range: { readonly start: { line: number; character: number }; readonly end: { line: number; character: number } } }[];
}
