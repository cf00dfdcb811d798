import type { Plan, Unreadable } from "../../domain/model.ts";
import { escapeText } from "../../text/invisible.ts";
import type { ChangeEntry, UpdateEntry } from "../page/change-entry.ts";
import { NO_EXCLUDE_WARNING } from "../page/effect-words.ts";
import { planPage } from "../page/plan-page.ts";
import type { Told } from "../page/same-reason.ts";
import { diagnosticLines } from "./diagnostics.ts";
import { plainStyle, type Style } from "./style.ts";
import { blockHead, comparisonLines, indented, originText, textSection } from "./text-block.ts";

/**
 * A plan for a person at a terminal: the verdict, a block a changed campaign with those that can reach more people
 * first, then skipped and unreadable ones, warnings, the digest, and the stable last line. Ends with a newline.
 */
export function renderPlanText(plan: Plan, options: { readonly style?: Style } = {}): string {
  const { style = plainStyle } = options;
  const { verdict, origin, updates, skips, unread, warnings, digest, lastLine } = planPage(plan);
  const lines = [
    style.bold(verdict.join(" ")),
    style.dim(escapeText(originText(origin))),
    ...textSection({ ...updates, title: "To change" }, (entry) => updateBlock(entry, style), style),
    ...textSection(skips, (entry) => skipBlock(entry, style), style),
    ...textSection(unread, (told) => unreadBlock(told, style), style),
    ...textSection(warnings, (warning) => diagnosticLines(warning, style), style),
    "",
    style.dim(`Digest: ${escapeText(digest)}`),
    lastLine,
  ];
  return `${lines.join("\n")}\n`;
}

function updateBlock(entry: UpdateEntry, style: Style): readonly string[] {
  return [
    ...blockHead("~", "change", entry, style),
    "",
    ...entry.sentences.map(indented),
    ...(entry.losesLastExclude ? [indented(style.red(NO_EXCLUDE_WARNING))] : []),
    ...comparisonLines(entry.comparison, style),
  ];
}

function skipBlock(entry: ChangeEntry, style: Style): readonly string[] {
  return [...blockHead("!", "skip", entry, style), "", ...comparisonLines(entry.comparison, style)];
}

function unreadBlock({ title, facts }: Told<Unreadable>, style: Style): readonly string[] {
  return blockHead("?", "error", { name: title, facts }, style);
}
