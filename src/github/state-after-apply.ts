import type { ApplyResult, Plan, Report } from "../domain.ts";
import { holding, type Verdict } from "./compare-reviewed.ts";
import type { CommentState, Reviewed } from "./model.ts";

/**
 * What becomes of a plan comment when its plan was applied: `applied` when all its campaigns ended as applied,
 * unchanged or skipped; it stays `planned` while one failed, so that a later run tries again; else `refused`. A
 * campaign that is no longer declared has nothing left to do.
 *
 * @param verdicts what {@link compareReviewed} said of the plan's updates.
 */
export function stateAfterApply(
  reviewed: Reviewed,
  plan: Plan,
  report: Report,
  verdicts: ReadonlyMap<string, Verdict>,
): CommentState {
  const isOurs = ownership(reviewed, plan, verdicts);
  const outcomes = new Set(report.results.filter(isOurs).map(({ outcome }) => outcome));
  if (outcomes.has("failed") || outcomes.has("not-attempted")) return "planned";
  return outcomes.has("stale") ? "refused" : "applied";
}

/**
 * Which results belong to a reviewed plan. Where it is known by digests only, an update that no plan is known to have
 * reviewed otherwise may well be its own, and so may a campaign that could not be read: both count, to be safe.
 */
function ownership(
  reviewed: Reviewed,
  plan: Plan,
  verdicts: ReadonlyMap<string, Verdict>,
): (result: ApplyResult) => boolean {
  if (reviewed.kind === "changes") {
    const named = new Set(reviewed.changes.map(({ campaignId }) => campaignId));
    return ({ campaignId }) => named.has(campaignId);
  }
  const isHeld = holding(reviewed, plan);
  const own = plan.changes.flatMap((change) => {
    if (change.action !== "update") return change.action === "error" ? [change.campaignId] : [];
    const verdict = verdicts.get(change.campaignId);
    const isOpen = verdict?.kind === "differs" && verdict.reviewed === null;
    return isOpen || isHeld(change) ? [change.campaignId] : [];
  });
  const ids = new Set(own);
  return ({ campaignId }) => ids.has(campaignId);
}
