import { isRulesAlert } from "../rules-alert.ts";

/** The blocks of a comment up to its headline, and those below it. */
export function atHeadline(text: string): {
  readonly head: readonly string[];
  readonly rest: readonly string[];
} {
  const blocks = text.split("\n\n");
  const end = isRulesAlert(blocks[0] ?? "") ? 2 : 1;
  return { head: blocks.slice(0, end), rest: blocks.slice(end) };
}
