import { sameBinding } from "../../domain/binding.ts";
import type { Change, Plan, Update } from "../../domain/model.ts";
import { digestOf } from "../../plan/digest.ts";
import { updatesOf } from "../../plan/updates.ts";
import type { Reviewed, ReviewedChange } from "../run/model.ts";
import { namedBy } from "./named-campaigns.ts";
import { changeDigest } from "./reviewed.ts";

/**
 * Whether an update is what was reviewed. `reviewed` is what was reviewed instead, null where nobody knows. `superseded`
 * is said of an update that an older run would write, and of which the branch declares something else by now; `branch-moved`
 * where nobody can tell what it declares.
 */
export type Verdict =
  | { readonly kind: "reviewed" }
  /** `isOverruled`: an earlier reviewed plan shows this very change, and a later one, which decides, another. */
  | {
      readonly kind: "differs";
      readonly reviewed: ReviewedChange | null;
      readonly isOverruled?: boolean;
    }
  | { readonly kind: "superseded" | "branch-moved" };

/** What one reviewed plan says of an update; null when it has nothing to say. */
type Judge = (update: Update) => Verdict | null;

const REVIEWED: Verdict = { kind: "reviewed" };

/**
 * Compares every update of a plan with what was reviewed, the newest reviewed plan first. The first that names the
 * campaign with its audiences decides. A plan that is known by digests only cannot say which campaigns it named: it
 * permits an update that it holds, or stays silent. What nobody permits, differs.
 */
export function compareReviewed(plan: Plan, reviewed: readonly Reviewed[]): ReadonlyMap<string, Verdict> {
  const judges = reviewed.map((each) => judgeOf(each, plan));
  const updates = updatesOf(plan.changes);
  return new Map(updates.map((update) => [update.campaignId, verdictOn(update, judges)]));
}

function verdictOn(update: Update, judges: readonly Judge[]): Verdict {
  const [first, ...earlier] = judges.flatMap((judge) => judge(update) ?? []);
  if (first === undefined) return { kind: "differs", reviewed: null };
  if (first.kind !== "differs") return first;
  return earlier.some(({ kind }) => kind === "reviewed") ? { ...first, isOverruled: true } : first;
}

function judgeOf(reviewed: Reviewed, plan: Plan): Judge {
  if (reviewed.kind !== "changes") {
    const isHeld = holding(reviewed, plan);
    return (update) => (isHeld(update) ? REVIEWED : null);
  }
  const byCampaign = new Map(reviewed.changes.map((change) => [change.campaignId, change]));
  return (update) => judgeChange(update, byCampaign.get(update.campaignId));
}

/** The updates of a plan that a reviewed plan permits as they are. */
export function permittedBy(reviewed: Reviewed, plan: Plan): readonly Update[] {
  const judge = judgeOf(reviewed, plan);
  return updatesOf(plan.changes).filter((update) => judge(update)?.kind === "reviewed");
}

/** What of a plan is about the campaigns of a reviewed one; all of it where nobody can tell which these are. */
export function changesOf(
  { named }: Exclude<Reviewed, { kind: "changes" }>,
  { changes }: Pick<Plan, "changes">,
): readonly Change[] {
  if (named === undefined) return changes;
  const isNamed = namedBy(named);
  return changes.filter(({ campaignId }) => isNamed(campaignId));
}

/** The digest that a plan of these changes alone would have. */
export function digestOfPart(plan: Pick<Plan, "changes" | "digest">, part: readonly Change[]): string {
  return part.length === plan.changes.length ? plan.digest : digestOf(part);
}

/** Whether a reviewed plan that is known by digests only holds an update of this plan. */
function holding(reviewed: Exclude<Reviewed, { kind: "changes" }>, plan: Plan): (update: Update) => boolean {
  if (reviewed.kind === "digest") {
    const part = changesOf(reviewed, plan);
    const of = new Set(part);
    return digestOfPart(plan, part) === reviewed.digest ? (update) => of.has(update) : () => false;
  }
  const held = new Set(reviewed.digests);
  return (update) => held.has(changeDigest(update));
}

function judgeChange(update: Update, reviewed: ReviewedChange | undefined): Verdict | null {
  if (reviewed === undefined) return null;
  return sameBinding(update.before, reviewed.before) && sameBinding(update.after, reviewed.after)
    ? REVIEWED
    : { kind: "differs", reviewed };
}
