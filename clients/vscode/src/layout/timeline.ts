import type { Named, TimelineEntry } from '../protocol.js';

/** Where the entries of a timeline stand: time runs down, and each strand of the story has a column. Pure. */

export interface PlacedMoment {
  readonly entry: TimelineEntry;
  readonly column: number;
  /** The middle of its row. */
  readonly y: number;
  /** The time, where it is another than the one above; on the same day the clock alone. */
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
  let before: TimelineEntry | undefined;
  const timed = entries.findLastIndex(entry => entry.start !== undefined);
  for (const [index, entry] of entries.entries()) {
    if (index === timed + 1) {
      timeless = y + rowHeight / 2;
      y += rowHeight;
    }
    y += rowHeight;
    const says = index > timed || entry.label === before?.label ? undefined : entry.day !== undefined && entry.day === before?.day && entry.label.startsWith(`${entry.day}, `) ? entry.label.slice(entry.day.length + 2) : entry.label;
    moments.push({ entry, column: columns.indexOf(strandOf(entry)), y: y - rowHeight / 2, says });
    before = entry;
  }
  return { columns, moments, height: y + rowHeight / 2, timeless };
}

/** The moments at which somebody is, in order of time. */
export function pathOf(layout: TimelineLayout, character: string): readonly PlacedMoment[] {
  return layout.moments.filter(moment => moment.entry.start !== undefined && moment.entry.characters?.some(one => one.id === character));
}

/** All who are at some moment, in the order of their names. */
export function castOf(entries: readonly TimelineEntry[]): readonly Named[] {
  const cast = new Map(entries.flatMap(entry => entry.characters ?? []).map(one => [one.id, one]));
  return [...cast.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function strandOf(entry: TimelineEntry): string {
  return entry.strand ?? '';
}
