import type { ApplyResult, Report } from "../../domain/model.ts";
import { type Advice, COMMAND_ADVICE } from "./advice.ts";
import type { PageAlert, PageOrigin, PageSection, Sentences } from "./page-section.ts";
import { reportAlerts } from "./report-alerts.ts";
import { groupReport, type ReportGroup } from "./report-groups.ts";
import { lastLine, reportVerdict, runTimeText } from "./report-words.ts";
import { type Grouping, type Told, tellResults } from "./same-reason.ts";

/** What a report says to people, whatever writes it down. Unchanged campaigns with nothing to say are only counted. */
export type ReportPage = {
  readonly verdict: Sentences;
  readonly origin: PageOrigin;
  readonly alerts: readonly PageAlert[];
  readonly groups: readonly ReportSection[];
  /** The stable line. */
  readonly lastLine: string;
};

/** A group of results in words, one item a campaign or a reason. */
export type ReportSection = Omit<ReportGroup, "results"> & PageSection<Told<ApplyResult>>;

/** How pages about one report may differ. */
export type ReportManner = { readonly advice: Advice; readonly grouping: Grouping };

/** Sorts a report for reading and puts it into words. */
export function reportPage(
  report: Report,
  { advice = COMMAND_ADVICE[report.kind], grouping = "together" }: Partial<ReportManner> = {},
): ReportPage {
  const { kind, apiUrl, environment } = report;
  return {
    verdict: reportVerdict(report),
    origin: { apiUrl, environment, when: runTimeText(report) },
    alerts: reportAlerts(report),
    groups: groupReport(report, advice).map(({ results, ...group }) => ({
      ...group,
      items: tellResults(results, kind, grouping),
    })),
    lastLine: lastLine(report),
  };
}
