import { UsageError } from "../../domain/errors.ts";
import type { Trigger } from "../../github/run/model.ts";
import type { ActionInputs } from "./inputs.ts";

/**
 * Refuses inputs that each are right but make no sense, or no safe sense, together or for what started the run.
 *
 * @throws UsageError with the reason and how to mend it.
 */
export function checkCombination(inputs: ActionInputs, trigger: Trigger): void {
  checkParts(inputs);
  switch (inputs.command) {
    case "validate":
      return;
    case "plan":
      checkPlan(inputs, trigger);
      break;
    case "apply":
      checkApply(inputs, trigger);
      break;
    case "drift":
      checkDrift(inputs, trigger);
      break;
  }
  checkOrigin(inputs, trigger);
}

/**
 * What says how much is looked at says nothing where nothing, or always all, is looked at; what lets rules pass, where
 * none stops anything.
 */
function checkParts({ command, shard, scope, maxDurationMs, lastChecked, allow }: ActionInputs): void {
  if (allow.length > 0 && (command === "validate" || command === "drift")) {
    throw new UsageError(
      `Input allow is for plan and apply, and this is ${command}.`,
      `Leave it out: rules never stop ${command}.`,
    );
  }
  if (scope === "changed" && command !== "plan" && command !== "apply") {
    throw new UsageError(
      `Input scope is "changed", and ${command} looks at everything.`,
      "Leave scope out: only plan and apply can look at what changed alone.",
    );
  }
  if (command === "validate" && shard !== null) {
    throw new UsageError(
      "validate has no shards: every file is read and checked, since a mistake may lie between two of them.",
      "Leave shard out, and run validate once.",
    );
  }
  if (command === "drift" || (maxDurationMs === null && lastChecked === null)) return;
  throw new UsageError(
    `Input ${maxDurationMs === null ? "last-checked" : "max-duration"} is for drift, and this is ${command}.`,
    "Leave it out: only drift may stop half-way and go on another night.",
  );
}

function checkPlan({ githubToken, comment, labels }: ActionInputs, trigger: Trigger): void {
  if (trigger.kind === "pull-request" && comment !== "never" && githubToken === null) {
    throw new UsageError(
      "Input github-token is empty, and the plan is to be written into the pull request.",
      "Leave github-token out to use the job's own token, or set comment: never.",
    );
  }
  if (trigger.kind === "pull-request" && labels && githubToken === null) {
    throw new UsageError(
      "Input github-token is empty, and the labels of the pull request are set with it.",
      "Leave github-token out to use the job's own token, or leave labels out.",
    );
  }
}

function checkApply(inputs: ActionInputs, trigger: Trigger): void {
  if (trigger.kind === "pull-request") {
    throw new UsageError(
      "apply does not run for a pull request: nothing is written before it is merged.",
      "Run apply on push to the branch that pull requests are merged into, and plan on pull_request.",
    );
  }
  if (trigger.kind === "merge-group") {
    throw new UsageError(
      "apply does not run for a merge group: the queue may still drop it.",
      "Run apply on push to the branch that the queue merges into, and plan on merge_group.",
    );
  }
  if (inputs.requireReviewedPlan) checkReviewedApply(inputs, trigger);
}

function checkReviewedApply(
  { comment, githubToken }: ActionInputs,
  trigger: Extract<Trigger, { readonly kind: "push" | "other" }>,
): void {
  if (comment === "never") {
    throw new UsageError(
      "comment: never and a reviewed apply do not go together: the reviewed plan is kept in the comment.",
      "Leave comment out, for plan and for apply, or set require-reviewed-plan: false to write without a review.",
    );
  }
  if (githubToken === null) {
    throw new UsageError(
      "Input github-token is empty, and the reviewed plan is read from the comment with it.",
      "Leave github-token out to use the job's own token, or set require-reviewed-plan: false.",
    );
  }
  if (trigger.branch === null) {
    throw new UsageError(
      "A reviewed apply needs a branch: it looks for the pull requests that were merged into it.",
      "Run apply on push to a branch, not for a tag, or set require-reviewed-plan: false.",
    );
  }
}

function checkDrift({ githubToken }: ActionInputs, trigger: Trigger): void {
  if (trigger.kind === "pull-request" || trigger.kind === "merge-group") {
    throw new UsageError(
      "drift compares live campaigns with what is merged, so it does not run for a pull request or a merge group.",
      "Run drift on schedule or workflow_dispatch; plan shows drift in a pull request.",
    );
  }
  if (githubToken === null) {
    throw new UsageError(
      "Input github-token is empty, and drift keeps its issues with it.",
      "Leave github-token out to use the job's own token.",
    );
  }
}

/** What is checked out may then come from a fork, and the event does not tell. */
function checkOrigin({ command }: ActionInputs, trigger: Trigger): void {
  if (trigger.kind === "other" && trigger.event === "issue_comment") {
    throw new UsageError(
      `${command} does not run on issue_comment: the event does not say whose files are checked out.`,
      "Run plan on pull_request. To start a run by hand use workflow_dispatch.",
    );
  }
}
