import { makeDiagnostic } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import validate from "../generated/validate-project.js";
import { DEFAULT_MIN_COUNT } from "../people/privacy.ts";
import { checkShape } from "../yaml/check-shape.ts";
import { valueSpan } from "../yaml/locate.ts";
import type { Shape } from "../yaml/shape.ts";
import { diagnosticAt, withDetail } from "../yaml/source-text.ts";
import { readDocument, type YamlDocument } from "../yaml/yaml-document.ts";
import { type CampaignPattern, explainLeavingPattern, leavesFolder } from "./path-pattern.ts";

/** A pattern of the project file, and where it stands there. */
type Pattern = CampaignPattern & { readonly place: Diagnostic };

/** What `campaignctl.yaml` says. */
export type Project = {
  readonly version: 1;
  /** Files, folders or globs relative to the folder of the project file; null when the file does not say. */
  readonly campaigns: readonly Pattern[] | null;
  /** Settings by the name of the environment; has no other keys, also no inherited ones. */
  readonly environments: Readonly<Record<string, { readonly apiUrl: string | null }>>;
  /** Below how many people a count is not shown where others read. */
  readonly privacy: { readonly minCount: number };
};

/** The shape of the project file; its schema is `schemas/project.schema.json`. */
export const PROJECT_SHAPE: Shape = {
  validate,
  name: "project file",
  expected: {
    "": "a map with the key version",
    version: "the number 1",
    campaigns: 'a list of files, folders or globs, such as ["campaigns/**/*.yaml", "!campaigns/parked/**"]',
    "campaigns/*": 'a file, folder or glob, such as "campaigns/**/*.yaml"',
    environments: "a map from environment names to settings",
    "environments/*": "a map such as { apiUrl: https://api.experiture.ai/public/v1 }",
    "environments/*/apiUrl": "a URL that begins with https:// (http:// only to this machine)",
    privacy: "a map such as { minCount: 20 }",
    "privacy/minCount": "a whole number, 0 or more",
  },
  ids: [],
};

type Content = {
  readonly version: 1;
  readonly campaigns?: readonly string[];
  readonly environments?: Readonly<Record<string, { readonly apiUrl?: string }>>;
  readonly privacy?: { readonly minCount?: number };
};

/** Reads the project file and tells every mistake in it. `project` is null when there is one. */
export function loadProject(source: SourceFile): {
  readonly project: Project | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const document = readDocument(source);
  const diagnostics = [...document.diagnostics, ...checkShape(document, PROJECT_SHAPE)];
  if (diagnostics.length > 0) return { project: null, diagnostics };
  const content = document.value as Content;
  const campaigns =
    content.campaigns?.map((text, index) => ({ text, place: placeOf(document, index) })) ?? null;
  const leaving = (campaigns ?? []).filter(({ text }) => leavesFolder(text));
  return leaving.length === 0
    ? { project: projectOf(content, campaigns), diagnostics }
    : { project: null, diagnostics: leaving.map(tellLeaving) };
}

function placeOf({ root, text }: YamlDocument, index: number): Diagnostic {
  return diagnosticAt(text, "pattern-matches-nothing", valueSpan(root, ["campaigns", String(index)]), "");
}

function tellLeaving({ text, place }: Pattern): Diagnostic {
  return makeDiagnostic("path-outside-project", withDetail(place, explainLeavingPattern(text)));
}

function projectOf(content: Content, campaigns: readonly Pattern[] | null): Project {
  const { version, environments = {}, privacy = {} } = content;
  const settings: Record<string, { readonly apiUrl: string | null }> = Object.create(null);
  for (const [name, { apiUrl }] of Object.entries(environments)) settings[name] = { apiUrl: apiUrl ?? null };
  const { minCount = DEFAULT_MIN_COUNT } = privacy;
  return { version, campaigns, environments: settings, privacy: { minCount } };
}
