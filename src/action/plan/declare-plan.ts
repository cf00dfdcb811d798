import type { Declarations } from "../../commands/declare.ts";
import { quantity } from "../../text/figures.ts";
import { declareAll, declareInScope, type ScopedDeclarations } from "../base/declare-scope.ts";
import { openFollowUp } from "../base/follow-up.ts";
import { looksAtChanges } from "../base/looks-at-changes.ts";
import { type ActionRun, isToBeMerged } from "../run.ts";
import { declareAndAnnotate } from "../validate.ts";

/**
 * What a plan looks at: what changed, and what the follow-up issue names, since a later pull request is how a change that
 * was refused, or that nobody reviewed, gets its review. What is to be merged is compared with its base in any case, for
 * what it changes of the rules.
 */
export async function declareForPlan(run: ActionRun): Promise<ScopedDeclarations> {
  if (!looksAtChanges(run)) return declareEverything(run);
  const { ids, hasMore, problems } = await openFollowUp(run);
  if (hasMore) {
    const { declared, notices } = await declareEverything(run);
    return { declared, notices: [TOO_MANY, ...notices] };
  }
  const { declared, notices } = await declareInScope(run, ids);
  const unread = problems.map((problem) => `${UNREAD} ${problem}`);
  return { declared, notices: [...notices, ...unread, ...alsoPlanned(declared)] };
}

async function declareEverything(run: ActionRun): Promise<ScopedDeclarations> {
  return isToBeMerged(run) ? declareAll(run) : { declared: await declareAndAnnotate(run), notices: [] };
}

const TOO_MANY =
  "Every declared campaign was looked at, since the follow-up issue is of more campaigns than it can name.";

const UNREAD =
  "The follow-up issue could not be read, so what an apply left is planned only where it changed.";

function alsoPlanned(declared: Declarations): readonly string[] {
  if (declared.kind === "invalid" || declared.scope.kind !== "changed") return [];
  const count = declared.specs.filter(({ campaignId }) => declared.before?.has(campaignId) !== true).length;
  if (count === 0) return [];
  return [`Planned as well, since the follow-up issue names them: ${quantity(count, "campaign")}.`];
}
