import type {
  ApplyResult,
  Campaign,
  CampaignError,
  Change,
  Outcome,
  Plan,
  Reach,
  ReachResult,
  ReadRecord,
  UnconfirmedReason,
  Update,
  WriteRecord,
} from "../domain/model.ts";
import { countOfThese, type Shown, usableCount } from "../domain/reach-rules.ts";
import type { Written } from "./evaluation.ts";
import type { WaitEnd } from "./wait-for-reach.ts";
import type { RecordedEnd } from "./write-end.ts";

/** The count of before the run, and whether it surely is of the audiences of then. */
type Previous = Pick<ReachResult, "previousCount" | "reachedBefore">;

const NO_PREVIOUS: Previous = { previousCount: null, reachedBefore: null };

/** The facts of one result that are not the same for all; what is left out is null, empty or false. */
type ResultFacts = {
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly previous?: Previous;
  readonly live?: Campaign | null;
  readonly error?: CampaignError;
  readonly mayHaveLanded?: boolean;
  readonly writes?: readonly WriteRecord[];
  readonly evidence?: Written;
};

/** Makes the result of one declared campaign that was not waited for. */
export function makeResult(change: Change, facts: ResultFacts): ApplyResult {
  const reach = facts.live?.reach ?? change.reach;
  return {
    campaignId: change.campaignId,
    name: facts.live?.name ?? change.name,
    source: change.source,
    outcome: facts.outcome,
    reason: facts.reason ?? null,
    before: change.before,
    after: change.after,
    writes: facts.writes ?? [],
    guard: readRecord(facts.evidence?.previous),
    readBack: readRecord(facts.evidence?.readBack),
    updatedAt: facts.live?.updatedAt ?? null,
    reach: reach === null ? null : reachResult(reach, facts.previous ?? NO_PREVIOUS),
    waited: false,
    unconfirmedReason: null,
    breach: null,
    live: facts.outcome === "stale" ? (facts.live?.audience ?? null) : null,
    error: facts.error === undefined ? null : { ...facts.error, mayHaveLanded: facts.mayHaveLanded ?? false },
  };
}

function reachResult(reach: Reach, { previousCount, reachedBefore }: Previous): ReachResult {
  return { ...reach, confirmed: false, previousCount, reachedBefore };
}

/** What a look from before a write says of how many people were reached. */
export function previousIn(shown: Shown): Previous {
  return { previousCount: usableCount(shown.reach), reachedBefore: countOfThese(shown) };
}

function readRecord(shown: Shown | undefined): ReadRecord | null {
  if (shown === undefined) return null;
  const { reach, updatedAt, serverTime } = shown;
  return { at: serverTime === null ? null : new Date(serverTime).toISOString(), updatedAt, reach };
}

/** Adds to a result what the wait for its reach came to. */
export function withWait(result: ApplyResult, end: WaitEnd): ApplyResult {
  return {
    ...result,
    updatedAt: end.live.updatedAt,
    reach: { ...reachResult(end.live.reach, result.reach ?? NO_PREVIOUS), confirmed: end.confirmed },
    waited: true,
    unconfirmedReason: end.reason,
  };
}

/** Adds to a result that reach broke a rule, and why the old audiences are not back; null where they are. */
export function withBreach(result: ApplyResult, notRestored: string | null): ApplyResult {
  const count = result.breach?.count ?? result.reach?.evaluatedCount ?? 0;
  return { ...result, breach: { count, notRestored } };
}

/** The result of a campaign whose old audiences were put back: its reach is to be that of these. */
export function restoredResult(
  result: ApplyResult,
  { live, evidence, writes }: Extract<RecordedEnd, { kind: "written" }>,
): ApplyResult {
  return {
    ...withBreach(result, null),
    outcome: "restored",
    writes: [...result.writes, ...writes],
    guard: readRecord(evidence.previous),
    readBack: readRecord(evidence.readBack),
    updatedAt: live.updatedAt,
    reach: reachResult(live.reach, NO_PREVIOUS),
    waited: false,
    unconfirmedReason: null,
  };
}

/** A result whose reach would have been waited for, had the run not ended first. */
export function withoutWait(result: ApplyResult, reason: UnconfirmedReason): ApplyResult {
  return { ...result, waited: true, unconfirmedReason: reason };
}

/** Makes the result of a campaign that nothing was to be written to: what the plan says of it is final. */
export function settledResult(change: Exclude<Change, { action: "update" }>): ApplyResult {
  switch (change.action) {
    case "no-op": {
      const { reach, reachedBefore } = change;
      const previous = { previousCount: usableCount(reach), reachedBefore };
      return makeResult(change, { outcome: "unchanged", previous });
    }
    case "skip":
      return makeResult(change, { outcome: "skipped", reason: change.reason });
    case "error":
      return change.error.code === "interrupted"
        ? makeResult(change, { outcome: "not-attempted", reason: "interrupted" })
        : makeResult(change, { outcome: "failed", reason: change.reason, error: change.error });
  }
}

/** Makes the result of a changed campaign from how its write ended. */
export function resultOfWrite(update: Update, end: RecordedEnd): ApplyResult {
  const { writes } = end;
  switch (end.kind) {
    case "written": {
      const { live, evidence } = end;
      const previous = previousIn(evidence.previous);
      return makeResult(update, { outcome: "applied", live, previous, writes, evidence });
    }
    case "unchanged":
      return makeResult(update, { outcome: "unchanged", live: end.live, writes });
    case "locked":
      return makeResult(update, { outcome: "skipped", reason: "not-draft", live: end.live, writes });
    case "stale":
      return makeResult(update, { outcome: "stale", reason: "live-changed", live: end.live, writes });
    case "not-attempted":
      return makeResult(update, { outcome: "not-attempted", reason: end.reason, writes });
    case "failed":
      return makeResult(update, {
        outcome: "failed",
        reason: end.accessDenied ? "no-access" : end.error.code,
        error: end.error,
        mayHaveLanded: end.mayHaveLanded,
        writes,
      });
  }
}

/** Results of a plan none of whose updates is carried out: each update ends as `stale` or `not-attempted`. */
export function withheldResults(
  plan: Plan,
  outcome: "stale" | "not-attempted",
  reason: string,
): readonly ApplyResult[] {
  return plan.changes.map((change) =>
    change.action === "update" ? makeResult(change, { outcome, reason }) : settledResult(change),
  );
}
