import { systemClock } from "../clock.ts";
import type { InvalidDeclarations, ValidDeclarations } from "../commands/declare.ts";
import { conditionsOfPlan, type PlanInput, type Planned, plan } from "../commands/plan.ts";
import { planInput } from "../commands/plan-input.ts";
import { compose } from "../compose.ts";
import type { Plan } from "../domain.ts";
import type { Connection } from "../experiture/connection.ts";
import { unlessForbidden } from "../github/comments.ts";
import { renderInvalidComment } from "../github/invalid-comment.ts";
import type { Origin } from "../github/model.ts";
import { renderPlanComment } from "../github/plan-comment.ts";
import { renderPlanText } from "../render/plan-text.ts";
import { plainStyle } from "../render/style.ts";
import { resolveSettings, type Settings } from "../settings.ts";
import { exitCodeAfter } from "../signals.ts";
import { baseCommitOf, baseProject, originsOf } from "./base.ts";
import { hasSecret } from "./credentials.ts";
import { onGitHub } from "./on-github.ts";
import { planOutputs } from "./outputs.ts";
import { type ActionEnd, type ActionRun, commitOf, declare, fileUrlFor, saveResult } from "./run.ts";
import { endOfFiles } from "./validate.ts";

/** `command: plan`: shows what would change, in the pull request where there is one. Never writes to the API. */
export async function planAction(run: ActionRun): Promise<ActionEnd> {
  const declared = await declare(run);
  const reason = reasonForFilesOnly(run);
  if (reason !== null) return endOfFiles(run, declared, [reason]);
  if (declared.kind === "invalid") {
    const problems: string[] = [];
    await onGitHub(problems, () => commentInvalid(run, declared));
    return endOfFiles(run, declared, problems);
  }
  const planned = await planWith(run, declared, (connection, input) => readPlan(run, connection, input));
  const made = planned.plan;
  const problems: string[] = [];
  const planPath = saveResult(run, made, planned.text, problems);
  const base = baseCommitOf(run);
  // Badges need files of the base commit; where those are not to be had, there is a plan without badges.
  const noBadges: string[] = [];
  const origins = base === null ? null : await onGitHub(noBadges, () => originsOf(run, made, base));
  const commentUrl = await onGitHub(problems, () => commentPlan(run, made, origins));
  const conditions = conditionsOfPlan(planned).filter((condition) => condition !== "changes");
  const [problem = null] = problems;
  return {
    exitCode: exitCodeAfter(problem === null ? conditions : [...conditions, "incomplete"], run.signal),
    outputs: { ...planOutputs(made, planPath), "comment-url": commentUrl ?? "" },
    content: { kind: "plan", plan: made, origins, fileUrl: fileUrlFor(run, commitOf(run)) },
    notices: [
      ...problems,
      ...noBadges.map((why) => `Nobody can tell this pull request's changes from drift: ${why}`),
    ],
    failure: planned.accessError?.message ?? (conditions.length > 0 ? UNREAD : problem),
  };
}

/** Why a step fails whose plan is not whole. */
export const UNREAD = "Not every campaign could be read. The job summary says which, and why.";

/** Why only the files are looked at: the run must not, or cannot, show anything secret to the API. */
function reasonForFilesOnly({ inputs, context: { trigger } }: ActionRun): string | null {
  if (trigger.kind !== "pull-request" && trigger.kind !== "merge-group") return null;
  if (trigger.kind === "pull-request" && trigger.isFork) {
    return "This pull request comes from a fork, so it is never planned against the API: the files were checked, and nothing else. A maintainer can plan it by bringing the commits onto a branch of this repository.";
  }
  if (hasSecret(inputs.variables)) return null;
  return "This run has no credentials for the API, so there is no plan: the files were checked, and nothing else. Give the inputs token, or client-id, client-secret and token-url.";
}

/** Does some work with a connection to the API, and closes it. */
export async function planWith<T>(
  run: ActionRun,
  declared: ValidDeclarations,
  work: (connection: Connection, input: PlanInput) => Promise<T>,
): Promise<T> {
  const settings = await settingsFor(run, declared);
  const { parallelism } = run.inputs;
  const connection = compose(settings, process.env, parallelism, {
    onSecret: (secret) => run.runner.mask([secret]),
  });
  try {
    return await work(connection, planInput(declared, settings));
  } finally {
    await connection.close();
  }
}

async function settingsFor(run: ActionRun, declared: ValidDeclarations): Promise<Settings> {
  const base = baseCommitOf(run);
  const project = base === null ? declared.project : await baseProject(run, base);
  const { apiUrl, environment, variables } = run.inputs;
  return resolveSettings({ apiUrl, environment }, variables, project);
}

/** A plan, and the text that the log shows of it. */
export type Made = Extract<Planned, { kind: "planned" }> & { readonly text: string };

/** Plans, and logs the plan, which is given as that text too. Credentials that are refused at once end the run. */
export async function readPlan(run: ActionRun, { reader }: Connection, input: PlanInput): Promise<Made> {
  const planned = await plan(input, { reader, clock: systemClock }, run.signal);
  if (planned.kind === "no-access") throw planned.error;
  const text = renderPlanText(planned.plan, { style: plainStyle });
  run.runner.log(text);
  return { ...planned, text };
}

/** Writes the plan into its comment; the address of the comment, or nothing. */
async function commentPlan(
  run: ActionRun,
  made: Plan,
  origins: ReadonlyMap<string, Origin> | null,
): Promise<string> {
  const commit = commitOf(run);
  const { body } = renderPlanComment({
    plan: made,
    target: run.target,
    commit,
    origins,
    fileUrl: fileUrlFor(run, commit),
    runUrl: run.context.runUrl,
  });
  const { update, skip, error } = made.summary;
  return comment(run, body, update + skip + error === 0 ? "nothing to say" : "something to say");
}

async function commentInvalid(run: ActionRun, { diagnostics }: InvalidDeclarations): Promise<void> {
  const { target, context } = run;
  const { body } = renderInvalidComment({
    diagnostics,
    target,
    commit: commitOf(run),
    runUrl: context.runUrl,
  });
  await comment(run, body, "something to say");
}

/** One comment a target, edited in place. With `changes-only` there is no first one while there is nothing to say. */
async function comment(
  { inputs, context: { trigger }, github, target, runner }: ActionRun,
  body: string,
  news: "something to say" | "nothing to say",
): Promise<string> {
  if (trigger.kind !== "pull-request" || inputs.comment === "never" || github === null) return "";
  const { number } = trigger;
  const existing = await unlessForbidden(runner.notice, () => github.findPlanComment(number, target));
  if (existing === "forbidden") return "";
  if (existing === null && inputs.comment === "changes-only" && news === "nothing to say") return "";
  // Last of all: a plan that nobody can have reviewed before the merge must not authorise, nor hide the result of apply.
  if (await github.isMerged(number)) {
    runner.notice(
      "This pull request is merged, so its comment stays as it was: this plan was not reviewed in it.",
    );
    return existing?.url ?? "";
  }
  const written = await github.writePlanComment(number, body, existing);
  return written === "forbidden" ? "" : written.url;
}
