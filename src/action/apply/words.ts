import { type AccessError, UsageError } from "../../domain/errors.ts";
import type { Report } from "../../domain/model.ts";
import { BRANCH_MOVED, isLeftToNewerRun, isSuperseded } from "../../domain/newer-run.ts";
import { stops } from "../../guardrails/stops.ts";
import { quantity } from "../../text/figures.ts";
import type { ActionRun } from "../run.ts";
import { skippedWarnings } from "../skipped.ts";
import { type Authorising, isEmpty, type ReviewedPlans } from "./reviewed.ts";

/** What somebody should look at after an apply, whatever became of it. */
export function warningsOf({ inputs, github }: ActionRun, { results }: Report): readonly string[] {
  const moved = results.filter(({ reason }) => reason === BRANCH_MOVED).length;
  return [
    ...(inputs.requireReviewedPlan ? [] : [UNREVIEWED]),
    ...(github === null ? [NO_GITHUB] : []),
    ...(moved === 0 ? [] : [movedWarning(moved)]),
    ...skippedWarnings(results.filter(({ outcome }) => outcome === "skipped")),
  ];
}

const UNREVIEWED =
  "require-reviewed-plan is false: whatever differs is written, whether a pull request showed it or not.";

const NO_GITHUB =
  "Input github-token is empty, so nobody can tell whether the branch declares something else by now.";

function movedWarning(count: number): string {
  return `${quantity(count, "campaign")} left to the run of the branch's newest commit: nobody can tell here what that declares. Where no such run comes, start apply by hand.`;
}

/** What else there is to know of an apply: which plans authorised nothing, and what was found instead of one. */
export function noticesOf(
  { inputs, target }: ActionRun,
  found: ReviewedPlans | null,
  reviewed: Authorising | null,
  { results }: Report,
): readonly string[] {
  const superseded = results.filter(isSuperseded).length;
  const told = [
    ...(found?.notices ?? []),
    ...(reviewed?.notices ?? []),
    ...(superseded === 0 ? [] : [supersededNotice(superseded)]),
  ];
  const isHeld = reviewed?.pulls.some(
    ({ comment }) => !comment.isEarlier && !isEmpty(comment.header.reviewed),
  );
  const isMissed =
    inputs.requireReviewedPlan && isHeld !== true && results.some(({ reason }) => reason === "not-reviewed");
  return isMissed ? [...told, missedNotice(target, found?.instead ?? [])] : told;
}

function supersededNotice(count: number): string {
  return `${quantity(count, "campaign")} superseded: the branch declares something else by now, which a newer run has to do.`;
}

/** What was looked for, and what was found instead. */
function missedNotice({ workflow, environment }: ActionRun["target"], instead: readonly string[]): string {
  const where = environment === null ? "" : `, environment ${environment}`;
  return [
    `No reviewed plan was found that holds what is to be written: none of workflow ${workflow}${where} in a pull request that was merged into this branch.`,
    ...instead,
  ].join(" ");
}

/** Why an apply fails, in a sentence or two; null where there is no more to say than the summary does. */
export function failureOf(
  { summary, results, findings }: Report,
  problems: readonly string[],
  isInterrupted: boolean,
): string | null {
  const parts = [
    [summary.stale, "stale"],
    [summary.failed, "failed"],
    [summary.notAttempted - results.filter(isLeftToNewerRun).length, "not attempted"],
    [summary.restored, "put back, since reach broke a rule"],
    [summary.reachUnconfirmed, "with reach not confirmed"],
    [summary.skipped, "skipped (not draft)"],
  ] as const;
  const undone = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const told = [
    ...(isInterrupted ? ["The run was interrupted."] : []),
    ...brokenWords(findings),
    ...(undone.length === 0
      ? []
      : [`Not everything is done: ${undone.join(", ")}. The job summary says which, and why.`]),
    ...problems,
  ];
  return told.length === 0 ? null : told.join(" ");
}

/** Which rules refused it, or were broken by what was counted. */
function brokenWords(findings: Report["findings"]): readonly string[] {
  const rules = [...new Set(findings.filter(stops).map(({ rule }) => rule))];
  return rules.length === 0 ? [] : [`Broken rules of the project: ${rules.join(", ")}.`];
}

/** What an error says, and how to mend it. */
export function sentenceOf(error: AccessError | UsageError): string {
  return error instanceof UsageError && error.hint !== null
    ? `${error.message} ${error.hint}`
    : error.message;
}
