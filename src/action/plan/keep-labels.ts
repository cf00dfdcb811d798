import type { Plan } from "../../domain/model.ts";
import type { GitHub } from "../../github/api/github.ts";
import { labelChange, labelsOf } from "../../github/review/plan-labels.ts";
import { GitHubError } from "../../github/run/github-error.ts";
import type { PlanLabel, Trigger } from "../../github/run/model.ts";
import type { ActionRun } from "../run.ts";

/** The labels that a plan gives its pull request; none where the run keeps none. */
export function labelsFor({ inputs }: ActionRun, plan: Plan): readonly PlanLabel[] {
  return inputs.labels ? labelsOf(plan) : [];
}

/**
 * Gives the pull request the labels that hold of its plan, and takes off those that do not, unless the plan of another
 * target says so. Labels are an extra: what goes wrong with them is a warning.
 */
export async function keepLabels(run: ActionRun, plan: Plan): Promise<readonly string[]> {
  const { inputs, context, github, signal } = run;
  const { trigger } = context;
  if (!inputs.labels || trigger.kind !== "pull-request" || github === null || signal.aborted) return [];
  try {
    await keep(run, github, trigger, plan);
    return [];
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return [`The labels of this pull request are not as they should be. ${error.message} ${MEND}`];
  }
}

const MEND =
  'Labels need "pull-requests: write", and "issues: write" as well for one that the repository does not have yet.';

async function keep(
  run: ActionRun,
  github: GitHub,
  { number, headSha }: Extract<Trigger, { readonly kind: "pull-request" }>,
  plan: Plan,
): Promise<void> {
  const now = await github.pullRequest(number);
  // Of a newer commit another run says what holds.
  if (now.isMerged || now.headSha !== headSha) return;
  const { add, remove } = labelChange(now.labels, labelsFor(run, plan), plan.summary.error === 0);
  if (add.length > 0) await github.addLabels(number, add);
  if (remove.length === 0) return;
  const elsewhere = await github.labelsElsewhere(number, run.target);
  for (const label of remove.filter((each) => !elsewhere.includes(each))) {
    await github.removeLabel(number, label);
  }
}
