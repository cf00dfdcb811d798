import { posix } from "node:path";
import { PROJECT_FILE } from "../domain/source-file.ts";
import type { ActionInputs } from "./inputs/inputs.ts";

/**
 * Where the project file may be, from the root of the repository, by the rule of `findProject` with a known root: the one
 * that is named, else the nearest one from the working directory upwards.
 */
export function projectPaths({
  config,
  workingDirectory,
}: Pick<ActionInputs, "config" | "workingDirectory">): readonly string[] {
  if (config !== null) return [posix.join(workingDirectory, config)];
  const paths: string[] = [];
  for (let folder = workingDirectory; ; folder = posix.dirname(folder)) {
    paths.push(posix.join(folder, PROJECT_FILE));
    if (folder === ".") return paths;
  }
}
