import type { Change } from "./model.ts";

/** Whether a campaign can be written to: only then. Source: API sheet, `authoringStatus`. */
export function isDraft({ authoringStatus }: Pick<Change, "authoringStatus">): boolean {
  return authoringStatus === "draft";
}
