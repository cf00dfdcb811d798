import type { Campaign, Update } from "../domain.ts";
import { sameBinding } from "../plan/canonical.ts";
import type { CampaignReader, Clock } from "../ports.ts";

/** What is live after a write, seen from the plan. */
export type ReadBack =
  | { readonly kind: "equal" | "still-before" | "different"; readonly live: Campaign }
  | { readonly kind: "unreadable"; readonly error: unknown };

/** Pauses before each look. A read may be answered from a copy that has not seen the write yet. */
const PAUSES_MS = [0, 250, 500, 1000] as const;

/** Reads a campaign after a write, again for as long as it still shows the old audiences. Cannot be interrupted. */
export async function readBack(
  update: Update,
  ports: { readonly reader: CampaignReader; readonly clock: Clock },
): Promise<ReadBack> {
  let live: Campaign | null = null;
  for (const pause of PAUSES_MS) {
    if (pause > 0) await ports.clock.sleep(pause);
    try {
      live = await ports.reader.readCampaign(update.campaignId);
    } catch (error) {
      return { kind: "unreadable", error };
    }
    if (sameBinding(live.audience, update.after)) return { kind: "equal", live };
    if (!sameBinding(live.audience, update.before)) return { kind: "different", live };
  }
  if (live === null) throw new Error("A read-back looked at nothing.");
  return { kind: "still-before", live };
}
