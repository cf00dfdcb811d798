import type { Span } from "../domain/source-file.ts";
import { type Comment, indentAt, isAfterBlank } from "../yaml/comments.ts";
import type { CampaignText, Key, KeySection, Part, Remark } from "./campaign-text.ts";
import type { OutlinePart, OutlineSection } from "./outline.ts";

/** What comments were found to belong to something. */
type Found = { readonly above: Comment[]; readonly inside: Comment[] };
type FoundSection = Found & {
  readonly of: OutlineSection;
  readonly parts: readonly (Found & { readonly of: OutlinePart })[];
  readonly below: Comment[];
};

/** What a campaign file says, and where. */
export type TakenApart = CampaignText & {
  /** The lines of each key, without the comments above it; null where not every key has lines of its own. */
  readonly regions: ReadonlyMap<Key, Span> | null;
};

/** Gives each comment of a file to the line that it speaks of, by where it stands. */
export function attachComments(
  outline: readonly OutlineSection[],
  comments: readonly Comment[],
  text: string,
): TakenApart {
  const sections = outline.map((of) => ({
    of,
    ...nothing(),
    parts: of.parts.map((part) => ({ of: part, ...nothing() })),
    below: [],
  }));
  const first = outline[0]?.span[0] ?? 0;
  const opening = comments.filter(({ offset }) => offset < first);
  const closing: Comment[] = [];
  for (const comment of comments.slice(opening.length)) place(comment, sections, closing, text);
  return {
    opening: opening.map((each) => remarkOf(each, text)),
    isOpeningApart: isAfterBlank(text, first),
    sections: sections.map((section, index) => writtenSection(section, index === 0, text)),
    closing: closing.map((each) => remarkOf(each, text)),
    regions: regionsOf(sections, comments, text),
  };
}

function regionsOf(
  sections: readonly FoundSection[],
  comments: readonly Comment[],
  text: string,
): ReadonlyMap<Key, Span> | null {
  const regions = new Map<Key, Span>();
  for (const { of, inside, parts, below } of sections) {
    const own = [...inside, ...below, ...parts.flatMap((part) => [...part.above, ...part.inside])];
    const last = Math.max(of.span[1] - 1, ...own.map(({ offset }) => offset));
    const lineEnd = text.indexOf("\n", last);
    const region: Span = [of.span[0], lineEnd === -1 ? text.length : lineEnd + 1];
    const within = comments.filter(({ offset }) => region[0] <= offset && offset < region[1]);
    if (indentAt(text, of.span[0]) !== 0 || within.some((each) => !own.includes(each))) return null;
    regions.set(of.key, region);
  }
  return regions;
}

function nothing(): Found {
  return { above: [], inside: [] };
}

function place(comment: Comment, sections: readonly FoundSection[], closing: Comment[], text: string): void {
  const { offset, isAlone } = comment;
  const index = sections.findLastIndex(({ of }) => of.span[0] < offset);
  const section = sections[index];
  if (section === undefined) return;
  const holder = section.parts.find(({ of }) => of.span[0] < offset && offset < of.span[1]);
  if (holder !== undefined) holder.inside.push(comment);
  else if (!isAlone) besideOf(section, offset, text).inside.push(comment);
  else placeAlone(comment, section, sections[index + 1]?.above ?? closing, text);
}

/** The entry that ends on the line of a comment, unless the whole list does; else the key. */
function besideOf(section: FoundSection, offset: number, text: string): Found {
  const part = section.parts.findLast(({ of }) => of.span[1] <= offset);
  const end = part?.of.span[1] ?? offset;
  const isBehindList = section.of.span[1] > end && section.of.span[1] <= offset;
  return part === undefined || isBehindList || text.slice(end, offset).includes("\n") ? section : part;
}

function placeAlone(comment: Comment, section: FoundSection, next: Comment[], text: string): void {
  const { offset } = comment;
  const following = section.parts.find(({ of }) => of.span[0] > offset);
  const isWithin = offset < section.of.span[1];
  if (following !== undefined) following.above.push(comment);
  else if (section.parts.length > 0 && (isWithin || indentAt(text, offset) !== 0))
    section.below.push(comment);
  else if (isWithin) section.above.push(comment);
  else next.push(comment);
}

function writtenSection(found: FoundSection, isFirst: boolean, text: string): KeySection {
  const { of, parts, below } = found;
  const { isAfterBlank: isApart, ...lines } = commented(found, of.span[0], text);
  const written = parts.map((part) => ({ text: part.of.text, ...commented(part, part.of.span[0], text) }));
  const isBare = below.length === 0 && written.every(hasNoComment);
  const value = of.value ?? (of.key === "labels" && isBare ? inBraces(written) : null);
  return {
    key: of.key,
    ...lines,
    // A blank line above the first key stands behind the opening comments, whichever key comes first then.
    isAfterBlank: isApart && !isFirst,
    value,
    parts: value === null ? written : [],
    below: below.map((each) => remarkOf(each, text)),
  };
}

/** A comment within an entry, or behind it, stays beside it; of several none does, since they need lines of their own. */
function commented({ above, inside }: Found, offset: number, text: string): Omit<Part, "text"> {
  const sides = inside.filter(({ isAlone }) => !isAlone);
  const [only] = sides.length === 1 ? sides : [];
  const others = inside.filter((comment) => comment !== only);
  return {
    above: [...above, ...others].map((each) => remarkOf(each, text)),
    beside: only?.text ?? null,
    isAfterBlank: isAfterBlank(text, offset),
  };
}

function remarkOf({ text: words, offset }: Comment, text: string): Remark {
  return { text: words, isAfterBlank: isAfterBlank(text, offset) };
}

function hasNoComment({ above, beside }: Part): boolean {
  return above.length === 0 && beside === null;
}

const WIDTH = 100;

/** The labels on one line; null where they do not fit there. */
function inBraces(parts: readonly Part[]): string | null {
  const line = `{ ${parts.map(({ text }) => text).join(", ")} }`;
  return line.length <= WIDTH ? line : null;
}
