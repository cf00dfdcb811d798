import { isDraft } from "../domain/campaign.ts";
import { InterruptedError } from "../domain/errors.ts";
import type { Campaign, Update } from "../domain/model.ts";
import type { CampaignReader, Clock, WriteGuard } from "../domain/ports.ts";
import { testGuard } from "../plan/guard.ts";
import { failed, type WriteEnd } from "./write-end.ts";

/** What was read right before a write may be so old when the write goes out, in milliseconds, and no older. */
const FRESH_MS = 1_000;

/** A write that must wait for the pace goes out this long before that, since a timer comes late. */
const EARLY_MS = 150;

/** Why a write was not sent: the campaign, read once more, must not be written any longer. */
export class NotSent extends Error {
  readonly end: WriteEnd;
  constructor(end: WriteEnd) {
    super("The write was not sent.");
    this.end = end;
  }
}

/** The guard of one campaign: what was last seen of it, and whether that lets a write pass. */
export type CampaignGuard = WriteGuard & {
  /** Reads the campaign. The end of one that must not be written; null when the way is free. */
  look(): Promise<WriteEnd | null>;
  /** Takes a look that was made for another reason: it showed a draft with the old audiences just now. */
  adopt(live: Campaign): void;
  /** The campaign as it was last seen before a write. */
  seen(): Campaign;
};

type GuardPorts = {
  readonly reader: CampaignReader;
  readonly clock: Clock;
  readonly mayWrite: () => boolean;
  /** Told as a write goes out, and when it came back with nothing written. */
  readonly onSending: () => void;
  readonly onRefused: () => void;
};

/** @param signal lets no write pass once it has aborted, and ends a look. */
export function createGuard(update: Update, ports: GuardPorts, signal: AbortSignal): CampaignGuard {
  const { reader, clock } = ports;
  let last: { readonly live: Campaign; readonly answeredAt: number; readonly wallTime: number } | null = null;
  const adopt = (live: Campaign): void => {
    last = { live, answeredAt: clock.monotonic(), wallTime: clock.now() };
  };
  const look = async (): Promise<WriteEnd | null> => {
    const live = await reader.readCampaign(update.campaignId, signal, { kind: "guard" });
    adopt(live);
    return endBeforeWrite(update, live) ?? (ports.mayWrite() ? null : REFUSED_BY_RULE);
  };
  const freshUntil = (): number => (last === null ? 0 : last.answeredAt + FRESH_MS);
  // By both clocks: the monotonic one stands still while a machine sleeps, the other may be set.
  const isFresh = (): boolean =>
    last !== null && clock.monotonic() <= freshUntil() && Math.abs(clock.now() - last.wallTime) <= FRESH_MS;
  return {
    look,
    adopt,
    seen() {
      if (last === null) throw new Error("A campaign was to be written before it was read.");
      return last.live;
    },
    pass() {
      if (signal.aborted || !isFresh() || !ports.mayWrite()) return false;
      ports.onSending();
      return true;
    },
    freshUntil: () => freshUntil() - EARLY_MS,
    async readAgain() {
      const end = await lookAgain(look, signal);
      if (end !== null) throw new NotSent(end);
    },
    refused: ports.onRefused,
  };
}

/** A rule forbids to write at this moment. */
export const REFUSED_BY_RULE: WriteEnd = { kind: "not-attempted", reason: "guardrail" };

async function lookAgain(look: CampaignGuard["look"], signal: AbortSignal): Promise<WriteEnd | null> {
  try {
    signal.throwIfAborted();
    return await look();
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return failed(error, "nothing-landed");
  }
}

function endBeforeWrite(update: Update, live: Campaign): WriteEnd | null {
  const found = testGuard(live.audience, update);
  if (found === "already-there") return { kind: "unchanged", live };
  if (!isDraft(live)) return { kind: "locked", live };
  return found === "moved" ? { kind: "stale", live } : null;
}
