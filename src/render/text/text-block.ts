import { escapeText } from "../../text/invisible.ts";
import type { Fact } from "../page/facts.ts";
import type { PageOrigin, PageSection } from "../page/page-section.ts";
import type { Style } from "./style.ts";

/** Where a result is from, as one line. Not yet escaped. */
export function originText({ apiUrl, environment, when }: PageOrigin): string {
  return `API ${apiUrl}${environment === null ? "" : `, environment ${environment}`}, ${when}`;
}

/** A titled group of blocks with a blank line before each. No items, no section. */
export function textSection<T>(
  { title, items }: PageSection<T>,
  blockOf: (item: T) => readonly string[],
  style: Style,
): readonly string[] {
  if (items.length === 0) return [];
  return ["", style.bold(title), ...items.flatMap((item) => ["", ...blockOf(item)])];
}

/** How a block begins: a sign and a word that say what this is, the name, and facts with their values aligned. */
export function blockHead(
  sign: string,
  word: string,
  { name, facts }: { readonly name: string; readonly facts: readonly Fact[] },
  style: Style,
): readonly string[] {
  return [`${style.yellow(`${sign} ${word}`)}  ${style.bold(escapeText(name))}`, ...factLines(facts, style)];
}

/** Facts, a line each, with their values aligned. */
export function factLines(facts: readonly Fact[], style: Style): readonly string[] {
  const width = Math.max(...facts.map(({ label }) => label.length), 0);
  return facts.map(({ label, value }) => indented(`${style.dim(label.padEnd(width))}  ${escapeText(value)}`));
}

/** One line of a block's body. */
export function indented(line: string): string {
  return `    ${line}`;
}
