import type { ValidDeclarations } from "../../commands/declare.ts";
import type { Plan } from "../../domain/model.ts";
import type { GitHub } from "../../github/api/github.ts";
import type { BranchTip } from "../../github/api/proposals/git-data.ts";
import type { ProposedPull } from "../../github/api/proposals/proposed-pulls.ts";
import { fixDigestOf, renderFixPull, withoutDigest } from "../../github/page/fix-pull-request.ts";
import { driftBranch, driftMessage, editsDigest, ownDigest } from "../../github/review/drift-branch.ts";
import { type IssueText, saysSame } from "../../github/review/issue-operation.ts";
import { updatesOf } from "../../plan/updates.ts";
import { type ActionRun, commitOf } from "../run.ts";
import { editsFor, type FileEdits } from "./file-edits.ts";

/** What became of the pull request that makes files say what is live. */
export type Fixed = {
  /** Its address; null where there is none. */
  readonly url: string | null;
  /** Campaigns that need no issue: it is about them, or somebody closed it as it is. */
  readonly campaigns: ReadonlySet<string>;
  /** Sentences for the run. */
  readonly notices: readonly string[];
};

/** What is there already. */
type There = {
  readonly branch: string;
  readonly tip: BranchTip | null;
  /** The newest first. */
  readonly pulls: readonly ProposedPull[];
  readonly open: ProposedPull | undefined;
};

/** What there is to propose. */
type Proposal = {
  readonly edits: FileEdits;
  readonly plan: Plan;
  /** What it is to be merged into. */
  readonly base: string;
  /** What its commit is put on. */
  readonly commit: string;
};

/** What drift has found. */
type FoundDrift = {
  readonly declared: ValidDeclarations;
  readonly plan: Plan;
  /** Whether every campaign of the run's own paths was there to be read. */
  readonly isComplete: boolean;
};

/**
 * Keeps one branch and one pull request a target that makes the files of drifted drafts say what is live. It is opened,
 * follows what is live, and is closed when the drift is gone; nothing here merges it. A branch that somebody else has
 * committed to is left alone.
 *
 * @param base the branch that it is to be merged into.
 */
export async function fixByPullRequest(
  run: ActionRun,
  github: GitHub,
  found: FoundDrift,
  base: string,
): Promise<Fixed> {
  const { declared, plan } = found;
  const branch = driftBranch(run.target);
  const [tip, pulls] = await Promise.all([github.branchTip(branch), github.pullsFrom(branch, base)]);
  const there: There = { branch, tip, pulls, open: pulls.find(({ isOpen }) => isOpen) };
  if (isForeign(run, there)) return leaveAlone(plan, there, foreignWords(branch));
  if (!isWhole(found)) return leaveAlone(plan, there, NOT_WHOLE);
  const commit = (await run.checkout.head())?.commit ?? commitOf(run);
  const edits = await editsFor(run, declared, plan, commit);
  if (edits.edits.length === 0) return takeBack(run, github, there);
  return propose(run, github, there, { edits, plan, base, commit });
}

/** Whether the run has read every campaign that its target is of: of its shard, where it has one. */
function isWhole({ plan: { summary, scope }, isComplete }: FoundDrift): boolean {
  return isComplete && summary.error === 0 && scope.kind !== "changed" && scope.outOfTime === undefined;
}

const NOT_WHOLE =
  "Not every campaign was read, so the pull request that makes files say what is live is left as it is.";

function isForeign({ target }: ActionRun, { tip, open }: There): boolean {
  return (tip !== null && ownDigest(tip, target) === null) || open?.isOwn === false;
}

function foreignWords(branch: string): string {
  return `The branch ${branch} has commits of others, or a pull request of somebody else's, so it is left alone. Merge or delete it to have the drift proposed again.`;
}

/** Where there is a pull request, it stays the place for what has drifted. */
function leaveAlone(plan: Plan, { open }: Pick<There, "open">, why: string): Fixed {
  const drifted = updatesOf(plan.changes).map(({ campaignId }) => campaignId);
  const isTold = open !== undefined || drifted.length > 0;
  const campaigns = new Set(open === undefined ? [] : drifted);
  return { url: open?.url ?? null, campaigns, notices: isTold ? [why] : [] };
}

async function takeBack(run: ActionRun, github: GitHub, { branch, tip, open }: There): Promise<Fixed> {
  if (open !== undefined) {
    await github.changePull(open.number, { state: "closed", body: withoutDigest(open.body, run.target) });
    await github.commentOnIssue(open.number, `${GONE} [Run](${run.context.runUrl})`);
  }
  if (tip !== null) await github.deleteBranch(branch);
  return { url: null, campaigns: new Set(), notices: [] };
}

const GONE = "The drift that this pull request was about is gone, so there is nothing left to merge.";

async function propose(run: ActionRun, github: GitHub, there: There, proposal: Proposal): Promise<Fixed> {
  const { edits, plan, base } = proposal;
  const { target } = run;
  const digest = editsDigest(edits.edits);
  const campaigns = new Set(edits.fixed.map(({ campaignId }) => campaignId));
  const refused = declinedIn(there, (body) => fixDigestOf(body, target) === digest);
  if (refused !== null) return { url: null, campaigns, notices: [declinedWords(refused.number)] };
  const isThere = there.tip !== null && ownDigest(there.tip, target) === digest;
  if (!isThere && !(await push(run, github, there, { ...proposal, digest }))) {
    return leaveAlone(plan, there, foreignWords(there.branch));
  }
  const text = renderFixPull({ target, plan, digest, fixed: edits.fixed, left: edits.left });
  const url = await tell(github, text, there, base);
  return { url, campaigns, notices: [] };
}

/** The newest pull request, where somebody closed it without a merge and it is about the same. */
function declinedIn({ pulls: [newest] }: There, isSame: (body: string) => boolean): ProposedPull | null {
  if (newest === undefined || newest.isOpen || newest.isMerged) return null;
  return isSame(newest.body) ? newest : null;
}

function declinedWords(number: number): string {
  return `Pull request ${number} was closed without a merge, so the same drift is not proposed again.`;
}

/** Puts the edits on the branch; false where somebody else has moved it since it was looked at. */
async function push(
  { target }: ActionRun,
  github: GitHub,
  { branch, tip }: There,
  { edits, commit, digest }: Proposal & { readonly digest: string },
): Promise<boolean> {
  const sha = await github.commitEdits(commit, edits.edits, (tree) => driftMessage(target, digest, tree));
  const now = await github.branchTip(branch);
  if (now?.sha !== tip?.sha) return false;
  if (now === null) await github.createBranch(branch, sha);
  else await github.moveBranch(branch, sha);
  return true;
}

async function tell(github: GitHub, text: IssueText, { open, branch }: There, base: string): Promise<string> {
  if (open === undefined) return (await github.openPull({ ...text, head: branch, base })).url;
  if (!saysSame(open, text)) await github.changePull(open.number, text);
  return open.url;
}
