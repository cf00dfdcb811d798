import { sameBinding } from "../domain/binding.ts";
import { campaignErrorOf } from "../domain/campaign-error.ts";
import { AccessError, ApiResponseError, InterruptedError } from "../domain/errors.ts";
import type { Campaign, Update } from "../domain/model.ts";
import type { CampaignReader, Clock } from "../domain/ports.ts";
import { timeOf } from "../domain/reach-rules.ts";
import { withGrace } from "../patience/deadline.ts";

/** What is live after a write, seen from the plan. `lookedMs`: for how long it was looked at. */
export type ReadBack =
  | { readonly kind: "equal" | "different"; readonly live: Campaign }
  | { readonly kind: "still-before"; readonly live: Campaign; readonly lookedMs: number }
  | { readonly kind: "unreadable"; readonly error: unknown };

/**
 * Pauses before each look, in milliseconds. A read may be answered from a copy that has not seen the write yet. One that
 * was accepted is there: such a copy is waited for, half a minute in all. One that was lost is soon sent again.
 */
const PAUSES_MS = {
  accepted: [0, 250, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000, 5_000, 5_000],
  lost: [0, 250, 500, 1_000],
} as const;

/** A look that fails takes its own time: after so long, in milliseconds, no further one is made. */
const MOST_MS = 30_000;

/** How long a read-back may go on after the run was interrupted, so that a run ends within five seconds. */
const GRACE_MS = 4_000;

type ReadPorts = { readonly reader: CampaignReader; readonly clock: Clock };

/**
 * Reads a campaign after a write, again for as long as it still shows the old audiences. An interruption does not cut
 * it off, but leaves it only four seconds: a refusal for rate could hold it for minutes.
 *
 * @param previous the campaign as it was right before the write: a look at an older copy proves nothing.
 */
export function readBack(
  update: Update,
  previous: Campaign,
  write: "accepted" | "lost",
  ports: ReadPorts,
  signal: AbortSignal,
): Promise<ReadBack> {
  return withGrace(GRACE_MS, ports.clock, signal, async (late) => {
    try {
      return await look(update, previous, write, ports, late);
    } catch (error) {
      return { kind: "unreadable", error };
    }
  });
}

async function look(
  update: Update,
  previous: Campaign,
  write: "accepted" | "lost",
  { reader, clock }: ReadPorts,
  signal: AbortSignal,
): Promise<ReadBack> {
  const begunAt = clock.monotonic();
  const lookedMs = () => clock.monotonic() - begunAt;
  let last: ReadBack | null = null;
  for (const pause of PAUSES_MS[write]) {
    if (last !== null && lookedMs() > MOST_MS) break;
    if (pause > 0) await clock.sleep(pause, signal);
    const live = await readOrTell(update.campaignId, reader, signal);
    if ("error" in live) {
      last = live;
      continue;
    }
    const isOld = isOlder(live, previous);
    if (sameBinding(live.audience, update.after)) {
      // Of an accepted write it needs no more proof: the times of an API need not be in order.
      if (write === "accepted" || !isOld) return { kind: "equal", live };
    } else if (!isOld && !sameBinding(live.audience, update.before)) {
      return { kind: "different", live };
    }
    last = isOld
      ? { kind: "unreadable", error: outdated() }
      : { kind: "still-before", live, lookedMs: lookedMs() };
  }
  if (last === null) throw new Error("A read-back looked at nothing.");
  return last;
}

type Unreadable = Extract<ReadBack, { kind: "unreadable" }>;

/** One look; or why it failed, where the next one may succeed. */
async function readOrTell(
  campaignId: string,
  reader: CampaignReader,
  signal: AbortSignal,
): Promise<Campaign | Unreadable> {
  try {
    return await reader.readCampaign(campaignId, signal, { kind: "verify" });
  } catch (error) {
    const isFinal = error instanceof AccessError || error instanceof InterruptedError;
    if (isFinal || campaignErrorOf(error).status === 404) throw error;
    return { kind: "unreadable", error };
  }
}

function isOlder({ updatedAt }: Campaign, previous: Campaign): boolean {
  return timeOf(updatedAt) < timeOf(previous.updatedAt);
}

function outdated(): ApiResponseError {
  const message =
    "The API's answers are older than the one from before the write, so they say nothing of it.";
  return new ApiResponseError(message, { status: 200, pointer: "/data/updatedAt", correlationId: null });
}
