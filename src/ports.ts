/** What the core asks of the outside world. Planning gets a {@link CampaignReader} only, so it cannot write. */
import type { AudienceBinding, Campaign, Outcome, UnconfirmedReason } from "./domain.ts";

/** What planning may call. Has no way to write. */
export type CampaignReader = {
  /**
   * Reads one live campaign: one request (`GET /campaigns/:id/summary`), repeated only after a refusal or a lost answer.
   *
   * @param purpose where it stands in line, behind the writes and the reads without one: to `verify` a write, or to
   *   `poll`, so that waiting for reach never holds up anything else.
   * @throws ApiError, NetworkError, TimeoutError, ApiResponseError, AccessError; or the signal's reason.
   */
  readCampaign(campaignId: string, signal?: AbortSignal, purpose?: "verify" | "poll"): Promise<Campaign>;
};

/** What the API said to a write: accepted. `serverTime` as in {@link Campaign}. */
export type WriteReceipt = {
  readonly serverTime: number | null;
  /** HTTP status. */
  readonly status: number;
  readonly correlationId: string | null;
};

/** What only applying may call. */
export type CampaignWriter = {
  /**
   * Replaces all audiences of one campaign (`PUT /campaigns/:id/audience`) with both lists, once. A lost answer is
   * never repeated here: the caller must read and decide. A refusal for rate (429) or for an expired token is
   * repeated, since nothing was done.
   *
   * @param signal ends the wait for a turn or for a repeat; a request already under way is not cut off.
   * @param beforeRepeat is awaited after the pause and before the write is sent once more: minutes may have gone by.
   *   What it throws ends the call, unsent.
   * @throws ApiError, NetworkError, TimeoutError, ApiResponseError, AccessError; or the signal's reason.
   */
  replaceAudience(
    campaignId: string,
    binding: AudienceBinding,
    signal?: AbortSignal,
    beforeRepeat?: () => Promise<void>,
  ): Promise<WriteReceipt>;
};

/** Time, so that tests need not wait for it. */
export type Clock = {
  /** Wall clock, milliseconds since the epoch: for stamps, never for durations. */
  now(): number;
  /** Monotonic milliseconds: for durations; not moved by changes of the wall clock. */
  monotonic(): number;
  /** Resolves after `ms`; rejects at once with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** What `apply` and `wait` tell while they run. */
export type ProgressEvent = { readonly campaignId: string; readonly name: string | null } & (
  | { readonly kind: "written" }
  | { readonly kind: "waiting"; readonly status: string }
  | {
      readonly kind: "confirmed";
      readonly evaluatedCount: number | null;
      readonly previousCount: number | null;
    }
  | { readonly kind: "unconfirmed"; readonly reason: UnconfirmedReason; readonly status: string }
  | { readonly kind: "ended"; readonly outcome: Outcome; readonly reason: string | null }
);

/**
 * A step of one write: about to be sent; accepted by the API, or not; its outcome known, so that nothing is open.
 */
export type WriteStep = "sending" | "accepted" | "not-accepted" | "settled";

/**
 * Notes each write while it happens, so that somebody can say what was under way when a run was killed. It explains and
 * decides nothing, so `note` never throws: a run goes on without it.
 */
export type Journal = { note(campaignId: string, step: WriteStep): void };
