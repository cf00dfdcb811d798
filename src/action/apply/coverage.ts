import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type { ValidDeclarations } from "../../commands/declare.ts";
import type { IssueRun } from "../../github/review/issue-scope.ts";
import { campaignFolders } from "../campaign-folders.ts";
import type { ActionRun } from "../run.ts";

/** How much of what its commit declares a run can have looked at. */
export type Coverage = {
  /** Every campaign of the project. Where nobody can tell, not. */
  readonly isWhole: boolean;
  /** Every campaign of the run's own paths: no file that may declare one is missing from what is checked out. */
  readonly isComplete: boolean;
};

/**
 * Whether files are left out: by the input `paths`, or since they are in the commit and not on the disk (a sparse
 * checkout, an empty submodule, a lost file).
 */
export async function coverageOf(
  run: ActionRun,
  declared: Pick<ValidDeclarations, "project" | "projectAbove">,
): Promise<Coverage> {
  const { inputs, context, checkout } = run;
  const tree = await checkout.tree();
  // Without git actions/checkout brings a whole archive, but nobody can tell.
  if (tree === null) return { isWhole: false, isComplete: true };
  const bases = campaignFolders(run, declared);
  const isComplete = tree
    .filter(({ path, isRepository }) => bases.some((base) => mayHold(path, isRepository, base)))
    .every(({ path, isRepository }) =>
      existsSync(join(context.workspace, isRepository ? posix.join(path, ".git") : path)),
    );
  return { isWhole: isComplete && inputs.paths.length === 0, isComplete };
}

/** How much an apply looked at, as far as that says what is done. */
export type Extent = Pick<IssueRun, "isTip" | "isWhole" | "isComplete"> & {
  /** Whether it looked at every campaign of a reviewed plan that the branch declares. */
  readonly hasAllReviewed: boolean;
  /** Whether a campaign is surely declared no more. */
  readonly isGone: (campaignId: string) => boolean;
};

/** Of what changed alone, a run looks at every reviewed campaign, and at no other that is left from before. */
export async function extentOf(
  run: ActionRun,
  declared: ValidDeclarations,
  { isTip }: { readonly isTip: boolean },
): Promise<Extent> {
  const { isWhole, isComplete } = await coverageOf(run, declared);
  const { specs, others = [] } = declared;
  const isOfAll = others.length === 0;
  const ids = new Set([...specs.map(({ campaignId }) => campaignId), ...others]);
  const hasAllReviewed = isWhole && isTip;
  return {
    isTip,
    isWhole: hasAllReviewed && isOfAll,
    isComplete: isComplete && isOfAll,
    hasAllReviewed,
    isGone: (campaignId) => hasAllReviewed && !ids.has(campaignId),
  };
}

/** Whether a file that the commit has may be a campaign below a folder, or a submodule may have one. */
function mayHold(path: string, isRepository: boolean, base: string): boolean {
  const isBelow = base === "." || path === base || path.startsWith(`${base}/`);
  return isRepository ? isBelow || base.startsWith(`${path}/`) : isBelow && /\.ya?ml$/i.test(path);
}
