import type { ActionRun } from "../run.ts";

/**
 * Whether a run looks at what changed alone: as the input `scope` says, else a plan of what is to be merged, and a
 * reviewed apply of a push, for which what differs elsewhere is drift.
 */
export function looksAtChanges({
  inputs: { command, scope, requireReviewedPlan },
  context: { trigger },
}: Pick<ActionRun, "inputs" | "context">): boolean {
  if (scope !== null) return scope === "changed";
  switch (command) {
    case "plan":
      return trigger.kind === "pull-request" || trigger.kind === "merge-group";
    case "apply":
      return requireReviewedPlan && trigger.kind === "push";
    default:
      return false;
  }
}
