import type { AudienceFacts, Bounds, Change } from "../domain/model.ts";
import { boundsOf, type ExactSize, NO_BOUNDS } from "./bounds.ts";

type Facts = Readonly<Record<string, AudienceFacts>>;

/** What of a change its bounds follow from. */
export type Bounded = Pick<Change, "action" | "before" | "after" | "reachedBefore">;

/** What reach can be after a planned change. A campaign that is left alone, or could not be read, has none. */
export function changeBounds(
  { action, before, after, reachedBefore: count }: Bounded,
  audiences: Facts,
): Bounds {
  if (before === null || action === "skip") return NO_BOUNDS;
  return action === "no-op"
    ? { min: count, max: count }
    : boundsOf({ before, after, count }, exactIn(audiences));
}

/** The sizes among what is known of audiences: those that are exact, and of an audience of this type. */
export function exactIn(audiences: Facts): ExactSize {
  return ({ audienceId, type }) => {
    const facts = Object.hasOwn(audiences, audienceId) ? audiences[audienceId] : undefined;
    return facts?.type === type && facts.size?.isExact === true ? facts.size.count : null;
  };
}
