import { resolve, sep } from "node:path";
import { type BlobIdLength, blobIdsOf } from "../../declarations/blob-id.ts";
import { readCampaignFile } from "../../declarations/campaign-file.ts";
import type { DeclaredBefore } from "../../declarations/changed-campaigns.ts";
import {
  type BaseMeaning,
  campaignsMeant,
  compareOtherText,
  compareSameText,
} from "../../declarations/compare-file.ts";
import { detached } from "../../declarations/detached.ts";
import { type CampaignPattern, patternOf } from "../../declarations/path-pattern.ts";
import { type CampaignChoice, resolveCampaign } from "../../declarations/resolve.ts";
import { groupBy } from "../../domain/group-by.ts";
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
  /** The files of now, absolute. */
  readonly files: readonly string[];
};

/** Remembers what each file of now declares, where a base has the same text, and whether it meant the same there. */
export function rememberTexts(
  { files: { ids }, cwd }: BaseReader,
  commit: string,
  meaning: () => BaseMeaning,
): KnownTexts {
  const inBase = new Set(ids.values());
  const byBlob = new Map<string, readonly DeclaredBefore[]>();
  const files: string[] = [];
  return {
    byBlob,
    files,
    see(file, resolved, { bytes }, choice) {
      files.push(pathOf(file.text.file, cwd));
      const id = blobIdsOf(bytes, commit.length as BlobIdLength).find((each) => inBase.has(each));
      if (id !== undefined) byBlob.set(id, compareSameText(file, resolved, choice, meaning()));
    },
  };
}

/** Where a file is that people know by this name. In the usual case quickly, for thousands of files. */
function pathOf(name: string, cwd: string): string {
  return /^[\w-]/.test(name) && sep === "/" ? `${cwd}/${name}` : resolve(cwd, name);
}

/** How the files of a base are called, and read. */
export type BaseReader = {
  readonly files: BaseFiles;
  /** Absolute, as `folder`, which is that of the project file of now. */
  readonly cwd: string;
  readonly folder: string;
  readonly secrets: readonly string[];
  readonly nameOf: (path: string) => string;
};

/** @param folder that of the project file of now. */
export function baseReader(
  files: BaseFiles,
  { cwd, secrets = [] }: DeclareOptions,
  folder: string,
): BaseReader {
  const place = { cwd: resolve(cwd), folder: resolve(folder) };
  return { files, ...place, secrets, nameOf: (path) => displayName(path, place.cwd, place.folder) };
}

/**
 * Which files of a base are campaign files there: those that its own project file names, or the same paths as now.
 * By the same patterns the files of now are campaign files there too.
 */
export function baseCampaignFiles(
  reader: BaseReader,
  then: BaseProject,
  options: DeclareOptions,
  now: ValidDeclarations,
  { files }: Pick<KnownTexts, "files">,
): readonly string[] {
  const { patterns, isAsNow, ...search } = searchIn(then, reader, options, now);
  const { ids } = reader.files;
  const isOwn = (path: string): boolean => path === then.path || path === then.catalogue;
  const known = new Set(isAsNow ? files.filter((path) => ids.has(path) && !isOwn(path)) : []);
  const others = known.size === 0 ? [...ids.keys()] : [...ids.keys()].filter((path) => !known.has(path));
  return [...known, ...findListedFiles(patterns, others, search)];
}

function searchIn(
  then: BaseProject,
  reader: BaseReader,
  { paths, cwd }: DeclareOptions,
  now: ValidDeclarations,
) {
  const own = { project: then.path, catalogue: then.catalogue };
  if (paths.length > 0) {
    const patterns = paths.map(patternOf);
    return { ...own, patterns, folder: resolve(cwd), origin: "arguments", isAsNow: true } as const;
  }
  // Nobody knows what a project file that cannot be read named: most likely what it names now.
  const named = (then.isReadable ? then.project : now.project)?.campaigns ?? DEFAULT_PATTERNS;
  const isAsNow =
    then.folder === reader.folder && sameTexts(named, now.project?.campaigns ?? DEFAULT_PATTERNS);
  return { ...own, patterns: named, folder: then.folder, origin: "project-file", isAsNow } as const;
}

function sameTexts(a: readonly CampaignPattern[], b: readonly CampaignPattern[]): boolean {
  return a.length === b.length && a.every(({ text }, index) => text === b[index]?.text);
}

/** What these files of a base declared. Only those that are not known are read. */
export async function declaredInBase(
  paths: readonly string[],
  { byBlob }: Pick<KnownTexts, "byBlob">,
  reader: BaseReader,
  now: ValidDeclarations,
  meaning: BaseMeaning,
): Promise<readonly DeclaredBefore[]> {
  const { files, nameOf } = reader;
  const found: DeclaredBefore[] = [];
  const unknown = new Map<string, readonly string[]>();
  for (const [id, alike] of groupBy(paths, (path) => files.ids.get(path) ?? "")) {
    const known = byBlob.get(id);
    if (known === undefined) unknown.set(id, alike);
    else if (alike.length === 1) found.push(...known);
    else found.push(...alike.flatMap((path) => known.map((each) => ({ ...each, file: nameOf(path) }))));
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

/** The campaigns that these texts of files declare, whatever else is in them. */
export async function campaignsIn(
  ids: ReadonlyMap<string, string>,
  reader: BaseReader,
  choice: CampaignChoice,
): Promise<ReadonlySet<string>> {
  const wanted = new Map<string, readonly string[]>([...ids].map(([path, id]) => [id, [path]]));
  const found = new Set<string>();
  for await (const source of sourcesOf(wanted, reader)) {
    const resolved = resolveCampaign(readCampaignFile(source), choice);
    for (const campaignId of detached(campaignsMeant(resolved, choice))) found.add(campaignId);
  }
  return found;
}
