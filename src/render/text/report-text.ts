import type { ApplyResult, Report } from "../../domain/model.ts";
import { escapeText } from "../../text/invisible.ts";
import { COMMAND_ADVICE } from "../page/advice.ts";
import { bindingCounts, bindingLines } from "../page/audience-rows.ts";
import { groupReport, type ReportGroup } from "../page/report-page.ts";
import { lastLine, reportVerdict, runTimeText } from "../page/report-words.ts";
import { type Told, tellResults } from "../page/same-reason.ts";
import { plainStyle, type Style } from "./style.ts";
import { blockHead, indented, originText, textSection } from "./text-block.ts";

/**
 * What `apply` or `wait` did, for a person at a terminal: the verdict, a block a campaign that has something to tell,
 * grouped by what became of it, and the stable last line. Ends with a newline.
 */
export function renderReportText(report: Report, options: { readonly style?: Style } = {}): string {
  const { style = plainStyle } = options;
  const lines = [
    style.bold(reportVerdict(report).join(" ")),
    style.dim(escapeText(originText({ ...report, when: runTimeText(report) }))),
    ...groupReport(report, COMMAND_ADVICE[report.kind]).flatMap((group) => groupLines(group, report, style)),
    "",
    lastLine(report),
  ];
  return `${lines.join("\n")}\n`;
}

function groupLines(group: ReportGroup, report: Report, style: Style): readonly string[] {
  const items = tellResults(group.results, report.kind);
  const blockOf = ({ of, title, facts }: Told<ApplyResult>) => [
    ...blockHead(group.sign, group.word, { name: title, facts }, style),
    ...of.flatMap(liveLines),
  ];
  const notes = group.notes.length === 0 ? [] : ["", ...group.notes.map(indented)];
  return [...textSection({ title: group.title, items }, blockOf, style), ...notes];
}

function liveLines({ live }: ApplyResult): readonly string[] {
  if (live === null) return [];
  return [
    indented(`live now: ${bindingCounts(live)}`),
    ...bindingLines(live).map((line) => indented(`  ${escapeText(line)}`)),
  ];
}
