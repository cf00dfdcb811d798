import { resolve } from "node:path";
import type { Names } from "../../catalogue/names.ts";
import type { BaseCommit } from "../../declarations/base-commit.ts";
import { isBlob } from "../../declarations/blob-id.ts";
import {
  type BaseDeclarations,
  changedCampaigns,
  type DeclaredBefore,
  tellNoLongerDeclared,
} from "../../declarations/changed-campaigns.ts";
import type { BaseMeaning } from "../../declarations/compare-file.ts";
import { areWarnings, sortDiagnostics } from "../../domain/diagnostics.ts";
import type { Cause } from "../../domain/model.ts";
import { changedSince } from "../../domain/scope.ts";
import type { SourceFile } from "../../domain/source-file.ts";
import { findProject } from "../../files/find-project.ts";
import {
  choiceOf,
  type Declarations,
  type DeclareOptions,
  readDeclarations,
  type ValidDeclarations,
} from "../declare.ts";
import { rulesInBase } from "../rules/base-rules.ts";
import {
  type BaseReader,
  baseCampaignFiles,
  baseReader,
  declaredInBase,
  type KnownTexts,
  rememberTexts,
} from "./base-campaigns.ts";
import { baseFilesOf } from "./base-files.ts";
import { type BaseProject, causesForAll, namesInBase, readBaseProject } from "./base-project.ts";
import { noLongerDeclared } from "./no-longer-declared.ts";

/** What can be asked for beside what changed. */
export type ChangedOptions = {
  /** Campaigns to look at whether they changed or not, by id. */
  readonly also?: Pick<ReadonlySet<string>, "has">;
};

/**
 * Reads and checks all files, as `readDeclarations` does, and looks at those campaigns alone for which they declare
 * something else than a base did. A campaign that only the base declared is told as a warning. What of the base cannot
 * be read counts as different.
 */
export async function declareChanged(
  options: Omit<DeclareOptions, "see" | "seeCatalogue">,
  base: BaseCommit,
  { also = new Set() }: ChangedOptions = {},
): Promise<Declarations> {
  const files = await baseFilesOf(base);
  const { path, folder } = findProject(options.config, options.cwd, options.root);
  const reader = baseReader(files, options, folder);
  const then = await readBaseProject(options, files, base.root);
  const projectFile = reader.nameOf(path ?? then.path ?? folder);
  const names = namesThen(then, await files.read(then.catalogue), options, { reader, projectFile });
  const known = rememberTexts(reader, base.commit, names.meaning);
  const declared = readDeclarations({ ...options, see: known.see, seeCatalogue: names.see });
  if (declared.kind === "invalid") return declared;
  const paths = baseCampaignFiles(reader, then, options, declared, known);
  const campaigns = await declaredInBase(paths, known, reader, declared, names.meaning());
  const forAll = causesForAll(then, declared.project, options.environment, projectFile);
  const { changed, before, gone, labels } = changedCampaigns(declared.specs, {
    campaigns,
    forAll: [...forAll, ...names.unreadable()],
    newlyNamed: newlyNamed(known, { reader, projectFile }),
  });
  const left = await noLongerDeclared(gone, { options, base, reader, now: declared });
  const baseRules = rulesInBase(then, names.ofBase(declared.names), {
    commit: base.commit,
    environment: options.environment,
    labels,
    nameOf: reader.nameOf,
  });
  return { ...scoped(declared, base.commit, changed, { gone: left, also }), before, baseRules };
}

/** How people call a commit. */
const SHORT = 7;

function scoped(
  declared: ValidDeclarations,
  commit: string,
  changed: ReadonlyMap<string, readonly Cause[]>,
  {
    gone,
    also,
  }: { readonly gone: readonly DeclaredBefore[]; readonly also: Pick<ReadonlySet<string>, "has"> },
): ValidDeclarations {
  const told = gone.map((campaign) => tellNoLongerDeclared(campaign, commit.slice(0, SHORT)));
  const diagnostics = sortDiagnostics([...declared.diagnostics, ...told]);
  const causes = new Map([...changed].filter(([, of]) => of.length > 0));
  const isLookedAt = (campaignId: string): boolean => changed.has(campaignId) || also.has(campaignId);
  const specs = declared.specs.filter(({ campaignId }) => isLookedAt(campaignId));
  return {
    ...declared,
    specs,
    others: declared.specs.flatMap(({ campaignId }) => (isLookedAt(campaignId) ? [] : [campaignId])),
    scope: changedSince(commit, specs.length, declared.specs.length),
    causes,
    diagnostics: areWarnings(diagnostics) ? diagnostics : declared.diagnostics,
  };
}

/** What names stood for in a base. It is asked only where the catalogue of now is another one. */
function namesThen(
  then: BaseProject,
  bytes: Uint8Array | null | undefined,
  options: Pick<DeclareOptions, "environment" | "needsEnvironment">,
  { reader, projectFile }: { readonly reader: BaseReader; readonly projectFile: string },
) {
  let meaning: BaseMeaning = { choice: null, catalogue: "", causes: [] };
  let unreadable: readonly Cause[] = [];
  let inBase: (now: Names) => Names | null = (now) => now;
  return {
    meaning: () => meaning,
    ofBase: (now: Names) => inBase(now),
    unreadable: () => unreadable,
    see(source: SourceFile | null): void {
      if (isSameCatalogue(source, then)) return;
      const before = reader.nameOf(then.catalogue);
      const catalogue = source?.file ?? before;
      const named: Cause = { file: projectFile, kind: "setting", name: "audiences" };
      const causes = catalogue === before ? [] : [named];
      const names = namesInBase(then, bytes, options.environment);
      meaning = { choice: choiceOf(options, then.project, names), catalogue, causes };
      inBase = () => names;
      if (names === null) unreadable = [{ file: before, kind: "unreadable", name: null }, ...causes];
    },
  };
}

function isSameCatalogue(source: SourceFile | null, { catalogueId: id }: BaseProject): boolean {
  if (source === null || id === null) return source === null && id === null;
  return isBlob(source.bytes, id);
}

/** Whether a campaign's file stood where it stands, as it is, and was not named as a campaign file. */
function newlyNamed(
  { byBlob }: KnownTexts,
  { reader, projectFile }: { readonly reader: BaseReader; readonly projectFile: string },
): BaseDeclarations["newlyNamed"] {
  return ({ campaignId, source }) => {
    const id = reader.files.ids.get(resolve(reader.cwd, source.file)) ?? "";
    const stood = byBlob.get(id)?.some((declared) => declared.campaignId === campaignId) === true;
    return stood ? [{ file: projectFile, kind: "setting", name: "campaigns" }] : [];
  };
}
