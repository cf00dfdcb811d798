import type { Checkout } from "../../github/api/git-file.ts";
import type { GitHub } from "../../github/api/github.ts";
import type { RunContext, Trigger } from "../../github/run/model.ts";
import { onGitHub } from "../on-github.ts";

/** The commit that a run's files are compared with, or why it is not known. */
export type FoundBase = { readonly commit: string } | { readonly why: string };

/** A run, as far as it decides what its files are compared with. */
type Looking = {
  readonly context: Pick<RunContext, "trigger">;
  readonly checkout: Pick<Checkout, "head" | "mergeBase">;
  readonly github: Pick<GitHub, "mergeBase"> | null;
};

/**
 * What came into the files of a run lies between this commit and the one that is checked out. The tip of the base branch
 * is none for a pull request: others have merged into it since, and that would read as taken back.
 */
export async function findBaseCommit(run: Looking): Promise<FoundBase> {
  const { trigger } = run.context;
  switch (trigger.kind) {
    case "pull-request":
      return baseOfPullRequest(run, trigger);
    case "merge-group":
      return { commit: trigger.baseSha };
    case "push":
      return baseOfPush(trigger);
    case "other":
      return { why: `the event ${trigger.event} names no commit to compare with` };
  }
}

function baseOfPush({ before, isForced }: Extract<Trigger, { kind: "push" }>): FoundBase {
  if (before === null) return { why: "the branch is new, so there is no commit to compare with" };
  return isForced ? { why: "the push took commits off the branch" } : { commit: before };
}

type PullRequest = Extract<Trigger, { kind: "pull-request" }>;

/** The event's `base.sha` is the base branch as it was at some time or other, and decides nothing. */
async function baseOfPullRequest(run: Looking, { headSha, baseRef }: PullRequest): Promise<FoundBase> {
  const head = await run.checkout.head();
  // GitHub's merge of base and head: its first parent is the base, whose name is in it at any depth.
  const [base, merged] = head?.parents ?? [];
  const isMerge = head !== null && head.commit !== headSha && head.parents?.length === 2;
  if (isMerge && base !== undefined && merged === headSha) return { commit: base };
  const problems: string[] = [];
  const found =
    (await run.checkout.mergeBase(headSha, baseRef)) ??
    (run.github === null
      ? null
      : await onGitHub(problems, () => run.github?.mergeBase(baseRef, headSha) ?? Promise.resolve(null)));
  if (found === null) {
    return {
      why: problems[0] ?? "git has not the whole history, and without github-token nobody else can tell",
    };
  }
  // Merged already: what it brought in cannot be told from the branch any more.
  return found === headSha
    ? { why: `${baseRef} has the head of this pull request already` }
    : { commit: found };
}
