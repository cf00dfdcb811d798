import { isDraft } from "../../domain/campaign.ts";
import type { AudienceBinding } from "../../domain/model.ts";
import type { ReadChange } from "./broken.ts";

/**
 * What a campaign is judged by: a draft by the audiences that it would have, a locked one by those that it has. A locked
 * one is only told: nothing of ours can be held back there.
 */
export function judgedAudiences(change: ReadChange): {
  readonly audience: AudienceBinding;
  readonly isLocked: boolean;
} {
  return isDraft(change)
    ? { audience: change.after, isLocked: false }
    : { audience: change.before, isLocked: true };
}

/** How a sentence about a locked campaign ends. */
export const LOCKED_WORDS = "It is not draft, so this run cannot mend that, and it may be about to be sent.";
