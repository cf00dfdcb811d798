import { noExcludeIsLeft } from "../../plan/updates.ts";
import { audienceList } from "./audience-words.ts";
import { type Broken, ofCampaign, type PlanFacts, type ReadChange } from "./broken.ts";

/** A change that takes away every exclude. */
export function losesAllExcludes(change: ReadChange, facts: PlanFacts): readonly Broken[] {
  if (change.action !== "update" || !noExcludeIsLeft(change)) return [];
  const audienceIds = change.before.exclude.map(({ audienceId }) => audienceId);
  const message = `No exclude is left: it no longer excludes ${audienceList(audienceIds, facts)}.`;
  return [ofCampaign("loses-all-excludes", change, message, { audienceIds })];
}
