import type { Plan, Skip, Unreadable, Update } from "../../domain/model.ts";
import { timeText } from "../../text/figures.ts";
import { escapeText } from "../../text/invisible.ts";
import { bindingCounts, changeLines, differenceLines } from "../audience-lines.ts";
import { diagnosticLines } from "../diagnostics.ts";
import { directionSentences, NO_EXCLUDE_WARNING, noExcludeIsLeft } from "../direction.ts";
import { changeFacts, shownName } from "../facts.ts";
import { type Told, tellUnreadable } from "../same-reason.ts";
import { plainStyle, type Style } from "../style.ts";
import { planLine } from "../summary-line.ts";
import { audienceTextLines, factLines, headerLine, indented, textSection } from "../text-block.ts";
import { type Compared, groupPlan, planVerdict } from "./plan-groups.ts";

/**
 * A plan for a person at a terminal: the verdict, a block a changed campaign with those that can reach more people
 * first, then skipped and unreadable ones, warnings, the digest, and the stable last line. Ends with a newline.
 */
export function renderPlanText(plan: Plan, options: { readonly style?: Style } = {}): string {
  const { style = plainStyle } = options;
  const groups = groupPlan(plan);
  const lines = [
    style.bold(planVerdict(plan).join(" ")),
    style.dim(escapeText(originText(plan))),
    ...textSection(
      "To change",
      groups.updates.map((update) => updateBlock(update, style)),
      style,
    ),
    ...textSection(
      "Skipped: not draft, left alone although different",
      groups.skips.map((skip) => skipBlock(skip, style)),
      style,
    ),
    ...textSection(
      "Could not be read",
      tellUnreadable(groups.errors).map((told) => errorBlock(told, style)),
      style,
    ),
    ...textSection(
      "Warnings",
      plan.diagnostics.map((diagnostic) => diagnosticLines(diagnostic, style)),
      style,
    ),
    "",
    style.dim(`Digest: ${escapeText(plan.digest)}`),
    planLine(plan.summary),
  ];
  return `${lines.join("\n")}\n`;
}

function originText(plan: Plan): string {
  const environment = plan.environment === null ? "" : `, environment ${plan.environment}`;
  return `API ${plan.apiUrl}${environment}, planned ${timeText(plan.createdAt)}`;
}

function updateBlock({ change, audiences }: Compared<Update>, style: Style): readonly string[] {
  return [
    headerLine("~", "change", shownName(change.name), style),
    ...factLines(changeFacts(change), style),
    "",
    ...directionSentences(audiences).map(indented),
    ...loudLines(change, style),
    ...audienceTextLines(changeLines(audiences), style),
    indented(`full replacement: ${bindingCounts(change.after)} afterwards`),
  ];
}

function loudLines(change: Update, style: Style): readonly string[] {
  if (!noExcludeIsLeft(change.before, change.after)) return [];
  return [indented(style.red(NO_EXCLUDE_WARNING))];
}

function skipBlock({ change, audiences }: Compared<Skip>, style: Style): readonly string[] {
  return [
    headerLine("!", "skip", shownName(change.name), style),
    ...factLines(changeFacts(change), style),
    "",
    ...audienceTextLines(differenceLines(audiences), style),
  ];
}

function errorBlock({ title, facts }: Told<Unreadable>, style: Style): readonly string[] {
  return [headerLine("?", "error", title, style), ...factLines(facts, style)];
}
