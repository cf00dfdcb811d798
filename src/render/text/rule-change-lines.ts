import { escapeText } from "../../text/invisible.ts";
import {
  type RuleChangeEntry,
  type RuleChangesEntry,
  refusedWords,
  unknownRules,
} from "../page/rules/rule-change-entry.ts";
import { findingBlock } from "./finding-lines.ts";
import type { Style } from "./style.ts";
import { indented } from "./text-block.ts";

/** What files weaken of the rules, with what the rules of before would have refused: what a person must see first. */
export function weakerLines(changes: RuleChangesEntry | null, style: Style): readonly string[] {
  if (changes === null) return [];
  const { base, unknown, weaker, refused } = changes;
  if (unknown !== null) return [style.red(escapeText(unknownRules(changes))), ""];
  if (weaker.length + refused.length === 0) return [];
  return [
    style.bold(style.red(`THE RULES ARE WEAKER than in ${escapeText(base)}`)),
    "",
    ...weaker.map((entry) => indented(entryLine("!", entry, style.red, style))),
    "",
    style.bold(`${escapeText(refusedWords(changes))}${refused.length === 0 ? "." : ":"}`),
    ...refused.flatMap((entry) => ["", ...findingBlock(entry, style)]),
    "",
  ];
}

/** What files make stricter, which is no danger. */
export function stricterLines(changes: RuleChangesEntry | null, style: Style): readonly string[] {
  if (changes === null || changes.stricter.length === 0) return [];
  const lines = changes.stricter.map((entry) => indented(entryLine("+", entry, (text) => text, style)));
  return ["", style.bold(`Rules that are stricter than in ${escapeText(changes.base)}`), "", ...lines];
}

function entryLine(
  sign: string,
  { rule, who, message }: RuleChangeEntry,
  colour: (text: string) => string,
  style: Style,
): string {
  const whose = who === null ? "" : `  ${style.bold(escapeText(who))}`;
  return `${colour(`${sign} ${rule}`)}${whose}  ${escapeText(message)}`;
}
