import { resolve } from "node:path";
import { type BlobIdLength, blobIdsOf } from "../../declarations/blob-id.ts";
import { readCampaignFile } from "../../declarations/campaign-file.ts";
import type { DeclaredBefore } from "../../declarations/changed-campaigns.ts";
import { type BaseMeaning, compareOtherText, compareSameText } from "../../declarations/compare-file.ts";
import { patternOf } from "../../declarations/path-pattern.ts";
import type { CampaignChoice } from "../../declarations/resolve.ts";
import type { CampaignSpec } from "../../domain/model.ts";
import { MAX_FILE_BYTES, type SourceFile } from "../../domain/source-file.ts";
import { displayName } from "../../files/file-errors.ts";
import { findListedFiles } from "../../files/find-listed.ts";
import { DEFAULT_PATTERNS, type DeclareOptions, type ValidDeclarations } from "../declare.ts";
import type { BaseFiles } from "./base-files.ts";
import type { BaseProject } from "./base-project.ts";

/** What files of now declare that are in a base as they are, by blob id: these need not be read again. */
export type KnownTexts = {
  readonly see: NonNullable<CampaignChoice["see"]>;
  readonly byBlob: ReadonlyMap<string, readonly DeclaredBefore[]>;
};

/** Remembers what each file of now declares, where a base has the same text, and whether it meant the same there. */
export function rememberTexts({ ids }: BaseFiles, commit: string, meaning: () => BaseMeaning): KnownTexts {
  const inBase = new Set(ids.values());
  const byBlob = new Map<string, readonly DeclaredBefore[]>();
  return {
    byBlob,
    see(file, resolved, { bytes }) {
      const id = blobIdsOf(bytes, commit.length as BlobIdLength).find((each) => inBase.has(each));
      if (id !== undefined) byBlob.set(id, compareSameText(file, resolved, meaning()));
    },
  };
}

/** How the files of a base are called, and read. */
export type BaseReader = {
  readonly files: BaseFiles;
  readonly secrets: readonly string[];
  readonly nameOf: (path: string) => string;
};

/** @param folder that of the project file of now. */
export function baseReader(
  files: BaseFiles,
  { cwd, secrets = [] }: DeclareOptions,
  folder: string,
): BaseReader {
  const [here, project] = [resolve(cwd), resolve(folder)];
  return { files, secrets, nameOf: (path) => displayName(path, here, project) };
}

/** Which files of a base are campaign files there: those that its own project file names, or the same paths as now. */
export function baseCampaignFiles(
  { files }: BaseReader,
  { project, path, folder, catalogue, isReadable }: BaseProject,
  { paths, cwd }: DeclareOptions,
  now: ValidDeclarations,
): readonly string[] {
  const listed = [...files.ids.keys()];
  const own = { project: path, catalogue };
  if (paths.length > 0) {
    return findListedFiles(paths.map(patternOf), listed, {
      ...own,
      folder: resolve(cwd),
      origin: "arguments",
    });
  }
  // Nobody knows what a project file that cannot be read named: most likely what it names now.
  const patterns = (isReadable ? project : now.project)?.campaigns ?? DEFAULT_PATTERNS;
  return findListedFiles(patterns, listed, { ...own, folder, origin: "project-file" });
}

/** What these files of a base declared. Only those that are not known are read. */
export async function declaredInBase(
  paths: readonly string[],
  { byBlob }: Pick<KnownTexts, "byBlob">,
  reader: BaseReader,
  now: ValidDeclarations,
  meaning: BaseMeaning,
): Promise<readonly DeclaredBefore[]> {
  const found: DeclaredBefore[] = [];
  const unknown = new Map<string, string[]>();
  for (const path of paths) {
    const id = reader.files.ids.get(path) ?? "";
    const known = byBlob.get(id);
    if (known === undefined) unknown.set(id, [...(unknown.get(id) ?? []), path]);
    else found.push(...known.map((each) => ({ ...each, file: reader.nameOf(path) })));
  }
  const specs = new Map(now.specs.map((spec) => [spec.campaignId, spec]));
  for await (const source of sourcesOf(unknown, reader)) {
    found.push(...detached(compareOtherText(readCampaignFile(source), specs, now.choice, meaning)));
  }
  return found;
}

async function* sourcesOf(
  wanted: ReadonlyMap<string, readonly string[]>,
  { files, secrets, nameOf }: BaseReader,
): AsyncIterable<SourceFile> {
  if (wanted.size === 0) return;
  for await (const [id, bytes] of files.readAll([...wanted.keys()])) {
    if (bytes.length > MAX_FILE_BYTES) continue;
    for (const path of wanted.get(id) ?? []) yield { file: nameOf(path), bytes, secrets };
  }
}

/** A copy that keeps no text of a file in memory. */
function detached<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The campaigns that these texts of files declare, whatever else is in them. */
export async function campaignsIn(
  ids: ReadonlyMap<string, string>,
  reader: BaseReader,
  now: ValidDeclarations,
): Promise<ReadonlySet<string>> {
  const wanted = new Map<string, readonly string[]>([...ids].map(([path, id]) => [id, [path]]));
  const found = new Set<string>();
  const specs: ReadonlyMap<string, CampaignSpec> = new Map();
  for await (const source of sourcesOf(wanted, reader)) {
    const declared = compareOtherText(readCampaignFile(source), specs, now.choice, UNCHANGED);
    for (const { campaignId } of detached(declared)) found.add(campaignId);
  }
  return found;
}

const UNCHANGED: BaseMeaning = { choice: null, because: [] };
