/** What was done, as far as words go: the part of the vocabulary that reports are made of. Types only. */
import type { AudienceBinding, AudienceFacts, CampaignError, Reach, Source, Tool } from "../model.ts";
import type { Scope } from "../scope.ts";
import type { Finding } from "./finding.ts";

/**
 * `applied`: written and read back equal. `unchanged`: nothing to write. `skipped`: locked. `stale`: live moved since
 * the plan. `failed`: could not be read, written or verified. `not-attempted`: the run ended before its turn, or a rule
 * refused it. `restored`: applied; then reach broke a rule, and the old audiences were put back and read back equal.
 */
export type Outcome = "applied" | "unchanged" | "skipped" | "stale" | "failed" | "not-attempted" | "restored";

/** Reach at the end of a run. */
export type ReachResult = Reach & {
  /** True only when this run has proof that the evaluation is of exactly the declared audiences. */
  readonly confirmed: boolean;
  /** The usable count from before the write; null when there was none. */
  readonly previousCount: number | null;
  /** That count where it surely is of the audiences before the write; null where it may be of earlier ones. */
  readonly reachedBefore: number | null;
};

/**
 * Why reach of a campaign that was waited for is not confirmed. `timeout`: no evaluation was seen to end. `not-proven`:
 * one is shown, but nothing proves that it is of the declared audiences. `unreadable`: the last looks got no answer.
 */
export type UnconfirmedReason =
  | "evaluation-failed"
  | "timeout"
  | "not-proven"
  | "live-differs"
  | "interrupted"
  | "unreadable"
  | "stopped";

/** One write that was accepted, or whose answer was lost. A refused one is none. */
export type WriteRecord = {
  /** ISO 8601: when it was answered, or was known to be lost. */
  readonly at: string;
  /** Whose clock `at` is: `server` is the answer's `Date` header, in whole seconds. */
  readonly clock: "server" | "local";
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly correlationId: string | null;
  /** What was written: the declared audiences, or after a breach the old ones. */
  readonly kind: "apply" | "restore";
};

/** What one read of a campaign showed, but for its audiences. Times are ISO 8601, the server's. */
export type ReadRecord = {
  /** The answer's `Date` header; null when missing. */
  readonly at: string | null;
  readonly updatedAt: string | null;
  readonly reach: Reach;
};

/** Reach that broke a rule after the write. */
export type Breach = {
  /** How many people the API counted for the declared audiences. */
  readonly count: number;
  /** Why the old audiences were not put back; null where they were. */
  readonly notRestored: string | null;
};

/** What became of one declared campaign. */
export type ApplyResult = {
  readonly campaignId: string;
  readonly name: string | null;
  readonly source: Source;
  readonly outcome: Outcome;
  /** Why, in kebab-case, for `skipped`, `stale`, `failed` and `not-attempted`; null otherwise. */
  readonly reason: string | null;
  /** Live when the plan was made; null when it could not be read. */
  readonly before: AudienceBinding | null;
  /** The declared audiences. */
  readonly after: AudienceBinding;
  /** In order; empty when nothing was written. */
  readonly writes: readonly WriteRecord[];
  /** The read right before the write of an `applied` campaign: whether an older evaluation may have been under way. */
  readonly guard: ReadRecord | null;
  /** The read that verified the write of an `applied` campaign. */
  readonly readBack: ReadRecord | null;
  /** When the campaign was last changed, by the API's clock, as last seen; null when not known. */
  readonly updatedAt: string | null;
  /** Null when nothing is known of it. */
  readonly reach: ReachResult | null;
  /** Whether this run waited for reach; only these are counted in `reachConfirmed` and `reachUnconfirmed`. */
  readonly waited: boolean;
  /** Why reach is not confirmed; null when it is, or when this run did not wait. */
  readonly unconfirmedReason: UnconfirmedReason | null;
  /** Where reach broke a rule and the old audiences were to be put back; null otherwise. */
  readonly breach: Breach | null;
  /** For `stale`: what is live now; null otherwise. */
  readonly live: AudienceBinding | null;
  readonly error: (CampaignError & { readonly mayHaveLanded: boolean }) | null;
};

/** Counts of results by outcome, and of the waits by their end. */
export type ApplySummary = Readonly<
  Record<"applied" | "restored" | "unchanged" | "skipped" | "stale" | "failed" | "notAttempted", number> &
    Record<"reachConfirmed" | "reachUnconfirmed", number>
>;

/** Result of `apply` or `wait`. Schema: `schemas/apply-report.schema.json`. */
export type Report = {
  readonly formatVersion: string;
  readonly kind: "apply-report" | "wait-report";
  readonly tool: Tool;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly environment: string | null;
  readonly apiUrl: string;
  /** As in a plan. */
  readonly privacy: { readonly minCount: number };
  /** Digest of the plan that was applied; null for `wait`. */
  readonly planDigest: string | null;
  /** As in a plan: over everything else that the report says. */
  readonly fingerprint: string;
  readonly scope: Scope;
  readonly summary: ApplySummary;
  /** Every campaign that was looked at once, sorted by `campaignId`. */
  readonly results: readonly ApplyResult[];
  /** Every audience of `before`, `after` or `live`, by its id, as in a plan. */
  readonly audiences: Readonly<Record<string, AudienceFacts>>;
  /** What the rules of the project say of it, as of its end. */
  readonly findings: readonly Finding[];
};
