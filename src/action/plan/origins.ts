import { declareChanged } from "../../commands/changed/declare-changed.ts";
import type { Declarations } from "../../commands/declare.ts";
import type { AudienceBinding, Change, Plan, Skip, Update } from "../../domain/model.ts";
import type { Origins } from "../../github/page/plan-table.ts";
import { originOf } from "../../github/review/origin.ts";
import type { Origin } from "../../github/run/model.ts";
import { openBaseOf } from "../base/open-base.ts";
import { onGitHub } from "../on-github.ts";
import type { ActionRun } from "../run.ts";
import { declareOptions } from "../validate.ts";

/** Of each campaign that differs: does the pull request cause it, or was it there before? `why` says why nobody can tell. */
export type FoundOrigins = { readonly origins: Origins; readonly why: string | null };

/**
 * Compares what is declared with what the base declared.
 *
 * @param where `here`: without a request, as far as git has the base.
 */
export async function findOrigins(
  run: ActionRun,
  plan: Plan,
  where: "here" | "anywhere",
): Promise<FoundOrigins> {
  if (!plan.changes.some(isDiffering)) return { origins: new Map(), why: null };
  const options = declareOptions(run);
  const opened = await openBaseOf(where === "here" ? { ...run, github: null } : run, options);
  if ("why" in opened) return { origins: null, why: opened.why };
  const problems: string[] = [];
  const declared: Declarations | null = await onGitHub(problems, () => declareChanged(options, opened.base));
  const [why = null] = problems;
  return declared?.kind === "valid" && declared.before !== undefined
    ? { origins: originsSince(plan, declared.before), why: null }
    : { origins: null, why };
}

/** @param before what the base declared of campaigns that are declared otherwise now, as `declareChanged` says. */
export function originsSince(
  { changes }: Plan,
  before: ReadonlyMap<string, AudienceBinding | null>,
): ReadonlyMap<string, Origin> {
  return new Map(
    changes.filter(isDiffering).map((change) => {
      const base = before.get(change.campaignId);
      return [change.campaignId, base === undefined ? "drift" : originOf(change, base)];
    }),
  );
}

function isDiffering(change: Change): change is Update | Skip {
  return change.action === "update" || change.action === "skip";
}
