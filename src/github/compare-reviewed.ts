import type { Plan, Update } from "../domain.ts";
import { sameBinding } from "../plan/canonical.ts";
import type { Reviewed, ReviewedChange } from "./model.ts";
import { changeDigest } from "./reviewed.ts";

/** Whether an update is what was reviewed. `reviewed` is what was reviewed instead, null where nobody knows. */
export type Verdict =
  | { readonly kind: "reviewed" }
  | { readonly kind: "differs"; readonly reviewed: ReviewedChange | null };

/** What one reviewed plan says of an update; null when it has nothing to say. */
type Judge = (update: Update, plan: Plan) => Verdict | null;

const REVIEWED: Verdict = { kind: "reviewed" };

/**
 * Compares every update of a plan with what was reviewed, the newest reviewed plan first. The first that names the
 * campaign with its audiences decides. A plan that is known by digests only cannot say which campaigns it named: it
 * permits an update that it holds, or stays silent. What nobody permits, differs.
 */
export function compareReviewed(plan: Plan, reviewed: readonly Reviewed[]): ReadonlyMap<string, Verdict> {
  const judges = reviewed.map(judgeOf);
  const updates = plan.changes.flatMap((change) => (change.action === "update" ? [change] : []));
  return new Map(updates.map((update) => [update.campaignId, verdictOn(update, plan, judges)]));
}

function verdictOn(update: Update, plan: Plan, judges: readonly Judge[]): Verdict {
  for (const judge of judges) {
    const verdict = judge(update, plan);
    if (verdict !== null) return verdict;
  }
  return { kind: "differs", reviewed: null };
}

function judgeOf(reviewed: Reviewed): Judge {
  switch (reviewed.kind) {
    case "changes": {
      const byCampaign = new Map(reviewed.changes.map((change) => [change.campaignId, change]));
      return (update) => judgeChange(update, byCampaign.get(update.campaignId));
    }
    case "digests": {
      const held = new Set(reviewed.digests);
      return (update) => (held.has(changeDigest(update)) ? REVIEWED : null);
    }
    case "digest":
      return (_, plan) => (plan.digest === reviewed.digest ? REVIEWED : null);
  }
}

function judgeChange(update: Update, reviewed: ReviewedChange | undefined): Verdict | null {
  if (reviewed === undefined) return null;
  return sameBinding(update.before, reviewed.before) && sameBinding(update.after, reviewed.after)
    ? REVIEWED
    : { kind: "differs", reviewed };
}
