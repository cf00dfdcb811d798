import { resolve } from "node:path";
import { environmentsIn } from "../../catalogue/catalogue.ts";
import type { Names } from "../../catalogue/names.ts";
import type { DeclaredCampaign } from "../../domain/declared.ts";
import { UsageError } from "../../domain/errors.ts";
import type { Diagnostic } from "../../domain/model.ts";
import { CATALOGUE_FILE } from "../../domain/source-file.ts";
import { wouldBeFound } from "../../files/covered.ts";
import { displayName } from "../../files/file-errors.ts";
import { quote } from "../../text/quote.ts";
import { DEFAULT_PATTERNS, type DeclareOptions, readDeclarations, readProject } from "../declare.ts";
import { readNames } from "../read-names.ts";

/** Where `import` reads and writes. */
export type GroundOptions = Pick<DeclareOptions, "cwd" | "config" | "environment" | "secrets"> & {
  /** The folder of new files; null for `campaigns` beside the project file. */
  readonly dir: string | null;
};

/** A file that declares a campaign already, in an environment or in every one (null). */
export type DeclaringFile = {
  readonly file: string;
  readonly text: string;
  readonly says: DeclaredCampaign;
  readonly environment: string | null;
};

/** What is there before anything is imported. */
export type Ground = {
  readonly project: ReturnType<typeof readProject>["project"];
  readonly projectAbove: string | null;
  readonly cwd: string;
  /** Absolute: of the project file, and of the catalogue. */
  readonly folder: string;
  readonly cataloguePath: string;
  /** Absolute: where new files go. */
  readonly dir: string;
  readonly names: Names;
  /** By the ids of the campaigns, in lower case. */
  readonly declared: ReadonlyMap<string, DeclaringFile>;
};

/** Every mistake in the files: then nothing is imported. */
export type BadGround = Pick<Ground, "projectAbove"> & { readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads what is declared already, under any environment. No file at all is no mistake here.
 *
 * @throws UsageError for an environment that nothing knows, and a folder in which no file would be found later.
 */
export function readGround(options: GroundOptions): Ground | BadGround {
  const { cwd, config, environment, secrets = [] } = options;
  const declared = new Map<string, DeclaringFile>();
  const read = readDeclarations({
    paths: [],
    ...{ cwd, config, secrets },
    environment: null,
    needsEnvironment: false,
    see: ({ text: { file, text }, says }) => {
      for (const id of says?.ids ?? []) {
        if (says !== null)
          declared.set(id.says.toLowerCase(), { file, text, says, environment: id.environment });
      }
    },
  });
  const { place, project, projectAbove } = readProject({ config, cwd, secrets });
  const { names } = readNames(place, project, { cwd, environment, secrets });
  const wrong = read.diagnostics.filter(({ severity, code }) => severity === "error" && code !== "no-files");
  if (wrong.length > 0 || names === null) return { projectAbove, diagnostics: read.diagnostics };
  checkEnvironment(environment, { project, names, declared });
  const dir = options.dir === null ? resolve(place.folder, "campaigns") : resolve(cwd, options.dir);
  if (!wouldBeFound(resolve(dir, "new.yaml"), project?.campaigns ?? DEFAULT_PATTERNS, place.folder)) {
    throw new UsageError(
      `--dir ${displayName(dir, resolve(cwd), place.folder)}: the project's patterns for campaign files do not cover this folder. Nothing was sent.`,
      "Name a folder that they cover, or add it to campaigns in the project file.",
    );
  }
  const cataloguePath = resolve(place.folder, project?.audiences ?? CATALOGUE_FILE);
  return { project, projectAbove, cwd, folder: place.folder, cataloguePath, dir, names, declared };
}

function checkEnvironment(
  environment: string | null,
  { project, names, declared }: Pick<Ground, "project" | "names" | "declared">,
): void {
  if (environment === null) return;
  const known = new Set([
    ...Object.keys(project?.environments ?? {}),
    ...environmentsIn(names.catalogue),
    ...[...declared.values()].flatMap((each) => each.environment ?? []),
  ]);
  if (known.has(environment)) return;
  throw new UsageError(
    `Nothing says what the environment ${quote(environment)} is. Nothing was sent.`,
    "List it under environments in campaignctl.yaml, or choose none.",
  );
}
