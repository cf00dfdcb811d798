import type { Declarations } from "../../commands/declare.ts";
import { namedIn } from "../../github/review/named-campaigns.ts";
import { declareInScope, type ScopedDeclarations } from "../base/declare-scope.ts";
import { openFollowUp } from "../base/follow-up.ts";
import { looksAtChanges } from "../base/looks-at-changes.ts";
import type { ActionRun } from "../run.ts";
import { declareAndAnnotate } from "../validate.ts";
import type { ReviewedPlans } from "./reviewed.ts";

/**
 * What an apply looks at: of a push the campaigns of the reviewed plans that wait, and those that the push changed. Where
 * that cannot be told, and after an apply that did not begin, it looks at everything.
 */
export async function declareForApply(
  run: ActionRun,
  found: ReviewedPlans | null,
): Promise<ScopedDeclarations> {
  if (!looksAtChanges(run)) return { declared: await declareAndAnnotate(run), notices: [] };
  const isReviewed = reviewedIn(found);
  const why = isReviewed === null ? UNNAMED : (await openFollowUp(run)).isOfAll ? NOT_BEGUN : null;
  if (isReviewed === null || why !== null) {
    return { declared: await declareAndAnnotate(run), notices: why === null ? [] : [why] };
  }
  const { declared, notices } = await declareInScope(run, { has: isReviewed });
  return { declared: withoutBaseRules(declared), notices };
}

/** What a push changes of the rules was told in its pull request. */
function withoutBaseRules(declared: Declarations): Declarations {
  if (declared.kind === "invalid") return declared;
  const { baseRules: _, ...rest } = declared;
  return rest;
}

const UNNAMED =
  "Every declared campaign was looked at, since a reviewed plan was too long to say which it names.";

const NOT_BEGUN =
  "Every declared campaign was looked at, since an earlier apply did not begin, or left more than its issue names.";

/** Tells the campaigns of waiting reviewed plans; null where one of these does not say which it names. */
export function reviewedIn(found: ReviewedPlans | null): ((campaignId: string) => boolean) | null {
  const tests = (found?.pulls ?? []).map(({ comment }) => namedIn(comment.header.reviewed));
  if (tests.some((test) => test === null)) return null;
  return (campaignId) => tests.some((test) => test?.(campaignId) === true);
}
