import type { AudienceSize, CampaignError } from "../domain/model.ts";

/**
 * Why nobody can say how many people are in an audience: the preview is not permitted (403), knows no such audience
 * (404), refused otherwise, gave no answer in time, or gave one without a count.
 */
export type UnknownSize = "not-permitted" | "not-known" | "refused" | "no-answer" | "no-count";

/** What came of counting audiences, each by its id. */
export type Sizing = {
  readonly sizes: ReadonlyMap<string, AudienceSize>;
  readonly unknown: ReadonlyMap<string, UnknownSize>;
};

/** Sorts what went wrong with one count. */
export function unknownSizeOf({ code, status }: CampaignError): UnknownSize {
  if (status === 403) return "not-permitted";
  if (status === 404) return "not-known";
  if (code === "not-understood") return "no-count";
  return status === null || status === 429 || status >= 500 ? "no-answer" : "refused";
}
