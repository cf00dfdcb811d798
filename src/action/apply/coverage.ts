import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { openCheckout } from "../../github/api/git-file.ts";
import type { ActionRun } from "../run.ts";

/**
 * Whether this run can have looked at every campaign that its commit declares. It has not with the input `paths`, nor
 * where files of the commit are missing from what is checked out: a sparse checkout, an empty submodule, a lost file.
 * Where nobody can tell, it has not.
 */
export async function looksAtAll({ inputs, context }: ActionRun): Promise<boolean> {
  if (inputs.paths.length > 0) return false;
  const tree = await openCheckout(context.workspace).tree();
  if (tree === null) return false;
  const folder = inputs.workingDirectory === "." ? "" : `${inputs.workingDirectory}/`;
  return tree
    .filter(({ path, isRepository }) => path.startsWith(folder) && (isRepository || /\.ya?ml$/i.test(path)))
    .every(({ path, isRepository }) =>
      existsSync(join(context.workspace, isRepository ? posix.join(path, ".git") : path)),
    );
}
