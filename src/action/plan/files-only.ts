import type { NoPlan } from "../../github/page/no-plan-comment.ts";
import { isApiGiven } from "../api-place.ts";
import { hasSecret, missingCredentials } from "../inputs/credentials.ts";
import type { ActionRun } from "../run.ts";

/** Why only the files are looked at. `expected`: nobody need do anything about it. */
export type FilesOnly = NoPlan & { readonly kind: "expected" | "to be mended" };

/** Why a run must not, or cannot, show anything secret to the API; null when it can. */
export function reasonForFilesOnly({ inputs, context }: ActionRun): FilesOnly | null {
  const { trigger, defaultBranch } = context;
  if (trigger.kind !== "pull-request" && trigger.kind !== "merge-group") return null;
  if (trigger.kind === "pull-request" && trigger.isFork) return FORK;
  if (!hasSecret(inputs.variables)) {
    return {
      kind: "to be mended",
      words: "there are no credentials for the API",
      sentence: `This run has no credentials for the API, so there is no plan: the files were checked, and nothing else. ${missingCredentials(inputs.variables)}`,
    };
  }
  if (trigger.baseRef === defaultBranch || isApiGiven(inputs)) return null;
  return {
    kind: "to be mended",
    words: `this is not to be merged into ${defaultBranch ?? "the default branch"}`,
    sentence: `This is to be merged into ${trigger.baseRef}, which is not the default branch, so no reviewed file says where the API is: the files were checked, and nothing else. Give the input api-url, or the variable EXPERITURE_API_URL, to have a plan.`,
  };
}

const FORK: FilesOnly = {
  kind: "expected",
  words: "this pull request comes from a fork",
  sentence:
    "This pull request comes from a fork, so it is never planned against the API: the files were checked, and nothing else. A maintainer can plan it by bringing the commits onto a branch of this repository.",
};
