import type { TimelineEntry } from '../protocol.js';

/** Where the entries of a timeline stand: time runs down, and each strand of the story has a column. Pure. */

export interface PlacedMoment {
  readonly entry: TimelineEntry;
  readonly column: number;
  /** The middle of its row. */
  readonly y: number;
  /** The time, where it is another than the one above. */
  readonly says: string | undefined;
}

export interface TimelineLayout {
  readonly columns: readonly string[];
  readonly moments: readonly PlacedMoment[];
  readonly height: number;
  /** Where those begin that have no time; undefined where all have one. */
  readonly timeless: number | undefined;
}

export const rowHeight = 44;
const headHeight = 40;

export function layoutTimeline(entries: readonly TimelineEntry[]): TimelineLayout {
  const columns = [...new Set(entries.map(strandOf))];
  const moments: PlacedMoment[] = [];
  let y = headHeight;
  let timeless: number | undefined;
  let before: string | undefined;
  for (const entry of entries) {
    if (entry.start === undefined && timeless === undefined) {
      timeless = y + rowHeight / 2;
      y += rowHeight;
    }
    y += rowHeight;
    const says = entry.start === undefined || entry.label === before ? undefined : entry.label;
    moments.push({ entry, column: columns.indexOf(strandOf(entry)), y: y - rowHeight / 2, says });
    before = entry.label;
  }
  return { columns, moments, height: y + rowHeight / 2, timeless };
}

/** The moments at which somebody is, in order of time. */
export function pathOf(layout: TimelineLayout, character: string): readonly PlacedMoment[] {
  return layout.moments.filter(moment => moment.entry.start !== undefined && moment.entry.characters?.includes(character));
}

/** All who are at some moment, in the order of their names. */
export function castOf(entries: readonly TimelineEntry[]): readonly string[] {
  return [...new Set(entries.flatMap(entry => entry.characters ?? []))].sort((one, other) => one.localeCompare(other, 'en'));
}

function strandOf(entry: TimelineEntry): string {
  return entry.strand ?? '';
}
