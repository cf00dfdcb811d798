import type { ApplyResult, Campaign, Plan, Update, WriteRecord } from "../domain/model.ts";
import type { WriteStep } from "../domain/ports.ts";
import { makeResult, settledResult } from "./result.ts";

/**
 * What is known of every campaign while a run goes on: if it ended at this moment, this would be its report. So a run
 * that is cut off still leaves a true one.
 */
export type Ledger = {
  /** A step of a write that is under way, and the writes of this campaign that were answered or lost so far. */
  note(update: Update, step: WriteStep, writes: readonly WriteRecord[]): void;
  /** What became of a campaign, as far as it is known; a later word replaces it. */
  settle(result: ApplyResult): void;
  /** A campaign whose live audiences are not those of the plan any more. */
  meet(campaign: Campaign): void;
  /** Those that were met, since they know what their audiences are called. */
  met(): readonly Campaign[];
  /** Each campaign of the plan once, in its order. */
  results(): readonly ApplyResult[];
};

/** A ledger in which nothing has begun. */
export function createLedger(plan: Plan): Ledger {
  const results = new Map<string, ApplyResult>();
  const met: Campaign[] = [];
  const settle = (result: ApplyResult): void => void results.set(result.campaignId, result);
  for (const change of plan.changes) {
    settle(change.action === "update" ? notAttempted(change) : settledResult(change));
  }
  return {
    settle,
    note: (update, step, writes) => settle(resultSoFar(update, step, [...writes])),
    meet: (campaign) => void met.push(campaign),
    met: () => met,
    results: () => [...results.values()],
  };
}

function notAttempted(update: Update): ApplyResult {
  return makeResult(update, { outcome: "not-attempted", reason: "interrupted" });
}

function resultSoFar(update: Update, step: WriteStep, writes: readonly WriteRecord[]): ApplyResult {
  switch (step) {
    case "sending":
    case "not-accepted":
      return unverified(
        update,
        "The run ended before it was known whether the API carried out the write.",
        writes,
      );
    case "accepted":
      return unverified(update, "The API accepted the write; the run ended before it was read back.", writes);
    case "settled":
      return notAttempted(update);
  }
}

function unverified(update: Update, what: string, writes: readonly WriteRecord[]): ApplyResult {
  const message = `${what} Run plan to see what is live.`;
  const error = { code: "interrupted", status: null, message, correlationId: null };
  return makeResult(update, { outcome: "failed", reason: "interrupted", error, mayHaveLanded: true, writes });
}
