import { UsageError } from "../domain/errors.ts";
import { type CheckedOutHead, openCheckout } from "../github/api/git-file.ts";
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

/**
 * Compares the commit that is checked out with the one that the event is about. Of a pull request its head counts, or
 * a merge of it. An event that names no commit (`schedule`, `workflow_dispatch`) expects nothing, but for an apply: that
 * looks for what the branch declares by now beside the commit that the run began with.
 */
export async function compareCheckout(
  { trigger, workspace }: RunContext,
  command: ActionInputs["command"],
): Promise<CheckedOut> {
  const wanted = wantedBy(trigger, command);
  if (wanted === null) return EXPECTED;
  return judge(await openCheckout(workspace).head(), wanted);
}

/**
 * As {@link compareCheckout}, for a run that must not go on with other files. Where nobody can tell, it goes on and says
 * so. A fork's pull request on `pull_request_target` goes on too: to check out its files there is not asked of anybody.
 *
 * @throws UsageError that names `ref`.
 */
export async function requireCheckout({
  context,
  runner,
  inputs,
}: {
  readonly context: RunContext;
  readonly runner: Pick<Runner, "notice" | "warning">;
  readonly inputs: Pick<ActionInputs, "command">;
}): Promise<void> {
  const found = await compareCheckout(context, inputs.command);
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
      if (command !== "apply") return null;
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
