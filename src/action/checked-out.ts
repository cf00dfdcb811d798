import { UsageError } from "../domain/errors.ts";
import type { CheckedOutHead, Checkout } from "../github/api/git-file.ts";
import type { GitHub } from "../github/api/github.ts";
import { shortSha } from "../github/run/event-payload.ts";
import type { RunContext, Trigger } from "../github/run/model.ts";
import type { ActionInputs } from "./inputs/inputs.ts";
import type { Runner } from "./runner.ts";

/** What is checked out beside what the event is about. `unknown`: neither git nor its folder can tell. */
export type CheckedOut =
  | { readonly kind: "expected" }
  | { readonly kind: "other"; readonly error: UsageError }
  | { readonly kind: "unknown"; readonly notice: string };

const EXPECTED: CheckedOut = { kind: "expected" };

/** A run, as far as it decides what may be checked out. */
type Looking = {
  readonly context: RunContext;
  readonly inputs: Pick<ActionInputs, "command">;
  readonly checkout: Pick<Checkout, "head">;
  readonly github: Pick<GitHub, "branchSince"> | null;
};

/**
 * Compares the commit that is checked out with the one that the event is about. Of a pull request its head counts, or
 * a merge of it. An event that names no commit (`schedule`, `workflow_dispatch`) is about the one that the run began
 * with, but for what may look at anything: plan and validate.
 */
export async function compareCheckout(run: Looking): Promise<CheckedOut> {
  const { trigger } = run.context;
  const wanted = wantedBy(trigger, run.inputs.command);
  if (wanted === null) return EXPECTED;
  const head = await run.checkout.head();
  const found = judge(head, wanted);
  const isAccepted = found.kind === "other" && head !== null && (await isLaterForDrift(run, head.commit));
  return isAccepted ? EXPECTED : found;
}

/**
 * A drift by the clock or by hand may check out its branch by name, and something may have been merged since the run
 * began: a later commit that is on the branch is as good. An apply has its own look at the branch, and needs its commit.
 */
async function isLaterForDrift({ context, inputs, github }: Looking, commit: string): Promise<boolean> {
  const { trigger } = context;
  if (inputs.command !== "drift" || trigger.kind !== "other") return false;
  if (github === null || trigger.branch === null) return false;
  const since = await github.branchSince(trigger.sha, commit);
  if (since === null || !since.hasCommit) return false;
  const left = await github.branchSince(commit, trigger.branch);
  return left === null || left.hasCommit;
}

/**
 * As {@link compareCheckout}, for a run that must not go on with other files. Where nobody can tell, it goes on and says
 * so. A fork's pull request on `pull_request_target` goes on too: to check out its files there is not asked of anybody.
 *
 * @throws UsageError that names `ref`; GitHubError.
 */
export async function requireCheckout(
  run: Looking & { readonly runner: Pick<Runner, "notice" | "warning"> },
): Promise<void> {
  const { context, runner } = run;
  const found = await compareCheckout(run);
  if (found.kind === "unknown") runner.notice(found.notice);
  if (found.kind !== "other") return;
  const { trigger } = context;
  if (trigger.kind !== "pull-request" || !trigger.isFork) throw found.error;
  runner.warning(found.error.message);
}

/** `base` is what must not be taken for it, where that can be told; `mend` says how to get the right one. */
type Wanted = {
  readonly commit: string;
  readonly what: string;
  readonly mayBeMerged: boolean;
  readonly base: string | null;
  readonly mend: string;
};

function wantedBy(trigger: Trigger, command: ActionInputs["command"]): Wanted | null {
  const { kind } = trigger;
  switch (kind) {
    case "pull-request":
      return {
        commit: trigger.headSha,
        what: `the head of pull request ${trigger.number}`,
        mayBeMerged: true,
        base: trigger.baseSha,
        mend: "Run on pull_request and leave the input ref of actions/checkout out. On pull_request_target, which checks out the base branch, ref must be github.event.pull_request.head.sha.",
      };
    case "merge-group":
      return { commit: trigger.headSha, what: "the head of the merge group", ...exactly(trigger.baseSha) };
    case "push":
      return { commit: trigger.after, what: "the commit that was pushed", ...exactly(trigger.before) };
    case "other":
      if (command !== "apply" && command !== "drift") return null;
      return { commit: trigger.sha, what: "the commit that this run began with", ...exactly(null) };
  }
}

function exactly(base: string | null) {
  return {
    mayBeMerged: false,
    base,
    mend: "Leave the input ref of actions/checkout out: what came later has a run of its own.",
  };
}

function judge(head: CheckedOutHead | null, wanted: Wanted): CheckedOut {
  if (head === null) return { kind: "unknown", notice: `${NOBODY_KNOWS} is ${wanted.what}.` };
  const { commit, parents } = head;
  if (commit === wanted.commit) return EXPECTED;
  if (wanted.mayBeMerged) {
    if (parents !== null && parents.length > 1 && parents.includes(wanted.commit)) return EXPECTED;
    if (parents === null && commit !== wanted.base) {
      return {
        kind: "unknown",
        notice: `${NOBODY_KNOWS} (commit ${shortSha(commit)}) has ${wanted.what} in it.`,
      };
    }
  }
  return { kind: "other", error: mismatch(commit, wanted) };
}

const NOBODY_KNOWS = "Git cannot be asked here, so nobody can tell whether what is checked out";

function mismatch(commit: string, wanted: Wanted): UsageError {
  const merge = wanted.mayBeMerged ? ", nor a merge of it" : "";
  return new UsageError(
    `The commit that is checked out, ${shortSha(commit)}, is not ${wanted.what}, ${shortSha(wanted.commit)}${merge}: these files are not what this run is about.`,
    wanted.mend,
  );
}
