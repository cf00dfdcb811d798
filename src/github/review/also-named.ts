import type { Update } from "../../domain/model.ts";
import type { Reviewed } from "../run/model.ts";
import { namedIn } from "./named-campaigns.ts";
import { changeDigest } from "./reviewed.ts";

/** The updates of campaigns that a plan of another pull request changes too; those alone of which one can tell. */
export function alsoNamed(updates: readonly Update[], reviewed: Reviewed): readonly Update[] {
  const isNamed = namedIn(reviewed);
  if (isNamed !== null) return updates.filter(({ campaignId }) => isNamed(campaignId));
  // Without names only the very same change can be told.
  const digests = new Set(reviewed.kind === "digests" ? reviewed.digests : []);
  return updates.filter((update) => digests.has(changeDigest(update)));
}
