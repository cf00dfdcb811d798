import type { ApplyResult, Report } from "../../domain/model.ts";
import { isLeftToNewerRun } from "../../domain/newer-run.ts";
import { quantity } from "../../text/figures.ts";
import { shownName } from "./facts.ts";
import type { PageAlert } from "./page-section.ts";
import { resultsOfKind } from "./report-groups.ts";

/** What was refused, what did not succeed, whose reach is not known; in this order. */
export function reportAlerts(report: Report): readonly PageAlert[] {
  const failed = report.results.filter(
    (result) =>
      result.outcome === "failed" || (result.outcome === "not-attempted" && !isLeftToNewerRun(result)),
  );
  return [
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
  return [{ level, title: `${quantity(results.length, "campaign")} ${what}`, names, means }];
}
