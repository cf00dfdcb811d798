import type { Change } from "./model.ts";

/** The one status of a campaign that can be written to. */
export const DRAFT = "draft";

/** Whether a campaign can be written to: only then. Source: API sheet, `authoringStatus`. */
export function isDraft({ authoringStatus }: Pick<Change, "authoringStatus">): boolean {
  return authoringStatus === DRAFT;
}
