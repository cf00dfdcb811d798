import type { Plan, Unreadable } from "../../domain/model.ts";
import { SHOW_ALL } from "../../people/privacy.ts";
import { quantity } from "../../text/figures.ts";
import { escapeText } from "../../text/invisible.ts";
import { BECAUSE } from "../page/because-words.ts";
import type { ChangeEntry, UpdateEntry } from "../page/change-entry.ts";
import { DIRECTION_SIGNS, DIRECTION_WORDS, NO_EXCLUDE_WARNING } from "../page/effect-words.ts";
import { positionText } from "../page/facts.ts";
import type { PageSection } from "../page/page-section.ts";
import { headText } from "../page/page-section.ts";
import { directionCounts } from "../page/plan-head.ts";
import { planPage } from "../page/plan-page.ts";
import type { Told } from "../page/same-reason.ts";
import { diagnosticLines } from "./diagnostics.ts";
import { refusalLines, toldLines } from "./finding-lines.ts";
import { stricterLines, weakerLines } from "./rule-change-lines.ts";
import { comparisonLines, directionColour } from "./sentence-lines.ts";
import { plainStyle, type Style } from "./style.ts";
import { blockHead, factLines, indented, originText, textSection } from "./text-block.ts";

/** How a plan is shown as text. */
export type PlanTextOptions = {
  readonly style?: Style;
  /** Below how many people a count is not shown. */
  readonly minCount?: number;
  /** Shows every changed campaign, and how skipped ones differ. */
  readonly isVerbose?: boolean;
  /** Whether somebody is asked about it: then nobody who can reach more people stays without a name. */
  readonly isAsked?: boolean;
};

/** Changed campaigns that one reads through; of more only the number is told. Who loses the last exclude is always shown. */
const MOST_SHOWN = 20;

/**
 * A plan for a person at a terminal: the head, a block a changed campaign with what is dangerous first, then skipped and unreadable ones, warnings, the digest, and the stable last line. Ends with a newline.
 */
export function renderPlanText(plan: Plan, options: PlanTextOptions = {}): string {
  const { style = plainStyle, minCount = SHOW_ALL, isVerbose = false, isAsked = false } = options;
  const page = planPage(plan, minCount);
  const { head, origin, updates, skips, unread, findings, ruleChanges, warnings, digest, lastLine } = page;
  const bare = updates.items.filter(({ losesLastExclude }) => losesLastExclude).length;
  const most = isVerbose ? updates.items.length : Math.max(MOST_SHOWN, bare);
  const shown = { title: "To change", items: updates.items.slice(0, most) };
  const lines = [
    ...weakerLines(ruleChanges, style),
    style.bold(headText(head)),
    style.dim(escapeText(originText(origin))),
    ...refusalLines(findings, style),
    ...textSection(shown, (entry) => updateBlock(entry, style), style),
    ...moreLines(updates.items.slice(most), isAsked, style),
    ...skipLines(skips, isVerbose, style),
    ...textSection(unread, (told) => unreadBlock(told, style), style),
    ...toldLines(findings, style),
    ...stricterLines(ruleChanges, style),
    ...textSection(warnings, (warning) => diagnosticLines(warning, style), style),
    "",
    style.dim(`Digest: ${escapeText(digest)}`),
    lastLine,
  ];
  return `${lines.join("\n")}\n`;
}

function updateBlock(entry: UpdateEntry, style: Style): readonly string[] {
  const { facts, losesLastExclude, comparison } = entry;
  return [
    headLine(entry, style),
    ...factLines(facts, style),
    "",
    ...(losesLastExclude ? [indented(style.red(NO_EXCLUDE_WARNING))] : []),
    ...comparisonLines(comparison, style),
  ];
}

/** Who, and what becomes of how many: `▲ Spring re-engagement  more people`. */
function headLine({ direction, name }: UpdateEntry, style: Style): string {
  const colour = directionColour(direction, style);
  return `${colour(DIRECTION_SIGNS[direction])} ${style.bold(escapeText(name))}  ${colour(DIRECTION_WORDS[direction])}`;
}

function moreLines(rest: readonly UpdateEntry[], isNaming: boolean, style: Style): readonly string[] {
  if (rest.length === 0) return [];
  const named = isNaming ? rest.filter(({ reachesMore }) => reachesMore) : [];
  return [
    "",
    `${quantity(rest.length, "campaign")} more: ${directionCounts(rest)}. --verbose shows them all.`,
    ...named.map((entry) => indented(headLine(entry, style))),
  ];
}

function skipLines(
  { title, items }: PageSection<ChangeEntry>,
  isVerbose: boolean,
  style: Style,
): readonly string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap((entry) => [
    skipLine(entry, style),
    ...(isVerbose ? comparisonLines(entry.comparison, style) : []),
  ]);
  return ["", style.bold(title), "", ...lines];
}

function skipLine({ name, status, comparison, source, because }: ChangeEntry, style: Style): string {
  const differs = `differs in ${quantity(comparison.sentences.length, "audience")}`;
  const cause = because.length === 0 ? "" : `, ${BECAUSE} ${because.join("; ")}`;
  const where = style.dim(escapeText(`${positionText(source)}${cause}`));
  const what = `${escapeText(status)}, ${differs}  ${where}`;
  return `${style.yellow("! skip")}  ${style.bold(escapeText(name))}  ${what}`;
}

function unreadBlock({ title, facts }: Told<Unreadable>, style: Style): readonly string[] {
  return blockHead("?", "error", { name: title, facts }, style);
}
