import { sameBinding } from "../../domain/binding.ts";
import type { ApplyResult, Change, Plan, Report } from "../../domain/model.ts";
import { isSuperseded } from "../../domain/newer-run.ts";
import { remakePlan } from "../../plan/build.ts";
import { updatesOf } from "../../plan/updates.ts";
import type { CommentState, Reviewed, ReviewedChange } from "../run/model.ts";
import { changesOf, digestOfPart } from "./compare-reviewed.ts";
import { nameCampaigns } from "./named-campaigns.ts";
import { changeDigest, fitReviewed } from "./reviewed.ts";

/** One apply, as far as what it leaves of a reviewed plan depends on it. */
export type FinishedApply = {
  readonly plan: Plan;
  readonly report: Report;
  /** Whether every campaign of a reviewed plan that the branch declares was looked at. */
  readonly hasAllReviewed: boolean;
};

/** What an apply leaves of a reviewed plan. */
export type LeftOfReview = {
  readonly state: CommentState;
  /** What a later run may still carry out: in no case what was written, or what the branch does not say any more. */
  readonly open: Reviewed;
  /** Campaigns that were reviewed and that this run did not look at. */
  readonly unseen: readonly string[];
  /** Campaigns of which the branch declares something else by now. */
  readonly superseded: readonly string[];
};

/** Bytes that a header may take when one digest of a plan becomes what is left of that plan. */
const HEADER_MAX = 30_000;

/**
 * What an apply leaves of a reviewed plan. A change is done when its campaign is, or was found to be, as reviewed; it is
 * superseded when the branch declares something else. Every other one stays open: also what was refused, since live may
 * become again what it was, and what is locked, since it may become a draft again.
 */
export function leftOfReview(reviewed: Reviewed, applied: FinishedApply): LeftOfReview {
  switch (reviewed.kind) {
    case "changes":
      return leftOfChanges(reviewed.changes, applied);
    case "digests":
      return leftOfDigests(reviewed, applied);
    case "digest":
      return leftOfDigest(reviewed, applied);
  }
}

type Fate = "done" | "superseded" | "unseen" | "refused" | "waiting";

type LeftOfChanges = LeftOfReview & { readonly open: Extract<Reviewed, { kind: "changes" }> };

function leftOfChanges(changes: readonly ReviewedChange[], applied: FinishedApply): LeftOfChanges {
  const planned = new Map(applied.plan.changes.map((change) => [change.campaignId, change]));
  const results = resultsOf(applied);
  const fated = changes.map((change) => {
    const now = planned.get(change.campaignId);
    if (now === undefined) return { change, fate: applied.hasAllReviewed ? "superseded" : "unseen" } as const;
    const isSaid = sameBinding(now.after, change.after);
    return { change, fate: isSaid ? fateOf(results.get(change.campaignId)) : "superseded" } as const;
  });
  const ids = (wanted: Fate) =>
    fated.filter(({ fate }) => fate === wanted).map(({ change }) => change.campaignId);
  const open = fated.filter(({ fate }) => fate !== "done" && fate !== "superseded");
  return {
    state: stateOf(open.map(({ fate }) => fate)),
    open: { kind: "changes", changes: open.map(({ change }) => change) },
    unseen: ids("unseen"),
    superseded: ids("superseded"),
  };
}

function fateOf(result: ApplyResult | undefined): Fate {
  switch (result?.outcome) {
    case "applied":
    case "unchanged":
    // Carried out, and put back by a rule: by the same review it would only come to that again.
    case "restored":
      return "done";
    case "stale":
      return "refused";
    case "not-attempted":
      return isSuperseded(result) ? "superseded" : "waiting";
    default:
      return "waiting";
  }
}

/**
 * A plan that is known by digests only cannot say which of its campaigns each is of. A digest that no campaign of a run
 * has is done or superseded when every other campaign is as declared; else it may be of one that is not.
 */
