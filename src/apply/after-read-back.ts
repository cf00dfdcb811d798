import { isDraft } from "../domain/campaign.ts";
import type { Campaign, Update } from "../domain/model.ts";
import type { Written } from "./evaluation.ts";
import type { ReadBack } from "./read-back.ts";
import type { SentWrite } from "./sent.ts";
import { failed, failedBy, type WriteEnd } from "./write-end.ts";

/**
 * What the read after a write says of it. `still-before` is for a lost one that left the old audiences, as shown just now.
 *
 * @param previous the campaign as it was seen right before the write.
 */
export function afterReadBack(
  update: Update,
  previous: Campaign,
  sent: SentWrite,
  back: ReadBack,
): WriteEnd | { readonly kind: "still-before"; readonly live: Campaign } {
  const nothingOfOurs = sent.kind === "lost" && !sent.mayHaveLanded;
  switch (back.kind) {
    case "equal":
      // Nothing of ours reached the API, so somebody else made it equal.
      if (nothingOfOurs) return { kind: "unchanged", live: back.live };
      return { kind: "written", live: back.live, evidence: evidenceOf(update, previous, sent, back.live) };
    case "unreadable":
      if (nothingOfOurs) return failedBy(sent);
      return failed(back.error, "may-have-landed", "The write could not be verified");
    case "still-before":
      if (sent.kind === "accepted") {
        return notConverged(
          `The API accepted the write, but ${seconds(back.lookedMs)} later the campaign still has the old audiences: somebody put them back, or the write took no effect.`,
        );
      }
      return isDraft(back.live)
        ? { kind: "still-before", live: back.live }
        : { kind: "locked", live: back.live };
    case "different":
      if (nothingOfOurs) return { kind: "stale", live: back.live };
      return notConverged(
        "After the write the campaign has neither the old nor the declared audiences: somebody edited it right after, and their edit stands; or the API stored something else.",
      );
  }
}

function evidenceOf(update: Update, previous: Campaign, sent: SentWrite, live: Campaign): Written {
  const latest = sent.kind === "lost" ? live.serverTime : (sent.serverTime ?? live.serverTime);
  const { answeredAt } = sent;
  return { kind: "written", after: update.after, previous, readBack: live, latest, answeredAt };
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1_000))} s`;
}

function notConverged(what: string): WriteEnd {
  const message = `${what} It was not written again. Run plan to see what is live.`;
  const error = { code: "not-converged", status: null, message, correlationId: null };
  return { kind: "failed", error, mayHaveLanded: true, accessDenied: false };
}
