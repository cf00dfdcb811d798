/** A part of a Markdown document whose items are kept or left out whole. */
export type Section = {
  /** What stands before the items; empty for none. */
  readonly heading: string;
  readonly items: readonly string[];
  /** What stands behind the items, such as the end of a fold; empty for none. */
  readonly tail?: string;
  /** How many things each item tells of, where that is not one. */
  readonly weights?: readonly number[];
  /** Between items: a newline for table rows, a blank line for blocks. */
  readonly separator: "\n" | "\n\n";
  /** Room goes to the lowest rank first, whatever the order on the page. */
  readonly rank: number;
  /** How much of the room this section may take before the others had their turn, from 0 to 1; all by default. */
  readonly share?: number;
  /** Said in place of items that are left out. */
  readonly leftOut: (count: number) => string;
};

/** What is kept whatever the limit: the head on top and the closing lines. */
export type Frame = { readonly head: string; readonly closing: string };

/** Length of a text in the unit of the limit. */
type Measure = (text: string) => number;

const utf16Length: Measure = (text) => text.length;

/**
 * Puts a document together that is at most `limit` long, by leaving out whole items from the end of sections and saying
 * how many. Below the few hundred units that headings and notes need, only the frame and a note are left, and they are
 * never cut. Ends with a newline.
 *
 * @param measure what `limit` counts: UTF-16 units, unless told otherwise.
 */
export function fitSections(
  frame: Frame,
  sections: readonly Section[],
  limit: number,
  measure: Measure = utf16Length,
): string {
  const filled = sections.filter((section) => section.items.length > 0);
  const reserved = filled.map((section) => reservedLength(section, measure));
  const frameLength = measure(joined([frame.head, frame.closing]));
  const free = limit - frameLength - reserved.reduce((sum, length) => sum + length, 0);
  if (free < 0) return joined([frame.head, NOTHING_FITS, frame.closing]);
  const kept = keepItems(filled, free, measure);
  return joined([
    frame.head,
    ...filled.map((section) => sectionText(section, kept.get(section) ?? 0)),
    frame.closing,
  ]);
}

const GAP = "\n\n";

const NOTHING_FITS = "The details are left out: they do not fit here.";

function joined(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join(GAP)}\n`;
}

/** Room for a section without any item: its heading, its longest note, and the gaps around them. */
function reservedLength(section: Section, measure: Measure): number {
  const { heading, tail, leftOut } = section;
  const gaps = (tail === undefined ? 3 : 4) * GAP.length;
  return measure(heading) + measure(tail ?? "") + measure(leftOut(told(section, 0))) + gaps;
}

/** How many things the items tell of from `start` on. */
function told({ items, weights }: Section, start: number): number {
  if (weights === undefined) return items.length - start;
  return weights.slice(start).reduce((sum, weight) => sum + weight, 0);
}

/** Two rounds in the order of ranks: first each section within its share, then whatever room is left. */
function keepItems(
  sections: readonly Section[],
  free: number,
  measure: Measure,
): ReadonlyMap<Section, number> {
  const kept = new Map<Section, number>();
  const ordered = [...sections].sort((a, b) => a.rank - b.rank);
  let left = free;
  for (const round of ["share", "rest"] as const) {
    for (const section of ordered) {
      const room = round === "share" ? Math.min(left, free * (section.share ?? 1)) : left;
      const before = kept.get(section) ?? 0;
      const { count, length } = itemsWithin(section, before, room, measure);
      left -= length;
      kept.set(section, before + count);
    }
  }
  return kept;
}

/** How many items from `start` on fit into `room`, and what they take. */
function itemsWithin(
  { items, separator }: Section,
  start: number,
  room: number,
  measure: Measure,
): { readonly count: number; readonly length: number } {
  let count = 0;
  let length = 0;
  for (const item of items.slice(start)) {
    const more = measure(item) + separator.length;
    if (length + more > room) break;
    length += more;
    count += 1;
  }
  return { count, length };
}

function sectionText(section: Section, kept: number): string {
  const body = section.items.slice(0, kept).join(section.separator);
  const opening = section.heading === "" || body === "" ? "" : section.separator;
  const missing = told(section, kept);
  const note = missing === 0 ? "" : section.leftOut(missing);
  return [`${section.heading}${opening}${body}`, section.tail ?? "", note]
    .filter((part) => part !== "")
    .join(GAP);
}
