import type { ApplyResult, Report } from "../../domain/model.ts";
import { escapeText } from "../../text/invisible.ts";
import { bindingCounts, bindingLines } from "../audience-lines.ts";
import { tellResults } from "../same-reason.ts";
import { plainStyle, type Style } from "../style.ts";
import { factLines, headerLine, indented, textSection } from "../text-block.ts";
import { COMMAND_ADVICE } from "./advice.ts";
import { groupReport, type ReportGroup } from "./report-groups.ts";
import { lastLine, reportVerdict, runTimeText } from "./report-words.ts";

/**
 * What `apply` or `wait` did, for a person at a terminal: the verdict, a block a campaign that has something to tell,
 * grouped by what became of it, and the stable last line. Ends with a newline.
 */
export function renderReportText(report: Report, options: { readonly style?: Style } = {}): string {
  const { style = plainStyle } = options;
  const lines = [
    style.bold(reportVerdict(report).join(" ")),
    style.dim(escapeText(originText(report))),
    ...groupReport(report, COMMAND_ADVICE[report.kind]).flatMap((group) => groupLines(group, report, style)),
    "",
    lastLine(report),
  ];
  return `${lines.join("\n")}\n`;
}

function originText(report: Report): string {
  const environment = report.environment === null ? "" : `, environment ${report.environment}`;
  return `API ${report.apiUrl}${environment}, ${runTimeText(report)}`;
}

function groupLines(group: ReportGroup, report: Report, style: Style): readonly string[] {
  const blocks = tellResults(group.results, report.kind).map(({ of, title, facts }) => [
    headerLine(group.sign, group.word, title, style),
    ...factLines(facts, style),
    ...of.flatMap(liveLines),
  ]);
  const notes = group.notes.length === 0 ? [] : ["", ...group.notes.map(indented)];
  return [...textSection(group.title, blocks, style), ...notes];
}

function liveLines({ live }: ApplyResult): readonly string[] {
  if (live === null) return [];
  return [
    indented(`live now: ${bindingCounts(live)}`),
    ...bindingLines(live).map((line) => indented(`  ${escapeText(line)}`)),
  ];
}
