import { audienceList } from "./audience-words.ts";
import { type Broken, ofCampaign, type PlanFacts, type ReadChange } from "./broken.ts";

/** A change after which nobody is included who was before: another campaign's id in the file looks like that. */
export function replacesAllIncludes(change: ReadChange, facts: PlanFacts): readonly Broken[] {
  if (change.action !== "update" || change.before.include.length === 0) return [];
  const after = new Set(change.after.include.map(({ audienceId }) => audienceId));
  const audienceIds = change.before.include.map(({ audienceId }) => audienceId);
  if (audienceIds.some((audienceId) => after.has(audienceId))) return [];
  const message = `None of the included audiences stays: it no longer includes ${audienceList(audienceIds, facts)}.`;
  return [ofCampaign("replaces-all-includes", change, message, { audienceIds })];
}
