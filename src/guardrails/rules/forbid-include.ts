import type { NamedAudience } from "../guardrails.ts";
import { audienceWords } from "./audience-words.ts";
import { type Broken, ofCampaign, type PlanFacts, type ReadChange } from "./broken.ts";
import { judgedAudiences, LOCKED_WORDS } from "./judged-audiences.ts";

/** Each audience that no campaign may include, and that this one does. */
export function forbidInclude(
  change: ReadChange,
  forbidden: readonly NamedAudience[],
  facts: PlanFacts,
): readonly Broken[] {
  const { audience, isLocked } = judgedAudiences(change);
  const included = new Set(audience.include.map(({ audienceId }) => audienceId));
  return forbidden
    .filter(({ audienceId }) => included.has(audienceId))
    .map((each) => {
      const message = `It includes ${audienceWords(each, facts)}, which must not be included.${isLocked ? ` ${LOCKED_WORDS}` : ""}`;
      return ofCampaign("forbid-include", change, message, {
        audienceIds: [each.audienceId],
        isOnlyTold: isLocked,
      });
    });
}
