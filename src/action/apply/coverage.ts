import { existsSync } from "node:fs";
import { join, posix, relative } from "node:path";
import type { ValidDeclarations } from "../../commands/declare.ts";
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
  { project, projectAbove }: ValidDeclarations,
): Promise<Coverage> {
  const { inputs, context, checkout } = run;
  const tree = await checkout.tree();
  // Without git actions/checkout brings a whole archive, but nobody can tell.
  if (tree === null) return { isWhole: false, isComplete: true };
  const patterns = project?.campaigns?.map(({ text }) => text) ?? [DEFAULT_FOLDER];
  const bases = patterns.map((text) => posix.join(projectFolder(run, projectAbove), baseOf(text)));
  const isComplete = tree
    .filter(({ path, isRepository }) => bases.some((base) => mayHold(path, isRepository, base)))
    .every(({ path, isRepository }) =>
      existsSync(join(context.workspace, isRepository ? posix.join(path, ".git") : path)),
    );
  return { isWhole: isComplete && inputs.paths.length === 0, isComplete };
}

const DEFAULT_FOLDER = "campaigns";

/** From the root of the repository. */
function projectFolder({ inputs, context }: ActionRun, projectAbove: string | null): string {
  const { config, workingDirectory } = inputs;
  if (config !== null) return posix.join(workingDirectory, posix.dirname(config));
  if (projectAbove === null) return workingDirectory;
  return posix.dirname(relative(context.workspace, projectAbove).replaceAll("\\", "/"));
}

/** The part of a pattern that is no pattern: a folder, a file, or nothing. */
function baseOf(pattern: string): string {
  const segments = pattern.split("/");
  const first = segments.findIndex((segment) => /[*?[\]{}()!+@]/.test(segment));
  return segments.slice(0, first < 0 ? undefined : first).join("/");
}

/** Whether a file that the commit has may be a campaign below a folder, or a submodule may have one. */
function mayHold(path: string, isRepository: boolean, base: string): boolean {
  const isBelow = base === "." || path === base || path.startsWith(`${base}/`);
  return isRepository ? isBelow || base.startsWith(`${path}/`) : isBelow && /\.ya?ml$/i.test(path);
}
