import { posix, relative } from "node:path";
import type { ValidDeclarations } from "../commands/declare.ts";
import type { ActionRun } from "./run.ts";

/** A run, as far as it decides where its project is. */
type Placed = {
  readonly inputs: Pick<ActionRun["inputs"], "config" | "workingDirectory">;
  readonly context: Pick<ActionRun["context"], "workspace">;
};

/** Below which folders campaigns are declared, from the root of the repository; a file may stand for itself. */
export function campaignFolders(
  run: Placed,
  { project, projectAbove }: Pick<ValidDeclarations, "project" | "projectAbove">,
): readonly string[] {
  const patterns = project?.campaigns?.map(({ text }) => text) ?? [DEFAULT_FOLDER];
  return patterns.map((text) => posix.join(projectFolder(run, projectAbove), baseOf(text)));
}

const DEFAULT_FOLDER = "campaigns";

/** The folder of the project file, else the one that is worked in, from the root of the repository. */
export function projectFolder({ inputs, context }: Placed, projectAbove: string | null): string {
  const { config, workingDirectory } = inputs;
  if (config !== null) return posix.join(workingDirectory, posix.dirname(config));
  if (projectAbove === null) return workingDirectory;
  return posix.dirname(relative(context.workspace, projectAbove).replaceAll("\\", "/"));
}

/** The part of a pattern that is no pattern: a folder, a file, or nothing. */
export function baseOf(pattern: string): string {
  const segments = pattern.split("/");
  const first = segments.findIndex((segment) => /[*?[\]{}()!+@]/.test(segment));
  return segments.slice(0, first < 0 ? undefined : first).join("/");
}
