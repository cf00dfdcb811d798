import { UsageError } from "../../domain/errors.ts";
import type { Clock } from "../../domain/ports.ts";
import { isHeaderToken } from "../../text/header-token.ts";
import type { FileEdit } from "../review/drift-branch.ts";
import type { MergedPullRequest, OwnComment, OwnIssue, PlanLabel, Repository, Target } from "../run/model.ts";
import { readBaseFile, readBranchFile } from "./base-files.ts";
import { readBlobTexts } from "./blob-texts.ts";
import { type BranchSince, branchSince } from "./branch-since.ts";
import { createClient } from "./client.ts";
import {
  type CommentScope,
  type FoundComment,
  findPlanComment,
  labelsElsewhere,
  retireComment,
  writePlanComment,
} from "./comments/comments.ts";
import { isWaiting, notePlan } from "./comments/note-plan.ts";
import { type PlansOn, plansOn } from "./comments/plans-on.ts";
import { createRecentPlans, type RecentPlan } from "./comments/recent-plans.ts";
import { lookAgain, type Rewrite, type Rewritten, rewritePlanComment } from "./comments/rewrite-comment.ts";
import { type CommitTree, readCommitTree } from "./commit-tree.ts";
import type { Checkout } from "./git-file.ts";
import { createIdentity } from "./identity.ts";
import { commentOnIssue, createIssue, findIssues, type IssueChange, updateIssue } from "./issues.ts";
import { addLabels, removeLabel } from "./labels.ts";
import { readMergeBase } from "./merge-base.ts";
import { type EarlierSearch, type PlannedPullRequest, plannedEarlier } from "./planned-earlier.ts";
import {
  type BranchTip,
  commitEdits,
  createBranch,
  deleteBranch,
  moveBranch,
  readBranchTip,
} from "./proposals/git-data.ts";
import {
  changePull,
  type NewPull,
  openPull,
  type ProposedPull,
  type PullChange,
  pullsFrom,
} from "./proposals/proposed-pulls.ts";
import { changedFiles, mergedPullRequests, type PushedRange, readPullRequest } from "./pull-requests.ts";
import type { WirePullRequest } from "./wire.ts";

