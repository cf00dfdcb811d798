import { loadCampaigns } from "../../../src/declarations/load.ts";
import type { Diagnostic } from "../../../src/domain/model.ts";
import type { SourceFile } from "../../../src/domain/source-file.ts";

export const CAMPAIGN = "4130bada-9264-465f-bc0c-a26bebcfcc81";
export const AUDIENCE = "a1b2c3d4-0000-0000-0000-000000000001";
export const OTHER = "a1b2c3d4-0000-0000-0000-000000000002";
export const INCLUDE = `include:\n  - { audienceId: ${AUDIENCE}, type: segment }\n`;
/** A valid file of three lines. */
export const VALID = `campaignId: ${CAMPAIGN}\n${INCLUDE}`;

export function file(name: string, content: string | Uint8Array): SourceFile {
  return { file: name, bytes: typeof content === "string" ? new TextEncoder().encode(content) : content };
}

export function load(content: string | Uint8Array, environment: string | null = null) {
  return loadCampaigns([file("a.yaml", content)], { environment, needsEnvironment: true });
}

/** `code line:column`, or only the code. */
export function place({ code, range }: Diagnostic): string {
  return range === null ? code : `${code} ${range.start.line}:${range.start.column}`;
}

/** What is told about a campaign file with this content. */
export function told(content: string | Uint8Array, environment: string | null = null): string[] {
  return load(content, environment).diagnostics.map(place);
}

/** The details of all that is told. */
export function details(content: string | Uint8Array, environment: string | null = null): string {
  return load(content, environment)
    .diagnostics.map(({ detail }) => detail)
    .join("\n");
}
