/** A comment on a line of its own. */
export type Remark = { readonly text: string; readonly isAfterBlank: boolean };

/** A line of a file with the comments that belong to it. */
type Commented = {
  readonly above: readonly Remark[];
  /** The comment behind it on its line; null for none. */
  readonly beside: string | null;
  readonly isAfterBlank: boolean;
};

/** One entry below a key. */
export type Part = Commented & { readonly text: string };

/** The keys of a campaign file, in the order of its schema. */
export const KEYS = ["campaignId", "name", "owner", "labels", "include", "exclude"] as const;

/** One of the keys of a campaign file. */
export type Key = (typeof KEYS)[number];

/** A key with what it says: a value on its line, or parts on lines below it. */
export type KeySection = Commented & {
  readonly key: Key;
  readonly value: string | null;
  readonly parts: readonly Part[];
  /** Comments behind the last part. */
  readonly below: readonly Remark[];
};

/** What a campaign file says, its comments too, without the form that it says it in. */
export type CampaignText = {
  readonly opening: readonly Remark[];
  /** Whether a blank line stands behind the opening comments. */
  readonly isOpeningApart: boolean;
  readonly sections: readonly KeySection[];
  readonly closing: readonly Remark[];
};

/** A line without a comment. */
export const BARE: Commented = { above: [], beside: null, isAfterBlank: false };

/** Writes one key with all that it says. */
export function writeSection(section: KeySection): string {
  const lines: string[] = [];
  pushSection(lines, section);
  return lines.map((line) => `${line}\n`).join("");
}

/**
 * Writes a campaign file in the one canonical form: keys in the order of the schema, an entry a line, comments where
 * they belong, and of blank lines at most one, between keys, entries or comments.
 */
export function writeCampaignText({ opening, isOpeningApart, sections, closing }: CampaignText): string {
  const lines: string[] = [];
  for (const remark of opening) pushRemark(lines, remark, "");
  let isFirst = true;
  for (const key of KEYS) {
    const section = sections.find((each) => each.key === key);
    if (section === undefined) continue;
    if (isFirst && isOpeningApart) pushBlank(lines, 0);
    pushSection(lines, section);
    isFirst = false;
  }
  for (const remark of closing) pushRemark(lines, remark, "");
  return `${lines.join("\n")}\n`;
}

function pushSection(lines: string[], section: KeySection): void {
  const { key, value, parts, below } = section;
  pushLine(lines, section, `${key}:${value === null ? "" : ` ${value}`}`, "");
  const from = lines.length;
  const hyphen = key === "include" || key === "exclude" ? "- " : "";
  for (const part of parts) pushLine(lines, part, hyphen + part.text, "  ", from);
  for (const remark of below) pushRemark(lines, remark, "  ", from);
}

function pushLine(lines: string[], line: Commented, text: string, indent: string, from = 0): void {
  for (const remark of line.above) pushRemark(lines, remark, indent, from);
  if (line.isAfterBlank) pushBlank(lines, from);
  lines.push(`${indent}${text}${line.beside === null ? "" : ` ${line.beside}`}`);
}

function pushRemark(lines: string[], { text, isAfterBlank }: Remark, indent: string, from = 0): void {
  if (isAfterBlank) pushBlank(lines, from);
  lines.push(indent + text);
}

/** @param from where the lines begin that are among themselves: none of them begins with a blank line. */
function pushBlank(lines: string[], from: number): void {
  if (lines.length > from && lines.at(-1) !== "") lines.push("");
}
