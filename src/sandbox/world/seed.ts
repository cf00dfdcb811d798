import { existsSync, readFileSync } from "node:fs";
import { hasErrors, sortDiagnostics } from "../../domain/diagnostics.ts";
import type { Diagnostic } from "../../domain/model.ts";
import { checkShape } from "../../yaml/check-shape.ts";
import { valueSpan } from "../../yaml/locate.ts";
import { diagnosticAt } from "../../yaml/source-text.ts";
import { readDocument, type YamlDocument } from "../../yaml/yaml-document.ts";
import type { SandboxSeed } from "./model.ts";
import { SEED_SHAPE } from "./seed-shape.ts";

/** Reads a seed file; `seed` is null when there is any error. `file` is its name in the diagnostics. */
export function parseSeed(
  text: string,
  file: string,
): { readonly seed: SandboxSeed | null; readonly diagnostics: readonly Diagnostic[] } {
  const document = readDocument({ file, bytes: new TextEncoder().encode(text) });
  const found = [...document.diagnostics, ...checkShape(document, SEED_SHAPE)];
  if (hasErrors(found)) return { seed: null, diagnostics: sortDiagnostics(found) };
  const seed = document.value as SandboxSeed;
  const repeated = [...repeatedIds(document, seed, "campaigns"), ...repeatedIds(document, seed, "audiences")];
  return { seed: repeated.length > 0 ? null : seed, diagnostics: sortDiagnostics(repeated) };
}

function repeatedIds(
  document: YamlDocument,
  seed: SandboxSeed,
  list: "campaigns" | "audiences",
): readonly Diagnostic[] {
  const { text, root } = document;
  const key = list === "campaigns" ? "campaignId" : "audienceId";
  const ids = (seed[list] ?? []).map((item) => ("campaignId" in item ? item.campaignId : item.audienceId));
  const seen = new Set<string>();
  return ids.flatMap((written, index) => {
    const id = written.toLowerCase();
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const code = list === "campaigns" ? "invalid-value" : "repeated-audience";
    const detail = `${written} is in "${list}" already, and only one of the two could count. Delete one of them.`;
    return [diagnosticAt(text, code, valueSpan(root, [list, String(index), key]), detail)];
  });
}

/** The seed for a sandbox that is started without one: `examples/sandbox.yaml` of this package. */
export function readDefaultSeed(): { readonly file: string; readonly text: string } {
  const url = seedUrl();
  return { file: "examples/sandbox.yaml", text: readFileSync(url, "utf8") };
}

/** The package's root is two levels above the bundled program in `dist/chunks/`, three above this file. */
function seedUrl(): URL {
  const bundled = new URL("../../examples/sandbox.yaml", import.meta.url);
  return existsSync(bundled) ? bundled : new URL("../../../examples/sandbox.yaml", import.meta.url);
}
