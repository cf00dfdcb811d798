import type { InvalidDeclarations, ValidDeclarations } from "../../commands/declare.ts";
import { openPlanner, type PlanEnded } from "../../commands/open.ts";
import type { Plan } from "../../domain/model.ts";
import type { Origins } from "../../github/page/plan-table.ts";
import { exitCodeAfter } from "../../host/signals.ts";
import { requireCheckout } from "../checked-out.ts";
import { type ActionEnd, leaveEndedEarly } from "../end.ts";
import { type LoggedPlan, logPlan, openingOfRun, UNREAD } from "../log-plan.ts";
import { onGitHub } from "../on-github.ts";
import { planOutputs } from "../outputs.ts";
import { type ActionRun, commitOf, fileUrlFor, isToBeMerged, saveResult } from "../run.ts";
import { skippedWarnings } from "../skipped.ts";
import { checkFiles, endOfFiles } from "../validate.ts";
import { plansBeside } from "./beside.ts";
import { declareForPlan } from "./declare-plan.ts";
import { type FilesOnly, reasonForFilesOnly } from "./files-only.ts";
import { keepLabels } from "./keep-labels.ts";
import { originsSince } from "./origins.ts";
import { type AboutPlan, takeBackOlder, tellInvalid, tellNoPlan, tellPlan, whyFailed } from "./plan-told.ts";
import { type CommentTold, NOT_TOLD } from "./tell.ts";

/** `command: plan`: shows what would change, in the pull request where there is one. Never writes to the API. */
export async function planAction(run: ActionRun): Promise<ActionEnd> {
  const replaced = await takeBackOlder(run);
  try {
    await requireCheckout(run);
    const reason = reasonForFilesOnly(run);
    if (reason !== null) return await endOfFilesOnly(run, reason, replaced);
    const { declared, notices } = await declareForPlan(run);
    if (declared.kind === "invalid") return await endOfInvalid(run, declared);
    const planned = await openPlanner(await openingOfRun(run, declared), (planner) =>
      logPlan(run, planner, declared),
    );
    return await endOfPlan(run, planned, { declared, notices, replaced });
  } catch (error) {
    await tellNoPlan(run, whyFailed(error), replaced);
    throw error;
  }
}

/** There must be no plan, or can be none: the files are checked, and nothing else. */
async function endOfFilesOnly(
  run: ActionRun,
  reason: FilesOnly,
  replaced: string | null,
): Promise<ActionEnd> {
  const checked = await checkFiles(run);
  if (reason.kind === "expected") return endOfFiles(run, checked, [reason.sentence]);
  const warnings = [reason.sentence];
  if (checked.declared.kind === "invalid") {
    return { ...(await endOfInvalid(run, checked.declared)), warnings };
  }
  await tellNoPlan(run, reason, replaced);
  return { ...endOfFiles(run, checked, []), warnings };
}

async function endOfInvalid(run: ActionRun, declared: InvalidDeclarations): Promise<ActionEnd> {
  const problems: string[] = [];
  const told = await onGitHub(problems, () => tellInvalid(run, declared.diagnostics));
  if (told?.left != null) run.runner.notice(told.left);
  return endOfFiles(run, { declared }, problems);
}

/** How the plan came about: of what, and instead of which commit's. */
type Told = {
  readonly declared: ValidDeclarations;
  readonly notices: readonly string[];
  readonly replaced: string | null;
};

async function endOfPlan(run: ActionRun, planned: LoggedPlan, told: Told): Promise<ActionEnd> {
  const { plan: made } = planned;
  const problems: string[] = [];
  const outputs = planOutputs(made, saveResult(run, made, planned.text, problems));
  run.beforeEnd(() => leaveEndedEarly(run, outputs));
  const { conditions } = planned;
  const { url, origins } = conditions.includes("unreachable")
    ? await tellUnreachable(run, made, told.replaced)
    : await tellWithBadges(run, made, told, problems);
  const labelWarnings = await keepLabels(run, made);
  const [problem = null] = problems;
  return {
    exitCode: exitCodeAfter(problem === null ? conditions : [...conditions, "incomplete"], run.signal),
    outputs: { ...outputs, "comment-url": url },
    content: { kind: "plan", plan: made, origins, fileUrl: fileUrlFor(run, commitOf(run)) },
    notices: [...problems, ...told.notices],
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

type ToldPlan = { readonly url: string; readonly origins: Origins };

/** Of no campaign anything is known: an earlier plan of the same commit says more. */
async function tellUnreachable(run: ActionRun, made: Plan, replaced: string | null): Promise<ToldPlan> {
  const sentence = made.changes[0]?.error?.message ?? "";
  await tellNoPlan(run, { words: "the API could not be reached", sentence }, replaced);
  return { url: "", origins: null };
}

/** The plan's comment. It has badges where the base is known. */
async function tellWithBadges(
  run: ActionRun,
  made: Plan,
  { declared: { before } }: Told,
  problems: string[],
): Promise<ToldPlan> {
  const origins = isToBeMerged(run) && before !== undefined ? originsSince(made, before) : null;
  const { notes, tell } = await plansBeside(run, made);
  const { url, left } = await tellOnce(run, made, { origins, notes }, problems);
  if (url !== "" && left === null) await tell();
  return { url, origins };
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
