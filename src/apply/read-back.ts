import type { Campaign, Update } from "../domain.ts";
import { ApiResponseError } from "../errors.ts";
import { sameBinding } from "../plan/canonical.ts";
import type { CampaignReader, Clock } from "../ports.ts";
import { withGrace } from "./deadline.ts";
import { timeOf } from "./evaluation-age.ts";

/** What is live after a write, seen from the plan. */
export type ReadBack =
  | { readonly kind: "equal" | "still-before" | "different"; readonly live: Campaign }
  | { readonly kind: "unreadable"; readonly error: unknown };

/** Pauses before each look. A read may be answered from a copy that has not seen the write yet. */
const PAUSES_MS = [0, 250, 500, 1000] as const;

/** How long a read-back may go on after the run was interrupted. */
const GRACE_MS = 10_000;

type ReadPorts = { readonly reader: CampaignReader; readonly clock: Clock };

/**
 * Reads a campaign after a write, again for as long as it still shows the old audiences. An interruption does not cut
 * it off, but leaves it only ten seconds: a refusal for rate could hold it for minutes.
 *
 * @param seen the campaign before a write whose answer was lost: a look at an older copy proves nothing then, although
 *   it may show the declared audiences. Null when the API has accepted the write.
 */
export function readBack(
  update: Update,
  seen: Campaign | null,
  ports: ReadPorts,
  signal: AbortSignal,
): Promise<ReadBack> {
  return withGrace(GRACE_MS, ports.clock, signal, (late) => look(update, seen, ports, late));
}

async function look(
  update: Update,
  seen: Campaign | null,
  ports: ReadPorts,
  signal: AbortSignal,
): Promise<ReadBack> {
  let live: Campaign | null = null;
  for (const pause of PAUSES_MS) {
    if (pause > 0) await ports.clock.sleep(pause);
    try {
      live = await ports.reader.readCampaign(update.campaignId, signal, "verify");
    } catch (error) {
      return { kind: "unreadable", error };
    }
    if (sameBinding(live.audience, update.after)) {
      if (isOlder(live, seen)) continue;
      return { kind: "equal", live };
    }
    if (!sameBinding(live.audience, update.before)) return { kind: "different", live };
  }
  if (live === null) throw new Error("A read-back looked at nothing.");
  return isOlder(live, seen) ? { kind: "unreadable", error: outdated() } : { kind: "still-before", live };
}

function isOlder({ updatedAt }: Campaign, seen: Campaign | null): boolean {
  return timeOf(updatedAt) < timeOf(seen?.updatedAt ?? null);
}

function outdated(): ApiResponseError {
  const message =
    "The API's answers are older than the one from before the write, so they say nothing of it.";
  return new ApiResponseError(message, { status: 200, pointer: "/data/updatedAt", correlationId: null });
}
