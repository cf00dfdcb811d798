/** A part of a Markdown document whose items are kept or left out whole. */
export type Section = {
  /** What stands before the items; empty for none. */
  readonly heading: string;
  readonly items: readonly string[];
  /** Between items: a newline for table rows, a blank line for blocks. */
  readonly separator: "\n" | "\n\n";
  /** Room goes to the lowest rank first, whatever the order on the page. */
  readonly rank: number;
  /** Said in place of items that are left out. */
  readonly leftOut: (count: number) => string;
};

/** What is kept whatever the limit: the verdict on top and the closing lines. */
export type Frame = { readonly verdict: string; readonly closing: string };

/**
 * Puts a document together that is at most `limit` UTF-16 units long, by leaving out whole items from the end of
 * sections and saying how many. Below the few hundred units that headings and notes need, only the frame and a
 * note are left, and they are never cut. Ends with a newline.
 */
export function fitSections(frame: Frame, sections: readonly Section[], limit: number): string {
  const filled = sections.filter((section) => section.items.length > 0);
  const reserved = filled.map(reservedLength);
  const free = limit - frameLength(frame) - reserved.reduce((sum, length) => sum + length, 0);
  if (free < 0) return joined([frame.verdict, NOTHING_FITS, frame.closing]);
  const kept = keepItems(filled, free);
  return joined([
    frame.verdict,
    ...filled.map((section) => sectionText(section, kept.get(section) ?? 0)),
    frame.closing,
  ]);
}

const GAP = "\n\n";

const NOTHING_FITS = "The details are left out: they do not fit here.";

function joined(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join(GAP)}\n`;
}

function frameLength({ verdict, closing }: Frame): number {
  return joined([verdict, closing]).length;
}

/** Room for a section without any item: its heading, its longest note, and the gaps around them. */
function reservedLength({ heading, items, leftOut }: Section): number {
  return heading.length + leftOut(items.length).length + 3 * GAP.length;
}

function keepItems(sections: readonly Section[], free: number): ReadonlyMap<Section, number> {
  const kept = new Map<Section, number>();
  let left = free;
  for (const section of [...sections].sort((a, b) => a.rank - b.rank)) {
    let count = 0;
    for (const item of section.items) {
      const length = item.length + section.separator.length;
      if (length > left) break;
      left -= length;
      count += 1;
    }
    kept.set(section, count);
  }
  return kept;
}

function sectionText(section: Section, kept: number): string {
  const body = section.items.slice(0, kept).join(section.separator);
  const opening = section.heading === "" || body === "" ? "" : section.separator;
  const missing = section.items.length - kept;
  const note = missing === 0 ? "" : section.leftOut(missing);
  return [`${section.heading}${opening}${body}`, note].filter((part) => part !== "").join(GAP);
}
