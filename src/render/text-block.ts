import { escapeText } from "../text/invisible.ts";
import type { AudienceLine } from "./audience-lines.ts";
import type { Fact } from "./facts.ts";
import type { Style } from "./style.ts";

/** The first line of a block: a sign and a word that say what this is, and the campaign's name. */
export function headerLine(sign: string, word: string, name: string, style: Style): string {
  return `${style.yellow(`${sign} ${word}`)}  ${style.bold(escapeText(name))}`;
}

/** Facts below a header, their values aligned. */
export function factLines(facts: readonly Fact[], style: Style): readonly string[] {
  const width = Math.max(...facts.map((fact) => fact.label.length), 0);
  return facts.map(({ label, value }) => indented(`${style.dim(label.padEnd(width))}  ${escapeText(value)}`));
}

/** The lines of a diff below a header. The sign keeps its place; the colour only repeats it. */
export function audienceTextLines(lines: readonly AudienceLine[], style: Style): readonly string[] {
  const colours = { "+": style.green, "-": style.red, "!": style.yellow };
  return lines.map(({ sign, text }) => indented(colours[sign](`${sign} ${escapeText(text)}`)));
}

/** One line of a block's body. */
export function indented(line: string): string {
  return `    ${line}`;
}

/** A titled group of blocks with a blank line before each. No blocks, no section. */
export function textSection(title: string, blocks: readonly (readonly string[])[], style: Style): string[] {
  if (blocks.length === 0) return [];
  return ["", style.bold(title), ...blocks.flatMap((block) => ["", ...block])];
}
