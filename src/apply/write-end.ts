import type { Campaign, CampaignError, WriteRecord } from "../domain/model.ts";
import type { Written } from "./evaluation.ts";

/** How the write of one campaign ended. `live` is the last state that was read. */
export type WriteEnd =
  | { readonly kind: "written"; readonly live: Campaign; readonly evidence: Written }
  | { readonly kind: "unchanged"; readonly live: Campaign }
  | { readonly kind: "locked"; readonly live: Campaign | null }
  | { readonly kind: "stale"; readonly live: Campaign }
  | { readonly kind: "not-attempted"; readonly reason: "interrupted" | "no-access" }
  | {
      readonly kind: "failed";
      readonly error: CampaignError;
      readonly mayHaveLanded: boolean;
      readonly accessDenied: boolean;
    };

/** How the write of one campaign ended, and the writes that were sent for it. */
export type RecordedEnd = WriteEnd & { readonly writes: readonly WriteRecord[] };
