import type { ProposalHunk, WireRange } from './protocol.js';

/** A hunk, and where its words stand in the text after. */
export interface PlacedHunk {
  readonly hunk: ProposalHunk;
  /** Undefined where the text was changed since, so that the hunk has no place any more. */
  readonly range: WireRange | undefined;
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
  let after = '';
  let at = 0;
  for (const { hunk, start, end } of fitting) {
    if (start < at) {
      continue; // It lies on another one, and cannot be shown beside it.
    }
    after += before.slice(at, start);
    const text = (hunk.new ?? '').replace(/\r\n|\n/gu, ending);
    spans.set(hunk.id, [after.length, after.length + text.length]);
    after += text;
    at = end;
  }
  after += before.slice(at);
  const starts = lineStarts(after);
  const range = ([start, end]: readonly [number, number]): WireRange => ({ start: positionOf(starts, start), end: positionOf(starts, end) });
  const placed = waiting.map(hunk => ({ hunk, span: spans.get(hunk.id) })).sort((one, other) => (one.span?.[0] ?? Infinity) - (other.span?.[0] ?? Infinity) || one.hunk.id - other.hunk.id);
  return { after, hunks: placed.map(({ hunk, span }) => ({ hunk, range: span === undefined ? undefined : range(span) })) };
}

/** The hunk at a line of the text after: the one that holds it, else the next below, else the last. */
export function hunkAt(hunks: readonly PlacedHunk[], line: number): PlacedHunk | undefined {
  return hunks.find(({ range }) => range !== undefined && range.start.line <= line && line <= lastLine(range))
    ?? hunks.find(({ range }) => range !== undefined && range.start.line > line)
    ?? hunks.findLast(({ range }) => range !== undefined)
    ?? hunks.at(-1);
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
