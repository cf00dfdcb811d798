import type { ValidDeclarations } from "../commands/declare.ts";
import { openPlanner } from "../commands/open.ts";
import type { Plan } from "../domain/model.ts";
import { isInShard } from "../domain/shard.ts";
import type { GitHub } from "../github/api/github.ts";
import { driftMarker, UNREADABLE_NIGHTS } from "../github/page/drift-issue.ts";
import { planDriftIssues } from "../github/page/drift-operations.ts";
import type { OwnIssue } from "../github/run/model.ts";
import { wholeTarget } from "../github/run/target.ts";
import { exitCodeAfter } from "../host/signals.ts";
import { quantity } from "../text/figures.ts";
import { type Coverage, coverageOf } from "./apply/coverage.ts";
import { type ActionEnd, leaveEndedEarly } from "./end.ts";
import { type Fixed, fixByPullRequest } from "./fix/fix-drift.ts";
import { carryOut, issuesFor } from "./issue-operations.ts";
import { type LoggedPlan, logPlan, openingOfRun, UNREAD } from "./log-plan.ts";
import { onGitHub } from "./on-github.ts";
import { planOutputs } from "./outputs.ts";
import { type ActionRun, branchOfRun, commitOf, fileUrlFor, saveResult } from "./run.ts";
import { declareAndAnnotate, endOfFiles } from "./validate.ts";

/**
 * `command: drift`: one open issue for each draft that differs from its file, or one pull request that makes the files say
 * what is live. Writes nothing else anywhere.
 */
export async function driftAction(run: ActionRun): Promise<ActionEnd> {
  const declared = await declareAndAnnotate(run);
  if (declared.kind === "invalid") return endOfFiles(run, { declared }, []);
  const planned = await openPlanner(await openingOfRun(run, declared), (planner) =>
    logPlan(run, planner, declared),
  );
  const { plan } = planned;
  const problems: string[] = [];
  const outputs = planOutputs(plan, saveResult(run, plan, planned.text, problems));
  run.beforeEnd(() => leaveEndedEarly(run, outputs));
  const { github } = run;
  const found: Found = { declared, planned, coverage: await coverageOf(run, declared) };
  const fixed = github === null ? NOTHING_FIXED : await fix(run, github, found, problems);
  const issueUrls =
    github === null ? null : await onGitHub(problems, () => keepIssues(run, github, found, fixed));
  // Drift is told, whatever rules say of it: nothing is to be applied here.
  const conditions = planned.conditions.filter((condition) => condition !== "guardrail");
  return {
    exitCode: exitCodeAfter(problems.length === 0 ? conditions : [...conditions, "incomplete"], run.signal),
    outputs,
    content: { kind: "drift", plan, fileUrl: fileUrlFor(run, refOf(run)), issueUrls: issueUrls ?? new Map() },
    notices: [...problems, ...fixed.notices],
    warnings: unreadWarnings(planned),
    failure: conditions.length > 0 ? unreadFailure(plan) : (problems[0] ?? null),
  };
}

function unreadFailure({ changes }: Plan): string {
  return changes.length === 0 ? "The time was up before any campaign was read." : UNREAD;
}

function unreadWarnings({ plan: { summary }, lastChecked }: LoggedPlan): readonly string[] {
  if (summary.error === 0) return [];
  const counted = `One that cannot be read in ${UNREADABLE_NIGHTS} nights in a row gets an issue`;
  const next =
    lastChecked === null ? `${counted} where the input last-checked says where to count.` : `${counted}.`;
  return [
    `${quantity(summary.error, "campaign")} could not be read, so nobody knows whether they have drifted. ${next}`,
  ];
}

/** On a branch, so that an issue's text stays the same while its file does. */
function refOf(run: ActionRun): string {
  return branchOfRun(run) ?? commitOf(run);
}

/** Of a campaign that no file declares, the job of its shard tells; with files left out nobody can. */
function goneFrom(
  { inputs: { shard } }: ActionRun,
  { specs }: ValidDeclarations,
  { isWhole }: Coverage,
): (campaignId: string) => boolean {
  const declared = new Set(specs.map(({ campaignId }) => campaignId));
  return (campaignId) =>
    isWhole && !declared.has(campaignId) && (shard === null || isInShard(campaignId, shard));
}

/** What a drift came to, and of how much. */
type Found = {
  readonly declared: ValidDeclarations;
  readonly planned: LoggedPlan;
  readonly coverage: Coverage;
};

const NOTHING_FIXED: Fixed = { url: null, campaigns: new Set(), notices: [] };

const ELSEWHERE = "fix: pull-request is for the default branch alone, so there are issues here.";

/** What is proposed in a pull request needs no issue; where that fails, there are issues all the same. */
async function fix(
  run: ActionRun,
  github: GitHub,
  { declared, planned: { plan }, coverage: { isComplete } }: Found,
  problems: string[],
): Promise<Fixed> {
  const branch = branchOfRun(run);
  if (run.inputs.fix === "issue") return NOTHING_FIXED;
  if (branch === null || branch !== (run.context.defaultBranch ?? branch)) {
    return { ...NOTHING_FIXED, notices: [ELSEWHERE] };
  }
  const found = { declared, plan, isComplete };
  return (await onGitHub(problems, () => fixByPullRequest(run, github, found, branch))) ?? NOTHING_FIXED;
}

/** Opens, updates and closes issues; the addresses of those that are open, by campaign. */
async function keepIssues(
  run: ActionRun,
  github: GitHub,
  { declared, planned: { plan, lastChecked }, coverage }: Found,
  fixed: Fixed,
): Promise<ReadonlyMap<string, string>> {
  const isGone = goneFrom(run, declared, coverage);
  // An issue is of one campaign, whichever run looks at it, of whichever part.
  const target = wholeTarget({ ...run.target, shard: null });
  const fileUrl = fileUrlFor(run, refOf(run));
  const unreadableNights = (campaignId: string) =>
    lastChecked?.campaigns.get(campaignId)?.unreadable?.nights ?? 0;
  const operationsFor = (issues: readonly OwnIssue[]) =>
    planDriftIssues({ plan, isGone, unreadableNights, target, issues, fileUrl, fixed: fixed.campaigns });
  const issues = await issuesFor(github, driftMarker(target), (open) =>
    operationsFor(open).map(({ operation }) => operation),
  );
  const { url } = fixed;
  const urls = new Map(url === null ? [] : [...fixed.campaigns].map((id) => [id, url]));
  for (const { campaignId, operation } of operationsFor(issues)) {
    const changed = await carryOut(github, operation);
    const issue =
      changed ?? issues.find((own) => operation.kind === "leave" && own.number === operation.number);
    if (issue !== undefined && operation.kind !== "close") urls.set(campaignId, issue.url);
  }
  return urls;
}
