import { count } from './figures.js';
import type { ProposalHunk, WireRange } from './protocol.js';

/** A hunk, and where its words stand in the text after. */
export interface PlacedHunk {
  readonly hunk: ProposalHunk;
  /** Undefined where the text was changed since, so that the hunk has no place any more, and where it lies on another one. */
  readonly range: WireRange | undefined;
  /** The id of the hunk that is shown in its stead, because the two lie on each other. */
  readonly under?: number | undefined;
}

export interface Reviewed {
  readonly after: string;
  readonly hunks: readonly PlacedHunk[];
}

/** Whether somebody has still to decide about it. */
export function isUndecided(hunk: ProposalHunk): boolean {
  return hunk.state === 'open' || hunk.state === 'stale';
}

/** The text with all hunks of a file that are undecided and have a place, whether they are ticked or not: what is in doubt is to be seen too. */
export function withHunks(before: string, hunks: readonly ProposalHunk[]): Reviewed {
  const lines = lineStarts(before);
  const offset = ({ line, character }: WireRange['start']): number => Math.min((lines[line] ?? before.length) + character, before.length);
  const ending = before.includes('\r\n') ? '\r\n' : '\n';
  const waiting = hunks.filter(isUndecided);
  const fitting = waiting
    .map(hunk => hunk.range === undefined ? isNew(hunk, before) ? { hunk, start: 0, end: 0 } : undefined : { hunk, start: offset(hunk.range.start), end: offset(hunk.range.end) })
    .filter(place => place !== undefined && place.hunk.state === 'open') as { hunk: ProposalHunk; start: number; end: number }[];
  fitting.sort((one, other) => one.start - other.start || Number(one.end > one.start) - Number(other.end > other.start) || one.hunk.id - other.hunk.id);
  const spans = new Map<number, readonly [number, number]>();
  const under = new Map<number, number>();
  let after = '';
  let at = 0;
  let last = -1;
  for (const { hunk, start, end } of fitting) {
    if (start < at) {
      under.set(hunk.id, last); // It lies on another one, and cannot be shown beside it.
      continue;
    }
    after += before.slice(at, start);
    const text = (hunk.new ?? '').replace(/\r\n|\n/gu, ending);
    spans.set(hunk.id, [after.length, after.length + text.length]);
    after += text;
    at = end;
    last = hunk.id;
  }
  after += before.slice(at);
  const starts = lineStarts(after);
  const range = ([start, end]: readonly [number, number]): WireRange => ({ start: positionOf(starts, start), end: positionOf(starts, end) });
  const placed = waiting.map(hunk => ({ hunk, span: spans.get(hunk.id) })).sort((one, other) => (one.span?.[0] ?? Infinity) - (other.span?.[0] ?? Infinity) || one.hunk.id - other.hunk.id);
  return { after, hunks: placed.map(({ hunk, span }) => ({ hunk, range: span === undefined ? undefined : range(span), under: under.get(hunk.id) })) };
}

/**
 * The hunk at a place of the text before or after: the one that holds it, else the nearest with words on this line. A hunk can be a sentence of a paragraph, which is one line, and what is
 * rejected does not come back: so where two are as near, and where the line has none, there is no answer.
 */
export function hunkAt(hunks: readonly PlacedHunk[], at: WireRange['start'], side: 'before' | 'after' = 'after'): PlacedHunk | undefined {
  const near = hunks.flatMap(one => {
    const range = one.range === undefined ? undefined : side === 'after' ? one.range : one.hunk.range;
    return range === undefined || at.line < range.start.line || at.line > lastLine(range) ? [] : [{ one, away: distance(range, at) }];
  });
  const least = Math.min(...near.map(({ away }) => away));
  const found = near.filter(({ away }) => away === least);
  return found.length === 1 ? found[0]?.one : undefined;
}

/** How many letters of its line a place is away from a range: none inside, half a letter at its end, where the next one may begin. */
function distance({ start, end }: WireRange, { line, character }: WireRange['start']): number {
  const from = line === start.line ? start.character : 0;
  const to = line === end.line ? end.character : Infinity;
  return character < from ? from - character : character < to || from === to && character === to ? 0 : character - to + 0.5;
}

/** The question before changes are put aside for good. */
export function rejection(hunks: readonly ProposalHunk[]): string {
  return `Reject ${count(hunks.length, 'change')} in ${count(new Set(hunks.map(hunk => hunk.file)).size, 'file')}? This cannot be undone.`;
}

/** The last line that a range has words on: one that ends with a line's end does not belong to the next line. */
export function lastLine({ start, end }: WireRange): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

function isNew(hunk: ProposalHunk, before: string): boolean {
  return before === '' && (hunk.old ?? '') === '';
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

function positionOf(starts: readonly number[], offset: number): { line: number; character: number } {
  const line = starts.findLastIndex(start => start <= offset);
  return { line, character: offset - (starts[line] ?? 0) };
}