/** Everything the Action asks of GitHub. Whatever goes wrong is a `GitHubError`. */
export type GitHub = {
  /** As whom the token writes. */
  login(): Promise<string>;
  findPlanComment(pullNumber: number, target: Target): Promise<FoundComment | null>;
  writePlanComment(
    pullNumber: number,
    body: string,
    existing: OwnComment | null,
  ): Promise<{ readonly url: string } | "forbidden">;
  rewritePlanComment(comment: OwnComment, rewrite: Rewrite): Promise<Rewritten>;
  /** After a pause: another run may have written into it at the same time. */
  lookAgain(comment: OwnComment, rewrite: Rewrite): Promise<void>;
  plansOn(pullNumber: number, target: Target): Promise<PlansOn>;
  /** Makes a later comment of ours point to the one that counts. */
  retireComment(id: number, url: string): Promise<void>;
  /** A pull request as it is by now, whatever the event said. */
  pullRequest(pullNumber: number): Promise<PullRequestNow>;
  /** The labels that plans of other targets give a pull request. */
  labelsElsewhere(pullNumber: number, target: Target): Promise<readonly PlanLabel[]>;
  addLabels(number: number, labels: readonly string[]): Promise<void>;
  removeLabel(number: number, label: string): Promise<void>;
  mergedPullRequests(range: PushedRange): Promise<readonly MergedPullRequest[]>;
  plannedEarlier(search: EarlierSearch): Promise<readonly PlannedPullRequest[]>;
  /** Asked once in a run. */
  recentPlans(): Promise<readonly RecentPlan[]>;
  /** Whether a plan is of the newest commit of an open pull request onto this branch. */
  isWaiting(plan: RecentPlan, branch: string): Promise<boolean>;
  /** Changes what people see of a plan that waits, and never its hidden line. */
  notePlan(plan: RecentPlan, branch: string, note: (body: string) => string | null): Promise<void>;
  findIssues(marker: string, state: "open" | "closed"): Promise<readonly OwnIssue[]>;
  createIssue(issue: { readonly title: string; readonly body: string }): Promise<OwnIssue>;
  updateIssue(number: number, change: IssueChange): Promise<OwnIssue>;
  commentOnIssue(number: number, body: string): Promise<{ readonly url: string }>;
  changedFiles(pullNumber: number): Promise<ReadonlySet<string> | null>;
  baseFile(path: string, commit: string): Promise<string | null>;
  branchSince(commit: string, branch: string): Promise<BranchSince | null>;
  branchFile(path: string, branch: string): Promise<string | null>;
  /** The newest commit of a branch; null where there is no such branch. */
  branchTip(branch: string): Promise<BranchTip | null>;
  /** Makes a commit on no branch yet; its SHA. */
  commitEdits(
    parent: string,
    edits: readonly FileEdit[],
    messageOf: (tree: string) => string,
  ): Promise<string>;
  createBranch(branch: string, sha: string): Promise<void>;
  /** Whatever the branch has by now: only for one of our own. */
  moveBranch(branch: string, sha: string): Promise<void>;
  deleteBranch(branch: string): Promise<void>;
  /** The pull requests from a branch of this repository into another, the newest first. */
  pullsFrom(branch: string, base: string): Promise<readonly ProposedPull[]>;
  openPull(pull: NewPull): Promise<ProposedPull>;
  changePull(number: number, change: PullChange): Promise<void>;
  mergeBase(base: string, head: string): Promise<string>;
  commitTree(commit: string, folders: readonly string[]): Promise<CommitTree | null>;
  blobTexts(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
};

/** A pull request as it is by now. */
type PullRequestNow = Pick<WirePullRequest, "headSha" | "isOpen" | "labels"> & {
  readonly isMerged: boolean;
};

/** How to reach GitHub. */
export type GitHubOptions = {
  readonly token: string;
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** `GITHUB_SERVER_URL`. */
  readonly serverUrl: string;
  readonly repository: Repository;
  /** The repository as it is checked out; null when it is not. */
  readonly checkout: Checkout | null;
  /** Takes whole sentences that are worth a notice in the run. */
  readonly log: (text: string) => void;
  /** The same, of what somebody should look at. */
  readonly warn: (text: string) => void;
  /** Ends every request and every pause. */
  readonly signal?: AbortSignal;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
};

/** A header cannot carry blanks and line ends; the likely cause is a secret saved with its line end. */
function checkToken(token: string): void {
  if (isHeaderToken(token)) return;
  throw new UsageError(
    token === ""
      ? "There is no token for GitHub."
      : "The token for GitHub has a character that a token cannot have.",
    "Leave the input github-token out, or give it the bare token without blanks and line ends.",
  );
}

/**
 * Everything the Action asks of GitHub, bound to one repository and token. Nothing is sent yet.
 *
 * @throws UsageError when there is no token, or it cannot be one.
 */
export function connectGitHub(options: GitHubOptions): GitHub {
  const { token, serverUrl, repository, checkout, log, warn, clock, random } = options;
  const { signal = new AbortController().signal } = options;
  checkToken(token);
  const apiUrl = options.apiUrl.replace(/\/+$/, "");
  const client = createClient({ token, apiUrl, clock, random, signal }, repository);
  const login = createIdentity(client);
  const scope: CommentScope = { client, login, serverUrl, notice: log, warning: warn };
  const recentPlans = createRecentPlans(scope);
  return {
    login,
    findPlanComment: (number, target) => findPlanComment(scope, number, target),
    writePlanComment: (number, body, existing) => writePlanComment(scope, number, body, existing),
    rewritePlanComment: (comment, rewrite) => rewritePlanComment(scope, comment, rewrite),
    lookAgain: (comment, rewrite) => lookAgain(scope, comment, rewrite),
    plansOn: (number, target) => plansOn(scope, number, target),
    retireComment: (id, url) => retireComment(scope, id, url),
    pullRequest: async (number) => {
      const { mergedAt, headSha, isOpen, labels } = await readPullRequest(client, number);
      return { isMerged: mergedAt !== null, isOpen, headSha, labels };
    },
    labelsElsewhere: (number, target) => labelsElsewhere(scope, number, target),
    addLabels: (number, labels) => addLabels(client, number, labels),
    removeLabel: (number, label) => removeLabel(client, number, label),
    mergedPullRequests: (range) => mergedPullRequests(client, range),
    plannedEarlier: (search) => plannedEarlier(scope, search, recentPlans),
    recentPlans,
    isWaiting: (plan, branch) => isWaiting(scope, plan, branch),
    notePlan: (plan, branch, note) => notePlan(scope, plan, branch, note),
    findIssues: (marker, state) => findIssues(scope, marker, state),
    createIssue: (issue) => createIssue(scope, issue),
    updateIssue: (number, change) => updateIssue(client, number, change),
    commentOnIssue: (number, body) => commentOnIssue(scope, number, body),
    changedFiles: (number) => changedFiles(client, number),
    baseFile: (path, commit) => readBaseFile(client, checkout, path, commit),
    branchSince: (commit, branch) => branchSince(client, commit, branch),
    branchTip: (branch) => readBranchTip(client, branch),
    commitEdits: (parent, edits, messageOf) => commitEdits(client, parent, edits, messageOf),
    createBranch: (branch, sha) => createBranch(client, branch, sha),
    moveBranch: (branch, sha) => moveBranch(client, branch, sha),
    deleteBranch: (branch) => deleteBranch(client, branch),
    pullsFrom: (branch, base) => pullsFrom(scope, branch, base),
    openPull: (pull) => openPull(scope, pull),
    changePull: (number, change) => changePull(client, number, change),
    branchFile: (path, branch) => readBranchFile(client, path, branch),
    mergeBase: (base, head) => readMergeBase(client, base, head),
    commitTree: (commit, folders) => readCommitTree(client, commit, folders),
    blobTexts: (ids) => readBlobTexts(client, ids),
  };
}
