import type { Declarations } from "../../commands/declare.ts";
import { quantity } from "../../text/figures.ts";
import { declareInScope, type ScopedDeclarations } from "../base/declare-scope.ts";
import { openFollowUp } from "../base/follow-up.ts";
import { looksAtChanges } from "../base/looks-at-changes.ts";
import type { ActionRun } from "../run.ts";
import { declareAndAnnotate } from "../validate.ts";

/**
 * What a plan looks at: what changed, and what the follow-up issue names, since a later pull request is how a change that
 * was refused, or that nobody reviewed, gets its review.
 */
export async function declareForPlan(run: ActionRun): Promise<ScopedDeclarations> {
  if (!looksAtChanges(run)) return { declared: await declareAndAnnotate(run), notices: [] };
  const { ids, hasMore, problems } = await openFollowUp(run);
  if (hasMore) return { declared: await declareAndAnnotate(run), notices: [TOO_MANY] };
  const { declared, notices } = await declareInScope(run, ids);
  const unread = problems.map((problem) => `${UNREAD} ${problem}`);
  return { declared, notices: [...notices, ...unread, ...alsoPlanned(declared)] };
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
