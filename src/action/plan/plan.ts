import type { InvalidDeclarations } from "../../commands/declare.ts";
import { openPlanner, type PlanEnded } from "../../commands/open.ts";
import type { Plan } from "../../domain/model.ts";
import type { Origins } from "../../github/page/plan-table.ts";
import type { Trigger } from "../../github/run/model.ts";
import { exitCodeAfter } from "../../host/signals.ts";
import { requireCheckout } from "../checked-out.ts";
import { type ActionEnd, leaveEndedEarly } from "../end.ts";
import { type LoggedPlan, logPlan, openingOfRun, UNREAD } from "../log-plan.ts";
import { onGitHub } from "../on-github.ts";
import { planOutputs } from "../outputs.ts";
import { type ActionRun, commitOf, fileUrlFor, saveResult } from "../run.ts";
import { skippedWarnings } from "../skipped.ts";
import { declareAndAnnotate, endOfFiles } from "../validate.ts";
import { plansBeside } from "./beside.ts";
import { type FilesOnly, reasonForFilesOnly } from "./files-only.ts";
import { keepLabels } from "./keep-labels.ts";
import { originsAsked, originsHere } from "./origins.ts";
import { type AboutPlan, takeBackOlder, tellInvalid, tellNoPlan, tellPlan, whyFailed } from "./plan-told.ts";
import { type CommentTold, NOT_TOLD } from "./tell.ts";

/** `command: plan`: shows what would change, in the pull request where there is one. Never writes to the API. */
export async function planAction(run: ActionRun): Promise<ActionEnd> {
  const replaced = await takeBackOlder(run);
  try {
    await requireCheckout(run);
    const declared = await declareAndAnnotate(run);
    const reason = reasonForFilesOnly(run);
    if (reason?.kind === "expected") return endOfFiles(run, declared, [reason.sentence]);
    if (declared.kind === "invalid") return await endOfInvalid(run, declared, reason);
    if (reason !== null) {
      await tellNoPlan(run, reason, replaced);
      return { ...endOfFiles(run, declared, []), warnings: [reason.sentence] };
    }
    const planned = await openPlanner(await openingOfRun(run, declared), (planner) =>
      logPlan(run, planner, declared),
    );
    return await endOfPlan(run, planned, replaced);
  } catch (error) {
    await tellNoPlan(run, whyFailed(error), replaced);
    throw error;
  }
}

async function endOfInvalid(
  run: ActionRun,
  declared: InvalidDeclarations,
  reason: FilesOnly | null,
): Promise<ActionEnd> {
  const problems: string[] = [];
  const told = await onGitHub(problems, () => tellInvalid(run, declared.diagnostics));
  if (told?.left != null) run.runner.notice(told.left);
  const warnings = reason === null ? [] : [reason.sentence];
  return { ...endOfFiles(run, declared, problems), warnings };
}

async function endOfPlan(run: ActionRun, planned: LoggedPlan, replaced: string | null): Promise<ActionEnd> {
  const { plan: made } = planned;
  const problems: string[] = [];
  const outputs = planOutputs(made, saveResult(run, made, planned.text, problems));
  run.beforeEnd(() => leaveEndedEarly(run, outputs));
  const { conditions } = planned;
  const { url, origins, notices } = conditions.includes("unreachable")
    ? await tellUnreachable(run, made, replaced)
    : await tellWithBadges(run, made, problems);
  const labelWarnings = await keepLabels(run, made);
  const [problem = null] = problems;
  return {
    exitCode: exitCodeAfter(problem === null ? conditions : [...conditions, "incomplete"], run.signal),
    outputs: { ...outputs, "comment-url": url },
    content: { kind: "plan", plan: made, origins, fileUrl: fileUrlFor(run, commitOf(run)) },
    notices: [...problems, ...notices],
    warnings: [...skippedWarnings(made.changes.filter(({ action }) => action === "skip")), ...labelWarnings],
    failure: planned.accessError?.message ?? failureWords(conditions) ?? problem,
  };
}

/** Why the step fails; null where nothing of the plan says so. */
function failureWords(conditions: PlanEnded["conditions"]): string | null {
  if (conditions.some((condition) => condition !== "guardrail")) return UNREAD;
  return conditions.length > 0 ? REFUSED : null;
}

const REFUSED =
  "Rules of the project refuse this plan: nothing of it would be applied. The comment says which, and why.";

type ToldPlan = { readonly url: string; readonly origins: Origins; readonly notices: readonly string[] };

/** Of no campaign anything is known: an earlier plan of the same commit says more. */
async function tellUnreachable(run: ActionRun, made: Plan, replaced: string | null): Promise<ToldPlan> {
  const sentence = made.changes[0]?.error?.message ?? "";
  await tellNoPlan(run, { words: "the API could not be reached", sentence }, replaced);
  return { url: "", origins: null, notices: [] };
}

/**
 * The plan's comment. Badges need files of the base commit: where those are not checked out, the plan is told without
 * badges first, since they are an extra that may fail.
 */
async function tellWithBadges(run: ActionRun, made: Plan, problems: string[]): Promise<ToldPlan> {
  const base = baseCommitOf(run.context.trigger);
  const here = base === null ? null : await originsHere(run, made, base);
  const { notes, tell } = await plansBeside(run, made);
  const told = await tellOnce(run, made, { origins: here, notes }, problems);
  const { url } = told;
  const isTold = url !== "" && told.left === null;
  if (isTold) await tell();
  if (base === null || here !== null || run.signal.aborted) return { url, origins: here, notices: [] };
  const troubles: string[] = [];
  const found = await onGitHub(troubles, () => originsAsked(run, made, base));
  const origins = found?.origins ?? null;
  if (origins !== null && isTold) await tellOnce(run, made, { origins, notes }, troubles);
  const whys = [...troubles, ...(found?.why == null ? [] : [found.why])];
  const notices = whys.map((why) => `Nobody can tell this pull request's changes from drift: ${why}`);
  return { url, origins, notices };
}

/** A run that is cancelled has not read everything: what it has is no plan to show. */
async function tellOnce(
  run: ActionRun,
  made: Plan,
  about: AboutPlan,
  problems: string[],
): Promise<CommentTold> {
  if (run.signal.aborted) return NOT_TOLD;
  const told = (await onGitHub(problems, () => tellPlan(run, made, about))) ?? NOT_TOLD;
  if (told.problem !== null) problems.push(told.problem);
  if (told.left !== null) run.runner.notice(told.left);
  return told;
}

/** The commit that changes are compared with; null for what is merged. */
function baseCommitOf(trigger: Trigger): string | null {
  return trigger.kind === "pull-request" || trigger.kind === "merge-group" ? trigger.baseSha : null;
}
