import type { Campaign, Update } from "../domain.ts";
import { sameBinding } from "../plan/canonical.ts";
import type { CampaignReader, Clock } from "../ports.ts";
import { withGrace } from "./deadline.ts";

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
 */
export function readBack(update: Update, ports: ReadPorts, signal: AbortSignal): Promise<ReadBack> {
  return withGrace(GRACE_MS, ports.clock, signal, (late) => look(update, ports, late));
}

async function look(update: Update, ports: ReadPorts, signal: AbortSignal): Promise<ReadBack> {
  let live: Campaign | null = null;
  for (const pause of PAUSES_MS) {
    if (pause > 0) await ports.clock.sleep(pause);
    try {
      live = await ports.reader.readCampaign(update.campaignId, signal, "verify");
    } catch (error) {
      return { kind: "unreadable", error };
    }
    if (sameBinding(live.audience, update.after)) return { kind: "equal", live };
    if (!sameBinding(live.audience, update.before)) return { kind: "different", live };
  }
  if (live === null) throw new Error("A read-back looked at nothing.");
  return { kind: "still-before", live };
}
