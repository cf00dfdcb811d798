import { campaignErrorOf } from "../domain/campaign-error.ts";
import { AccessError } from "../domain/errors.ts";
import type { Campaign, CampaignError, WriteRecord } from "../domain/model.ts";
import type { Written } from "./evaluation.ts";
import type { LostWrite } from "./sent.ts";

/** How the write of one campaign ended. `live` is the last state that was read. */
export type WriteEnd =
  | { readonly kind: "written"; readonly live: Campaign; readonly evidence: Written }
  | { readonly kind: "unchanged"; readonly live: Campaign }
  | { readonly kind: "locked"; readonly live: Campaign | null }
  | { readonly kind: "stale"; readonly live: Campaign }
  | { readonly kind: "not-attempted"; readonly reason: "interrupted" | "no-access" | "guardrail" }
  | {
      readonly kind: "failed";
      readonly error: CampaignError;
      readonly mayHaveLanded: boolean;
      readonly accessDenied: boolean;
    };

/** How the write of one campaign ended, and the writes that were sent for it. */
export type RecordedEnd = WriteEnd & { readonly writes: readonly WriteRecord[] };

/** The end of a campaign whose write was lost, and that is not written any more. */
export function failedBy({ error, mayHaveLanded }: LostWrite, addition = ""): WriteEnd {
  const message = `${error.message}${addition}`;
  return { kind: "failed", error: { ...error, message }, mayHaveLanded, accessDenied: false };
}

/** The end of a campaign for an error of a read or a write. */
export function failed(
  error: unknown,
  landed: "nothing-landed" | "may-have-landed",
  prefix?: string,
): WriteEnd {
  const known = campaignErrorOf(error);
  return {
    kind: "failed",
    error: prefix === undefined ? known : { ...known, message: `${prefix}: ${known.message}` },
    mayHaveLanded: landed === "may-have-landed",
    accessDenied: error instanceof AccessError,
  };
}
