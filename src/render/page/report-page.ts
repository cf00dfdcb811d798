import type { ApplyResult, Report } from "../../domain/model.ts";
import { isLeftToNewerRun } from "../../domain/newer-run.ts";
import { SHOW_ALL } from "../../people/privacy.ts";
import { quantity } from "../../text/figures.ts";
import { type Advice, COMMAND_ADVICE } from "./advice.ts";
import { shownName } from "./facts.ts";
import { biggestFirst, farMoved } from "./moved-people.ts";
import type { PageAlert, PageHead, PageOrigin, PageSection } from "./page-section.ts";
import { groupReport, type ReportGroup, resultsOfKind } from "./report-groups.ts";
import { lastLine, reportHead, runTimeText } from "./report-words.ts";
import { type FindingSections, findingSections } from "./rules/finding-entry.ts";
import { type ReportTelling, type Told, tellResults } from "./same-reason.ts";

/** What a report says to people, whatever writes it down. Unchanged campaigns with nothing to say are only counted. */
export type ReportPage = {
  readonly head: PageHead;
  readonly origin: PageOrigin;
  readonly alerts: readonly PageAlert[];
  readonly findings: FindingSections;
  readonly groups: readonly ReportSection[];
  /** The stable line. */
  readonly lastLine: string;
};

/** A group of results in words, one item a campaign or a reason. */
export type ReportSection = Omit<ReportGroup, "results"> & PageSection<Told<ApplyResult>>;

/** How pages about one report may differ. */
export type ReportManner = ReportTelling & { readonly advice: Advice };

/** Sorts a report for reading and puts it into words. */
export function reportPage(
  report: Report,
  {
    advice = COMMAND_ADVICE[report.kind],
    grouping = "together",
    minCount = SHOW_ALL,
  }: Partial<ReportManner> = {},
): ReportPage {
  const { kind, apiUrl, environment } = report;
  return {
    head: reportHead(report),
    origin: { apiUrl, environment, when: runTimeText(report) },
    alerts: reportAlerts(report, minCount),
    findings: findingSections(report.findings, report.results, report.results.some(isRefused)),
    groups: groupReport(report, advice).map(({ results, ...group }) => ({
      ...group,
      items: tellResults(biggestFirst(results), kind, { grouping, minCount }),
    })),
    lastLine: lastLine(report),
  };
}

function isRefused({ reason }: ApplyResult): boolean {
  return reason === "guardrail";
}

/** Who is reached far more or less, what was refused, what did not succeed, whose reach is not known; in this order. */
function reportAlerts(report: Report, minCount: number): readonly PageAlert[] {
  const failed = report.results.filter(
    (result) =>
      result.outcome === "failed" || (result.outcome === "not-attempted" && !isLeftToNewerRun(result)),
  );
  const far = farMoved(report.results, minCount);
  return [
    ...(far.length === 0 ? [] : [{ level: "warning" as const, lines: far }]),
    ...alert("caution", "refused as stale", resultsOfKind(report, "stale"), REFUSED_MEANS),
    ...alert("warning", "not done", failed, ""),
    ...alert("warning", "applied, but reach is not confirmed", resultsOfKind(report, "applied-open"), ""),
  ];
}

const REFUSED_MEANS = "What would be written now is not what was reviewed, so nothing was written.";

function alert(
  level: PageAlert["level"],
  what: string,
  results: readonly ApplyResult[],
  means: string,
): readonly PageAlert[] {
  if (results.length === 0) return [];
  const names = results.map(({ name }) => shownName(name));
  return [{ level, lines: [{ title: `${quantity(results.length, "campaign")} ${what}`, names, means }] }];
}
