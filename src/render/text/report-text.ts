import type { ApplyResult, Report } from "../../domain/model.ts";
import { SHOW_ALL } from "../../people/privacy.ts";
import { escapeText } from "../../text/invisible.ts";
import { type AudienceKnowledge, knowledgeIn } from "../page/audience-knowledge.ts";
import { bindingCounts, bindingOf } from "../page/audience-sentences.ts";
import { positionText, shownName } from "../page/facts.ts";
import { headText } from "../page/page-section.ts";
import { type ReportSection, reportPage } from "../page/report-page.ts";
import type { Told } from "../page/same-reason.ts";
import { refusalLines, toldLines } from "./finding-lines.ts";
import { comparisonLines } from "./sentence-lines.ts";
import { plainStyle, type Style } from "./style.ts";
import { blockHead, indented, originText, textSection } from "./text-block.ts";

/**
 * What `apply` or `wait` did, for a person at a terminal: the head, a block a campaign that has something to tell,
 * grouped by what became of it, and the stable last line. Ends with a newline.
 *
 * `minCount`: below how many people a count is not shown, where others read it.
 */
export function renderReportText(
  report: Report,
  options: { readonly style?: Style; readonly minCount?: number } = {},
): string {
  const { style = plainStyle, minCount = SHOW_ALL } = options;
  const { head, origin, findings, groups, lastLine } = reportPage(report, { minCount });
  const lines = [
    style.bold(headText(head)),
    style.dim(escapeText(originText(origin))),
    ...refusalLines(findings, style),
    ...groups.flatMap((group) => groupLines(group, knowledgeIn(report, minCount), style)),
    ...toldLines(findings, style),
    "",
    lastLine,
  ];
  return `${lines.join("\n")}\n`;
}

function groupLines(group: ReportSection, known: AudienceKnowledge, style: Style): readonly string[] {
  const blockOf = ({ of, title, facts }: Told<ApplyResult>) => [
    ...blockHead(group.sign, group.word, { name: title, facts }, style),
    ...of.flatMap((result) => liveLines(result, known, style)),
  ];
  const notes = group.notes.length === 0 ? [] : ["", ...group.notes.map(indented)];
  const told = group.kind === "skipped" ? skippedLines(group, style) : textSection(group, blockOf, style);
  return [...told, ...notes];
}

/** A locked campaign is one line: the title says why it was left alone, and a plan how it differs. */
function skippedLines({ title, sign, word, items }: ReportSection, style: Style): readonly string[] {
  const lines = items.flatMap(({ of }) =>
    of.map(({ name, source }) => {
      const place = style.dim(escapeText(positionText(source)));
      return `${style.yellow(`${sign} ${word}`)}  ${style.bold(escapeText(shownName(name)))}  ${place}`;
    }),
  );
  return ["", style.bold(title), "", ...lines];
}

function liveLines({ live }: ApplyResult, known: AudienceKnowledge, style: Style): readonly string[] {
  if (live === null) return [];
  return [
    indented(`live now: ${bindingCounts(live)}`),
    ...comparisonLines(bindingOf(live, known), style).map((line) => `  ${line}`),
  ];
}
