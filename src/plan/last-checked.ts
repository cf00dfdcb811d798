import { isUnreachable } from "../domain/campaign-error.ts";
import { compare } from "../domain/compare.ts";
import type { Destination } from "../domain/destination.ts";
import type { CampaignError, Change } from "../domain/model.ts";

/** When an earlier run looked at one campaign, and for how many nights by then it could not be read. */
export type Checked = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The nights in a row, and when the last of them was counted; null where the campaign could be read. */
  readonly unreadable: { readonly nights: number; readonly countedAt: number } | null;
};

/**
 * What earlier runs looked at, by campaign. It decides in which order a run looks and when an unreadable campaign gets an
 * issue, and nothing else: what is live is always read.
 */
export type LastChecked = Destination & { readonly campaigns: ReadonlyMap<string, Checked> };

/** Who was looked at longest ago comes first, and who never was before that; else by id. */
export function oldestFirst<T extends { readonly campaignId: string }>(
  campaigns: readonly T[],
  last: LastChecked,
  now: number,
): readonly T[] {
  // A moment that is still to come is none: such a campaign would be last for ever.
  const at = ({ campaignId }: T): number => {
    const known = last.campaigns.get(campaignId)?.at ?? 0;
    return known > now ? 0 : known;
  };
  return [...campaigns].sort((a, b) => at(a) - at(b) || compare(a.campaignId, b.campaignId));
}

/** Two runs of one night, such as one by hand after it, are no two nights. */
const NIGHT_MS = 12 * 3_600_000;

/** Who was not looked at for so long is declared no more, or as good as never looked at. */
const FORGOTTEN_MS = 90 * 24 * 3_600_000;

/**
 * What is known after a run that looked at these campaigns. Where the API gave no answer about more campaigns than it
 * answered about, that says nothing of any of them, and what was known of these stays.
 */
export function afterRun(last: LastChecked, changes: readonly Change[], now: number): LastChecked {
  const campaigns = new Map([...last.campaigns].filter(([, { at }]) => now - at < FORGOTTEN_MS));
  const asked = changes.filter(({ error }) => error === null || !isOfTheRun(error));
  const answered = asked.filter(({ error }) => error === null || !isUnreachable(error));
  const looked = answered.length * 2 < asked.length ? answered : asked;
  for (const { campaignId, action } of looked) {
    const before = campaigns.get(campaignId)?.unreadable ?? null;
    campaigns.set(campaignId, { at: now, unreadable: action === "error" ? oneNightMore(before, now) : null });
  }
  return { ...last, campaigns };
}

/** Whether it was the run that was ended, or had no access: then this campaign was not asked about. */
function isOfTheRun({ code, status }: CampaignError): boolean {
  const isRefused = status === 401 || status === 403;
  return isRefused || code === "interrupted";
}

function oneNightMore(before: Checked["unreadable"], now: number): Checked["unreadable"] {
  if (before === null || before.countedAt > now) return { nights: 1, countedAt: now };
  if (now - before.countedAt < NIGHT_MS) return before;
  return { nights: before.nights + 1, countedAt: now };
}
