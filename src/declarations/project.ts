import { makeDiagnostic } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import validate from "../generated/validate-project.js";
import { DEFAULT_MIN_COUNT } from "../people/privacy.ts";
import type { UnknownExcludes } from "../plan/keep-excludes.ts";
import { quoteWhole } from "../text/quote.ts";
import { checkShape } from "../yaml/check-shape.ts";
import { valueSpan } from "../yaml/locate.ts";
import type { Shape } from "../yaml/shape.ts";
import { diagnosticAt, withDetail } from "../yaml/source-text.ts";
import { readDocument, type YamlDocument } from "../yaml/yaml-document.ts";
import { type CampaignPattern, explainLeavingPattern, leavesFolder } from "./path-pattern.ts";
import { RULES_EXPECTED } from "./rules/rules-shape.ts";
import { type RulesContent, ruleMistakes, type WrittenRules } from "./rules/written-rules.ts";

/** A pattern of the project file, and where it stands there. */
type Pattern = CampaignPattern & { readonly place: Diagnostic };

/** What `campaignctl.yaml` says. */
export type Project = {
  readonly version: 1;
  /** Files, folders or globs relative to the folder of the project file; null when the file does not say. */
  readonly campaigns: readonly Pattern[] | null;
  /** The audience catalogue, relative to the folder of the project file; null when the file does not say. */
  readonly audiences: string | null;
  /** Whether every campaign and every audience of the catalogue must have an owner. */
  readonly requireOwners: boolean;
  /** Keys of labels: of campaigns with the same value of one, no two are to have the same audiences. */
  readonly distinctAudiences: readonly string[];
  /** Settings by the name of the environment; has no other keys, also no inherited ones. */
  readonly environments: Readonly<Record<string, EnvironmentSettings>>;
  /** What becomes of live excludes that no file names. */
  readonly unknownExcludes: UnknownExcludes;
  /** Rules and waivers, as they are written; null where there is none. */
  readonly rules: WrittenRules | null;
  /** Below how many people a count is not shown where others read. */
  readonly privacy: { readonly minCount: number };
};

/** What the project file says of one environment. */
type EnvironmentSettings = {
  readonly apiUrl: string | null;
  /** Whether it need not have every campaign. */
  readonly isPartial: boolean;
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
    audiences: "the path of the audience catalogue, such as audiences.yaml",
    requireOwners: "true or false",
    distinctAudiences: "a list of keys of labels, such as [wave]",
    "distinctAudiences/*": "the key of a label, such as wave",
    environments: "a map from environment names to settings",
    "environments/*": "a map such as { apiUrl: https://api.experiture.ai/public/v1 }",
    "environments/*/apiUrl": "a URL that begins with https:// (http:// only to this machine)",
    "environments/*/partial": "true or false",
    unknownExcludes: "remove or keep",
    ...RULES_EXPECTED,
    privacy: "a map such as { minCount: 20 }",
    "privacy/minCount": "a whole number, 0 or more",
  },
  ids: ["waivers/*/campaignId"],
};

type Content = {
  readonly version: 1;
  readonly campaigns?: readonly string[];
  readonly audiences?: string;
  readonly requireOwners?: boolean;
  readonly distinctAudiences?: readonly string[];
  readonly environments?: Readonly<Record<string, { readonly apiUrl?: string; readonly partial?: boolean }>>;
  readonly unknownExcludes?: UnknownExcludes;
  readonly privacy?: { readonly minCount?: number };
} & RulesContent;

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
  const rules = { content, document };
  const hasRules = content.guardrails !== undefined || content.waivers !== undefined;
  const wrong = [
    ...(campaigns ?? []).flatMap(tellLeaving),
    ...tellLeavingCatalogue(document, content),
    ...ruleMistakes(rules),
  ];
  return wrong.length === 0
    ? { project: projectOf(content, campaigns, hasRules ? rules : null), diagnostics }
    : { project: null, diagnostics: wrong };
}

function placeOf({ root, text }: YamlDocument, index: number): Diagnostic {
  return diagnosticAt(text, "pattern-matches-nothing", valueSpan(root, ["campaigns", String(index)]), "");
}

function tellLeaving({ text, place }: Pattern): readonly Diagnostic[] {
  if (!leavesFolder(text)) return [];
  return [makeDiagnostic("path-outside-project", withDetail(place, explainLeavingPattern(text)))];
}

function tellLeavingCatalogue({ root, text }: YamlDocument, { audiences }: Content): readonly Diagnostic[] {
  if (audiences === undefined || !leavesFolder(audiences)) return [];
  const detail = `${quoteWhole(audiences)} is absolute or leads upwards. The catalogue must lie below the folder of the project file, so that it cannot read others. Write a path relative to it, without "..".`;
  return [diagnosticAt(text, "path-outside-project", valueSpan(root, ["audiences"]), detail)];
}

function projectOf(
  content: Content,
  campaigns: readonly Pattern[] | null,
  rules: WrittenRules | null,
): Project {
  const { version, audiences = null, requireOwners = false, environments = {}, privacy = {} } = content;
  const { unknownExcludes = "remove", distinctAudiences = [] } = content;
  const settings: Record<string, EnvironmentSettings> = Object.create(null);
  for (const [name, { apiUrl = null, partial = false }] of Object.entries(environments)) {
    settings[name] = { apiUrl, isPartial: partial };
  }
  const { minCount = DEFAULT_MIN_COUNT } = privacy;
  return {
    version,
    campaigns,
    audiences,
    requireOwners,
    distinctAudiences,
    environments: settings,
    unknownExcludes,
    rules,
    privacy: { minCount },
  };
}
