/** What to do after a refusal: send slower, take no notice of it, or go back to a rate that was taken before. */
type Advice = "slow-down" | "take-no-notice" | { readonly resumeAt: number };

/** Tells refusals that come whatever the rate from those of a rate limit. Times are monotonic milliseconds. */
export type BlindRefusals = {
  accepted(sentAt: number): void;
  /** @param rate requests a millisecond, as they are sent now. */
  refused(rate: number, now: number): Advice;
};

type Counts = { accepted: number; refused: number };

/** What was seen since the beginning, or since a limit proved to be lower than it was. */
type Seen = {
  /** The best rate that was shown, requests a millisecond; 0 for none. */
  shown: number;
  /** Since the refusal that began it. */
  window: { readonly from: number; accepted: number };
  /** Since the rate is far below the shown one. */
  farBelow: Counts;
  /** While refusals are taken for blind: since the last check, and which share of them is borne. */
  blind: (Counts & { readonly share: number }) | null;
};

/** So many acceptances from one refusal to another show a rate that the server can take. */
const SHOWN = 20;

/** So often refused, among so many, far below the shown rate: neither a limit that stood still nor our probing does that. */
const FAR_BELOW = { part: 1 / 2, sent: 24, refused: 3, least: 0.03, most: 0.5 } as const;

/** After so many requests: are refusals about as rare as they were, or was it a lower limit after all? */
const CHECK = { sent: 40, factor: 2, more: 0.1, share: 0.55 } as const;

/**
 * A refusal says that the server's allowance is used up, so what it accepts from then to a later refusal shows a rate
 * that it can take. A limit refuses nothing far below that. Where refusals are frequent even there, they come by chance,
 * or because others share the limit: slowing down further would spare nobody and could take hours.
 *
 * @param firstAt when the first request was refused.
 */
export function createBlindRefusals(firstAt: number): BlindRefusals {
  let seen = nothingSince(firstAt);
  return {
    accepted(sentAt) {
      if (sentAt >= seen.window.from) seen.window.accepted += 1;
      seen.farBelow.accepted += 1;
      if (seen.blind !== null) seen.blind.accepted += 1;
    },
    refused(rate, now) {
      if (seen.blind === null) return afterRefusal(seen, rate, now);
      seen.blind.refused += 1;
      if (sentOf(seen.blind) < CHECK.sent) return "take-no-notice";
      if (shareOf(seen.blind) <= seen.blind.share) {
        seen.blind = { ...none(), share: seen.blind.share };
        return "take-no-notice";
      }
      seen = nothingSince(now);
      return "slow-down";
    },
  };
}

function afterRefusal(seen: Seen, rate: number, now: number): Advice {
  const { from, accepted } = seen.window;
  if (accepted >= SHOWN) {
    seen.shown = Math.max(seen.shown, (accepted - 1) / Math.max(1, now - from));
    seen.window = { from: now, accepted: 0 };
  }
  if (rate > FAR_BELOW.part * seen.shown) {
    seen.farBelow = none();
    return "slow-down";
  }
  seen.farBelow.refused += 1;
  const share = shareOf(seen.farBelow);
  const isEnough = sentOf(seen.farBelow) >= FAR_BELOW.sent && seen.farBelow.refused >= FAR_BELOW.refused;
  if (!isEnough || share < FAR_BELOW.least || share > FAR_BELOW.most) return "slow-down";
  seen.blind = { ...none(), share: Math.min(CHECK.share, CHECK.factor * share + CHECK.more) };
  return { resumeAt: seen.shown };
}

function nothingSince(from: number): Seen {
  return { shown: 0, window: { from, accepted: 0 }, farBelow: none(), blind: null };
}

function none(): Counts {
  return { accepted: 0, refused: 0 };
}

function sentOf({ accepted, refused }: Counts): number {
  return accepted + refused;
}

function shareOf(counts: Counts): number {
  return counts.refused / sentOf(counts);
}
