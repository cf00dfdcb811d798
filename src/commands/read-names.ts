import { resolve } from "node:path";
import { type Catalogue, noCatalogue } from "../catalogue/catalogue.ts";
import { withoutOwners } from "../catalogue/health.ts";
import { type Names, namesOf } from "../catalogue/names.ts";
import { readCatalogue } from "../catalogue/read-catalogue.ts";
import { firstErrors } from "../declarations/load.ts";
import type { Project } from "../declarations/project.ts";
import type { Diagnostic } from "../domain/model.ts";
import { CATALOGUE_FILE } from "../domain/source-file.ts";
import { type CataloguePlace, readCatalogueFile } from "../files/files.ts";
import type { DeclareOptions } from "./declare.ts";

/** What names stand for in a run, and every mistake in the catalogue. */
export type NamesRead = {
  /** The catalogue file that the project file names, absolute; null where it names none. */
  readonly path: string | null;
  /** Null where nobody knows; without a name where there is no catalogue. */
  readonly names: Names | null;
  readonly diagnostics: readonly Diagnostic[];
};

/** Where the catalogue was not looked for. */
export const NAMES_UNKNOWN: NamesRead = { path: null, names: null, diagnostics: [] };

/**
 * Reads the audience catalogue: the one that the project file names, else `audiences.yaml` beside the project file, else
 * the one in the working directory.
 *
 * @param folder that of the project file; the working directory where there is none.
 */
export function readNames(
  { folder }: { readonly folder: string },
  project: Project | null,
  {
    cwd,
    environment,
    secrets = [],
    seeCatalogue,
  }: Pick<DeclareOptions, "cwd" | "environment" | "secrets" | "seeCatalogue">,
): NamesRead {
  const isNamed = project !== null && project.audiences !== null;
  const place: CataloguePlace = { path: resolve(folder, project?.audiences ?? CATALOGUE_FILE), isNamed };
  const path = isNamed ? place.path : null;
  const source = readCatalogueFile(place, { cwd, folder, secrets });
  if (source === null || !("code" in source)) seeCatalogue?.(source);
  if (source === null) {
    return { path, names: namesOf(noCatalogue(CATALOGUE_FILE), environment), diagnostics: [] };
  }
  if ("code" in source) return { path, names: null, diagnostics: [source] };
  const { catalogue, diagnostics } = readCatalogue(source);
  return {
    path,
    names: catalogue === null ? null : namesOf(catalogue, environment),
    diagnostics: [...firstErrors(diagnostics), ...ownersMissing(catalogue, project)],
  };
}

function ownersMissing(catalogue: Catalogue | null, project: Project | null): readonly Diagnostic[] {
  return catalogue !== null && project?.requireOwners === true ? withoutOwners(catalogue) : [];
}
