/** What the core asks of the outside world. Planning gets a {@link CampaignReader} only, so it cannot write. */
import type { AudienceBinding, Campaign, Outcome, UnconfirmedReason } from "./model.ts";

/**
 * What a read is for, where it is not for a plan: as the `guard` right before a write; to `verify` one; or to `poll` for
 * reach, which lets everything else go first until it must be answered soon: `by` is that moment, monotonic milliseconds.
 */
export type ReadPurpose =
  | { readonly kind: "guard" | "verify" }
  | { readonly kind: "poll"; readonly by: number };

/** What planning may call. Has no way to write. */
export type CampaignReader = {
  /**
   * Reads one live campaign: one request (`GET /campaigns/:id/summary`), repeated only after a refusal or a lost answer.
   *
   * @throws ApiError, NetworkError, TimeoutError, ApiResponseError, AccessError; or the signal's reason.
   */
  readCampaign(campaignId: string, signal?: AbortSignal, purpose?: ReadPurpose): Promise<Campaign>;
};

/** Which campaigns there are, as far as the API tells. */
export type ListedCampaigns = {
  /** In lower case, each once, in the order of the answers. */
  readonly campaignIds: readonly string[];
  /** Whether the API said that these are all: its total is reached, or its cursor ended. Else nobody knows. */
  readonly isWhole: boolean;
  /** Why some are known to be missing, as a sentence; null where none is. */
  readonly missing: string | null;
};

/** What lists campaigns. A capability of its own: how the list goes on after its first answer is not documented. */
export type CampaignLister = {
  /**
   * Lists campaigns (`GET /campaigns`), a request a page, until the API says that these are all, or a page is empty or
   * brings nothing new.
   *
   * @param onListed is told how many there are so far.
   * @throws as {@link CampaignReader.readCampaign}, for the first page; a later one that fails is what `missing` tells.
   */
  listCampaigns(onListed: (count: number) => void, signal?: AbortSignal): Promise<ListedCampaigns>;
};

/** How many people a preview counted. `isExact` is null where it does not say. */
export type PreviewedSize = { readonly count: number; readonly isExact: boolean | null };

/**
 * What counts the people in an audience, for readers of a plan. A capability of its own: it needs a scope that neither
 * planning nor applying needs.
 */
export type AudienceSizer = {
  /**
   * Counts one audience: one request (`POST /audiences/:id/preview`), repeated only after a refusal for rate or a lost
   * answer. Of the answer nothing else is kept: it has a record of a real person in it.
   *
   * @param previewId the id that the preview knows the audience by.
   * @throws as {@link CampaignReader.readCampaign}. No message has anything of an answer in it but its status.
   */
  sizeAudience(previewId: string, signal?: AbortSignal): Promise<PreviewedSize>;
};

/** What the API said to a write: accepted. `serverTime` as in {@link Campaign}. */
export type WriteReceipt = {
  readonly serverTime: number | null;
  /** HTTP status. */
  readonly status: number;
  readonly correlationId: string | null;
};

/** Stands before a write: it goes out only on a campaign that was read a moment ago. */
export type WriteGuard = {
  /**
   * Asked as the request is handed to the socket, after the last wait of any kind. True: it goes out now. False: what was
   * read is too old, so it stays unsent.
   */
  pass(): boolean;
  /** Until when what was read is fresh enough: monotonic milliseconds. */
  freshUntil(): number;
  /** Reads the campaign again. What it throws ends the call, unsent. */
  readAgain(): Promise<void>;
  /** Told when the API refused the request in a way that lets it be sent again: nothing was written. */
  refused(): void;
};

/** What only applying may call. */
export type CampaignWriter = {
  /**
   * Replaces all audiences of one campaign (`PUT /campaigns/:id/audience`) with both lists, once. A lost answer is
   * never repeated here: the caller must read and decide. A refusal for rate (429) or for an expired token is
   * repeated, since nothing was done.
   *
   * @param guard is asked before each request; while it does not let the write pass, the campaign is read again.
   * @param signal ends the wait for a turn or for a repeat; a request already under way is not cut off.
   * @throws ApiError, NetworkError, TimeoutError, ApiResponseError, AccessError; or the signal's reason.
   */
  replaceAudience(
    campaignId: string,
    binding: AudienceBinding,
    guard: WriteGuard,
    signal?: AbortSignal,
  ): Promise<WriteReceipt>;
};

/** Time, so that tests need not wait for it. */
export type Clock = {
  /** Wall clock, milliseconds since the epoch: for stamps, never for durations. */
  now(): number;
  /** Monotonic milliseconds: for durations; not moved by changes of the wall clock. */
  monotonic(): number;
  /** Resolves after `ms`, at once where that is not more than 0; rejects at once with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** What a run tells while it goes on: a step of its own, or what became of one campaign. */
export type ProgressEvent = RunEvent | CampaignEvent;

/** A step of a run. `of` is how many campaigns there are to read, audiences to count, campaigns to carry out or to wait for. */
export type RunEvent =
  | { readonly kind: "listing"; readonly listed: number }
  | { readonly kind: "reading"; readonly read: number; readonly of: number }
  | { readonly kind: "counting"; readonly counted: number; readonly of: number }
  | { readonly kind: "writing"; readonly of: number }
  | { readonly kind: "confirming"; readonly of: number };

/** What became of one campaign, or what it is waited for. */
export type CampaignEvent = { readonly campaignId: string; readonly name: string | null } & (
  | { readonly kind: "written" }
  | { readonly kind: "waiting"; readonly status: string }
  | {
      readonly kind: "confirmed";
      readonly evaluatedCount: number | null;
      readonly previousCount: number | null;
      readonly reachedBefore: number | null;
    }
  | { readonly kind: "unconfirmed"; readonly reason: UnconfirmedReason; readonly status: string }
  | { readonly kind: "ended"; readonly outcome: Outcome; readonly reason: string | null }
);

/**
 * A step of one write: it is handed to the socket; the API accepted it, or no such answer came; nothing of it is open, be
 * it that its outcome is known or that it was refused.
 */
export type WriteStep = "sending" | "accepted" | "not-accepted" | "settled";

/**
 * Notes each write while it happens, so that somebody can say what was under way when a run was killed. It explains and
 * decides nothing, so `note` never throws: a run goes on without it.
 */
export type Journal = { note(campaignId: string, step: WriteStep): void };

/** Environment variables, as the process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;
