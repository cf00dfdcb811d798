import { isDraft } from "../../domain/campaign.ts";
import { compare } from "../../domain/compare.ts";
import type { Change } from "../../domain/model.ts";
import { timeText } from "../../text/figures.ts";
import { quoteWhole } from "../../text/quote.ts";
import type { ReadChange } from "../rules/broken.ts";

/** A draft, and when it is to be sent, in milliseconds since the epoch. */
export type PlannedSend = { readonly change: ReadChange; readonly at: number };

/** Sends that are no further apart come together, and a plan so shortly before one may be late: a day, in milliseconds. */
export const SHORTLY_MS = 24 * 3_600_000;

/**
 * The drafts that are still to be sent, soonest first. Where the API gives no time with its zone nobody knows when, so
 * nothing is said. A draft whose time is over was not sent then.
 *
 * @param now milliseconds since the epoch.
 */
export function plannedSends(changes: readonly Change[], now: number): readonly PlannedSend[] {
  return changes
    .flatMap((change) => {
      if (change.action === "error" || !isDraft(change)) return [];
      // The schedule of a plan has a time only with its zone.
      const at = Date.parse(change.schedule?.sendAt ?? "");
      return at >= now ? [{ change, at }] : [];
    })
    .sort((a, b) => a.at - b.at || compare(a.change.campaignId, b.change.campaignId));
}

/** Which campaigns, and when, of many the first: `"Spring re-engagement" at 2026-12-01 09:00 UTC, and 3 more`. */
export function sendWords(sends: readonly PlannedSend[]): string {
  const words = sends.slice(0, MOST_SHOWN).map(({ change: { campaignId, name }, at }) => {
    return `${name === null ? campaignId : quoteWhole(name)} at ${timeText(new Date(at).toISOString())}`;
  });
  const rest = sends.length - words.length;
  return rest > 0 ? `${words.join(", ")}, and ${rest} more` : words.join(", ");
}

const MOST_SHOWN = 10;
