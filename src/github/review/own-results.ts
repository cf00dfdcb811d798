import { withResults } from "../../apply/report.ts";
import type { Plan, Report } from "../../domain/model.ts";
import { updatesOf } from "../../plan/updates.ts";
import type { Reviewed } from "../run/model.ts";
import { changesOf } from "./compare-reviewed.ts";
import { changeDigest } from "./reviewed.ts";

/** What of a report is about the campaigns of a reviewed plan; all of it where nobody can tell which these are. */
export function reportOn(reviewed: Reviewed, report: Report, plan: Plan): Report {
  const ids = campaignsOf(reviewed, plan);
  if (ids === null) return report;
  return withResults(
    report,
    report.results.filter(({ campaignId }) => ids.has(campaignId)),
  );
}

/** The campaigns of a reviewed plan; null when its digests do not tell, since live or a file has changed. */
function campaignsOf(reviewed: Reviewed, plan: Plan): ReadonlySet<string> | null {
  if (reviewed.kind !== "changes" && reviewed.named !== undefined) {
    return new Set(changesOf(reviewed, plan).map(({ campaignId }) => campaignId));
  }
  switch (reviewed.kind) {
    case "changes":
      return new Set(reviewed.changes.map(({ campaignId }) => campaignId));
    case "digests": {
      const digests = new Set(reviewed.digests);
      const held = plan.changes.flatMap((change) => {
        if (change.action !== "update" && change.action !== "skip") return [];
        return digests.has(changeDigest(change)) ? [change.campaignId] : [];
      });
      return held.length === digests.size ? new Set(held) : null;
    }
    case "digest":
      return plan.digest === reviewed.digest
        ? new Set(updatesOf(plan.changes).map(({ campaignId }) => campaignId))
        : null;
  }
}
