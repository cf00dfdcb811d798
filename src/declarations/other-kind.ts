import { makeDiagnostic } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";

/** What a file is that belongs to campaignctl but is no campaign, and what it is there for. */
export type OtherKind = { readonly name: string; readonly use: string };

/** Where a result of ours names itself: its first keys are `formatVersion` and `kind`. */
const HEAD_BYTES = 512;

/** "{" with white space in front, or a byte order mark: nearly every other file is told from it at once. */
const FIRST_BYTES: ReadonlySet<number> = new Set([0x7b, 0x20, 0x0a, 0x0d, 0xef, 0xff, 0xfe]);

const RESULTS: ReadonlyMap<string, OtherKind> = new Map([
  ["plan", { name: "a saved plan", use: "campaignctl apply --plan carries it out" }],
  ["apply-report", { name: "an apply report", use: "campaignctl wait --after reads it" }],
  ["wait-report", { name: "a wait report", use: "it is there to be read" }],
]);

const OTHER_RESULT: OtherKind = { name: "a result of campaignctl", use: "it is there to be read" };

/** The kind of a result that a run saved, by how its bytes begin, in any encoding it may have; null for any other file. */
export function resultIn(bytes: Uint8Array): OtherKind | null {
  if (!FIRST_BYTES.has(bytes[0] ?? 0)) return null;
  // The other half of ASCII in UTF-16 is a NUL.
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1").replaceAll("\0", "");
  const kind = /^[^{]{0,9}\{\s*"formatVersion"\s*:\s*"[^"]*"\s*,\s*"kind"\s*:\s*"([a-z-]+)"/.exec(head)?.[1];
  return kind === undefined ? null : (RESULTS.get(kind) ?? OTHER_RESULT);
}

/** See {@link settingsIn}. */
export const PROJECT: OtherKind = { name: "a project file", use: "--config reads it" };
/** See {@link settingsIn}. */
export const CATALOGUE: OtherKind = {
  name: "an audience catalogue",
  use: "campaign files take names from it",
};

/**
 * Whether the content of a YAML file is a project file, a catalogue, or a result whose keys were sorted; null for any
 * other, above all for a campaign.
 */
export function settingsIn(value: unknown): OtherKind | null {
  if (!isMap(value) || ["campaignId", "include", "exclude"].some((key) => key in value)) return null;
  if ("formatVersion" in value && typeof value.kind === "string")
    return RESULTS.get(value.kind) ?? OTHER_RESULT;
  const keys = Object.keys(value);
  if ("version" in value && keys.some((key) => key === "campaigns" || key === "environments")) return PROJECT;
  const isCatalogue = keys.length > 0 && keys.every((key) => key === "audiences" || key === "groups");
  return isCatalogue && keys.every((key) => isMap(value[key])) ? CATALOGUE : null;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** That a file is left out, and what it is. */
export function tellNoCampaign(file: string, { name, use }: OtherKind): Diagnostic {
  const detail =
    `It is ${name}, and no campaign is read from it: ${use}. Move it elsewhere, or leave it out with narrower ` +
    `patterns.`;
  return makeDiagnostic("not-a-campaign", { detail, file });
}
