import type { NamedAudience } from "../guardrails.ts";
import { audienceWords } from "./audience-words.ts";
import { type Broken, ofCampaign, type PlanFacts, type ReadChange } from "./broken.ts";
import { judgedAudiences, LOCKED_WORDS } from "./judged-audiences.ts";

/** Each audience that a campaign must exclude and does not; and each that it excludes, but that is known to be empty. */
export function requireExclude(
  change: ReadChange,
  required: readonly NamedAudience[],
  facts: PlanFacts,
): readonly Broken[] {
  const { audience, isLocked } = judgedAudiences(change);
  const excluded = new Set(audience.exclude.map(({ audienceId }) => audienceId));
  return required.flatMap((each) => {
    const audienceIds = [each.audienceId];
    const who = audienceWords(each, facts);
    if (!excluded.has(each.audienceId)) {
      const message = `It does not exclude ${who}, which must be excluded.${isLocked ? ` ${LOCKED_WORDS}` : ""}`;
      return [ofCampaign("require-exclude", change, message, { audienceIds, isOnlyTold: isLocked })];
    }
    if (!isEmpty(each.audienceId, facts)) return [];
    const message = `It excludes ${who}, which must be excluded, but nobody is in that audience.`;
    return [ofCampaign("require-exclude", change, message, { audienceIds, isOnlyTold: true })];
  });
}

function isEmpty(audienceId: string, { audiences }: PlanFacts): boolean {
  const size = Object.hasOwn(audiences, audienceId) ? audiences[audienceId]?.size : undefined;
  return size?.count === 0 && size.isExact !== false;
}
