import type { Diagnostic } from "../domain.ts";
import validate from "../generated/validate-project.js";
import { checkShape } from "./check-shape.ts";
import { valueSpan } from "./locate.ts";
import { explainLeavingPattern, leavesFolder } from "./path-pattern.ts";
import type { Shape } from "./shape.ts";
import type { SourceFile } from "./source-file.ts";
import { diagnosticAt } from "./source-text.ts";
import { readDocument, type YamlDocument } from "./yaml-document.ts";

/** What `campaignctl.yaml` says. */
export type Project = {
  readonly version: 1;
  /** Files, folders or globs relative to the folder of the project file; null when the file does not say. */
  readonly campaigns: readonly string[] | null;
  /** Settings by the name of the environment; has no other keys, also no inherited ones. */
  readonly environments: Readonly<Record<string, { readonly apiUrl: string | null }>>;
};

/** The shape of the project file; its schema is `schemas/project.schema.json`. */
export const PROJECT_SHAPE: Shape = {
  validate,
  name: "project file",
  expected: {
    "": "a map with the key version",
    version: "the number 1",
    campaigns: 'a list of files, folders or globs, such as ["campaigns/**/*.yaml"]',
    "campaigns/*": 'a file, folder or glob, such as "campaigns/**/*.yaml"',
    environments: "a map from environment names to settings",
    "environments/*": "a map such as { apiUrl: https://api.experiture.ai/public/v1 }",
    "environments/*/apiUrl": "a URL that begins with https:// (http:// only to this machine)",
  },
  ids: [],
};

type Content = {
  readonly version: 1;
  readonly campaigns?: readonly string[];
  readonly environments?: Readonly<Record<string, { readonly apiUrl?: string }>>;
};

/** Reads the project file and tells every mistake in it. `project` is null when there is one. */
export function loadProject(source: SourceFile): {
  readonly project: Project | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const document = readDocument(source);
  const diagnostics = [...document.diagnostics, ...checkShape(document, PROJECT_SHAPE)].map(hideUserInfo);
  if (diagnostics.length === 0) diagnostics.push(...leavingPatterns(document));
  return { project: diagnostics.length === 0 ? projectOf(document.value as Content) : null, diagnostics };
}

const USER_INFO = /(\/\/)[^/\s"'@]+@/g;

/** A URL with a password in it is refused; saying so must not show the password. */
function hideUserInfo(diagnostic: Diagnostic): Diagnostic {
  const { excerpt, detail } = diagnostic;
  const isShown = excerpt !== null && excerpt.text.search(USER_INFO) >= 0;
  return { ...diagnostic, excerpt: isShown ? null : excerpt, detail: detail.replace(USER_INFO, "$1…@") };
}

function leavingPatterns({ value, root, text }: YamlDocument): Diagnostic[] {
  const { campaigns = [] } = value as Content;
  return campaigns.flatMap((pattern, index) =>
    leavesFolder(pattern)
      ? [
          diagnosticAt(
            text,
            "path-outside-project",
            valueSpan(root, ["campaigns", String(index)]),
            explainLeavingPattern(pattern),
          ),
        ]
      : [],
  );
}

function projectOf({ version, campaigns, environments = {} }: Content): Project {
  const settings: Record<string, { readonly apiUrl: string | null }> = Object.create(null);
  for (const [name, { apiUrl }] of Object.entries(environments)) settings[name] = { apiUrl: apiUrl ?? null };
  return { version, campaigns: campaigns ?? null, environments: settings };
}