function leftOfDigests(reviewed: Digests, applied: FinishedApply): LeftOfReview {
  const { digests } = reviewed;
  const results = resultsOf(applied);
  const held = new Set(digests);
  const fates = new Map<string, Fate>();
  const others: Change[] = [];
  for (const change of changesOf(reviewed, applied.plan)) {
    const digest = digestOf(change);
    if (digest === null || !held.has(digest)) others.push(change);
    else fates.set(digest, fateOf(results.get(change.campaignId)));
  }
  const unknown = fateOfUnknown(others, applied);
  const fated = digests.map((digest) => ({ digest, fate: fates.get(digest) ?? unknown }));
  const open = fated.filter(({ fate }) => fate !== "done" && fate !== "superseded");
  const left = open.map(({ digest }) => digest);
  const state = stateOf(open.map(({ fate }) => fate));
  const named = stillNamed(reviewed, applied);
  return { state, open: { kind: "digests", digests: left, ...named }, unseen: [], superseded: [] };
}

type Digests = Extract<Reviewed, { kind: "digests" }>;

/** Without the campaigns that are done: nobody need look at them again. Of two that share a number both stay. */
function stillNamed({ named }: Digests, applied: FinishedApply): Pick<Digests, "named"> {
  if (named === undefined) return {};
  const results = resultsOf(applied);
  const isOpen = ({ campaignId }: Change) =>
    !["done", "superseded"].includes(fateOf(results.get(campaignId)));
  const looked = nameCampaigns(applied.plan.changes.map(({ campaignId }) => campaignId));
  const open = nameCampaigns(applied.plan.changes.filter(isOpen).map(({ campaignId }) => campaignId));
  const isOpenNumber = new Set(open);
  const isDone = new Set(looked.filter((number) => !isOpenNumber.has(number)));
  return { named: named.filter((number) => !isDone.has(number)) };
}

/** Null for a campaign that is as declared, or could not be read. */
function digestOf(change: Change): string | null {
  if (change.action !== "update" && change.action !== "skip") return null;
  return changeDigest(change);
}

/** What is left of the one digest becomes the changes that are left; of another plan than this one nobody can tell. */
function leftOfDigest(reviewed: Extract<Reviewed, { kind: "digest" }>, applied: FinishedApply): LeftOfReview {
  const { plan } = applied;
  const ofReview = changesOf(reviewed, plan);
  if (digestOfPart(plan, ofReview) !== reviewed.digest) {
    const fate = fateOfUnknown(ofReview, applied);
    const open: Reviewed = fate === "done" ? { kind: "changes", changes: [] } : reviewed;
    return { state: stateOf(fate === "done" ? [] : [fate]), open, unseen: [], superseded: [] };
  }
  const left = leftOfChanges(updatesOf(ofReview), applied);
  const ids = new Set(left.open.changes.map(({ campaignId }) => campaignId));
  const rest = remakePlan(plan, { changes: plan.changes.filter(({ campaignId }) => ids.has(campaignId)) });
  return { ...left, open: fitReviewed(rest, HEADER_MAX) };
}

/** Of a change that cannot be told to be one of this run's: it may be that of any campaign that is not as declared. */
function fateOfUnknown(others: readonly Change[], applied: FinishedApply): Fate {
  if (!applied.hasAllReviewed) return "waiting";
  const results = resultsOf(applied);
  const fates = others.map(({ campaignId }) => fateOf(results.get(campaignId)));
  const open = fates.filter((fate) => fate !== "done");
  if (open.length === 0) return "done";
  return open.every((fate) => fate === "refused") ? "refused" : "waiting";
}

function stateOf(open: readonly Fate[]): CommentState {
  if (open.length === 0) return "applied";
  return open.every((fate) => fate === "refused") ? "refused" : "planned";
}

function resultsOf({ report }: FinishedApply): ReadonlyMap<string, ApplyResult> {
  return new Map(report.results.map((result) => [result.campaignId, result]));
}
