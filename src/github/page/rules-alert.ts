import { escapeMarkdown } from "../../render/markdown/markdown-escape.ts";
import { type RoomOnTop, rulesOnTop } from "../../render/markdown/rule-change-markdown.ts";
import {
  type RuleChangesEntry,
  refusedWords,
  unknownRules,
} from "../../render/page/rules/rule-change-entry.ts";
import { alertBlock, namingLine } from "./alert.ts";
import { utf8Length } from "./limits.ts";

/** How much of the weaker rules comes first of all: an alert is never cut. */
export const RULES_ROOM: RoomOnTop = { room: 2_400, measure: utf8Length };

/** Bytes that the names of what would have been refused may take. */
const NAMES_MAX = 600;

const CHANGED = "### This pull request changes the rules";

const UNKNOWN = "### Nobody knows whether this pull request changes the rules";

/** What a pull request weakens of the rules, one block that comes before its headline; none where there is nothing of it. */
export function rulesAlert(changes: RuleChangesEntry | null): readonly string[] {
  if (changes === null) return [];
  if (changes.unknown !== null) {
    return [`${UNKNOWN}\n${alertBlock("WARNING", escapeMarkdown(unknownRules(changes)))}`];
  }
  const { base, weaker, refused } = changes;
  if (weaker.length + refused.length === 0) return [];
  const lines = [
    `**Weaker than in ${escapeMarkdown(base)}:**`,
    ...rulesOnTop(weaker, RULES_ROOM).lines,
    refusedLine(changes),
  ];
  return [`${CHANGED}\n${alertBlock("CAUTION", lines.join("\\\n> "))}`];
}

function refusedLine(changes: RuleChangesEntry): string {
  const { refused } = changes;
  const title = escapeMarkdown(refusedWords(changes));
  if (refused.length === 0) return `${title}.`;
  const names = refused.map(({ who, rule }) => `${who} (${rule})`);
  return namingLine({ title, names: [...new Set(names)], means: "" }, NAMES_MAX);
}

/** Whether a block of a comment is what {@link rulesAlert} wrote. */
export function isRulesAlert(block: string): boolean {
  return [CHANGED, UNKNOWN].some((title) => block.includes(`${title}\n> [!`));
}
