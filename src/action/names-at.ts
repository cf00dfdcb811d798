import { posix } from "node:path";
import { noCatalogue } from "../catalogue/catalogue.ts";
import { type Names, namesOf } from "../catalogue/names.ts";
import { readCatalogue } from "../catalogue/read-catalogue.ts";
import { loadProject } from "../declarations/project.ts";
import { CATALOGUE_FILE } from "../domain/source-file.ts";
import type { ActionInputs } from "./inputs/inputs.ts";
import { projectPaths } from "./project-paths.ts";

/** Text of a file of a commit, from the root of the repository: null where there is none, undefined where nobody can tell. */
export type ReadAt = (path: string) => Promise<string | null | undefined>;

/** What names stand for as of a commit. */
export type NamesAt = {
  /** The project file and the catalogue that say so, whether they are there or not, from the root of the repository. */
  readonly paths: readonly string[];
  /** Null where one of them has a mistake; undefined where nobody can tell. */
  readonly names: Names | null | undefined;
};

/** Reads the catalogue of a commit by the rule of `readNames`: another commit may have another one, or another project file. */
export async function namesAt(
  inputs: Pick<ActionInputs, "config" | "workingDirectory" | "environment">,
  read: ReadAt,
): Promise<NamesAt> {
  const paths: string[] = [];
  const readOne: ReadAt = (path) => {
    paths.push(path);
    return read(path);
  };
  const place = await cataloguePlace(inputs, readOne);
  if (place === null || place === undefined) return { paths, names: place };
  const text = await readOne(place.path);
  if (text === undefined) return { paths, names: undefined };
  if (text === null) {
    const none = namesOf(noCatalogue(CATALOGUE_FILE), inputs.environment);
    return { paths, names: place.isNamed ? null : none };
  }
  const { catalogue } = readCatalogue({ file: place.path, bytes: Buffer.from(text, "utf8") });
  return { paths, names: catalogue === null ? null : namesOf(catalogue, inputs.environment) };
}

type Place = { readonly path: string; readonly isNamed: boolean };

async function cataloguePlace(
  inputs: Pick<ActionInputs, "config" | "workingDirectory">,
  read: ReadAt,
): Promise<Place | null | undefined> {
  for (const path of projectPaths(inputs)) {
    const text = await read(path);
    if (text === undefined) return undefined;
    if (text === null) continue;
    const { project } = loadProject({ file: path, bytes: Buffer.from(text, "utf8") });
    if (project === null) return null;
    const { audiences } = project;
    return {
      path: posix.join(posix.dirname(path), audiences ?? CATALOGUE_FILE),
      isNamed: audiences !== null,
    };
  }
  return { path: posix.join(inputs.workingDirectory, CATALOGUE_FILE), isNamed: false };
}
