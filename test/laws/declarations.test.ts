import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCampaigns } from "../../src/declarations/load.ts";
import { loadProject } from "../../src/declarations/project.ts";
import { DIAGNOSTIC_CODES } from "../../src/domain/diagnostics.ts";
import type { AudienceRef, Diagnostic } from "../../src/domain/model.ts";
import { fuzzing, timeFor } from "../support/fuzz/budget.ts";
import { mutatedText, randomBytes, soup } from "../support/fuzz/mutations.ts";

const CHOICE = { environment: null, needsEnvironment: true };

const uuid = fc.uuid();
const audience = fc.record({ audienceId: uuid, type: fc.constantFrom("audience", "segment") });
const audiences = fc.uniqueArray(audience, {
  minLength: 2,
  maxLength: 20,
  selector: ({ audienceId }) => audienceId.toLowerCase(),
});

function render(
  campaignId: string,
  include: readonly AudienceRef[],
  exclude: readonly AudienceRef[],
): string {
  const line = ({ audienceId, type }: AudienceRef) => `  - { audienceId: "${audienceId}", type: ${type} }\n`;
  return `campaignId: "${campaignId}"\ninclude:\n${include.map(line).join("")}exclude:\n${exclude.map(line).join("") || "  []\n"}`;
}

function load(content: string | Uint8Array) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return loadCampaigns([{ file: "a.yaml", bytes }], CHOICE);
}

/** Whatever the bytes: a spec or at least one diagnostic, all of them well formed. */
function checkTotal(bytes: Uint8Array): void {
  const { specs, diagnostics } = loadCampaigns([{ file: "a.yaml", bytes }], CHOICE);
  const project = loadProject({ file: "p.yaml", bytes });
  const lines = new TextDecoder().decode(bytes).split("\n");
  const all = [...diagnostics, ...project.diagnostics];
  expect({
    hasSpec: specs.length === 1,
    hasProject: project.project !== null,
    tooMany: diagnostics.slice(21),
    malformed: all.filter((diagnostic) => !isWellFormed(diagnostic, lines)),
  }).toEqual({
    hasSpec: diagnostics.length === 0,
    hasProject: project.diagnostics.length === 0,
    tooMany: [],
    malformed: [],
  });
}

function isWellFormed({ code, detail, range, excerpt }: Diagnostic, lines: readonly string[]): boolean {
  if (!(DIAGNOSTIC_CODES as readonly string[]).includes(code) || !/[.?]$/.test(detail)) return false;
  if (range === null || excerpt === null) return true;
  const { start, end } = range;
  const isThere = start.line <= lines.length && start.column <= (lines[start.line - 1]?.length ?? 0) + 1;
  const isForward = end.line > start.line || (end.line === start.line && end.column >= start.column);
  const isInExcerpt = excerpt.column >= 1 && excerpt.column <= excerpt.text.length + 1;
  return isThere && isForward && isInExcerpt && excerpt.text.length <= 122;
}

describe("parsing never throws", () => {
  it("case 28: random bytes are a diagnostic or a campaign, never a crash", timeFor(1), () => {
    fc.assert(fc.property(randomBytes, checkTotal), fuzzing(1));
  });

  it(
    "case 28: random texts of YAML's own signs are a diagnostic or a campaign, never a crash",
    timeFor(1),
    () => {
      fc.assert(fc.property(soup, checkTotal), fuzzing(1));
    },
  );

  it(
    "case 28: a valid file with random damage is a diagnostic or a campaign, never a crash",
    timeFor(1),
    () => {
      const valid = render(
        "4130bada-9264-465f-bc0c-a26bebcfcc81",
        [
          { audienceId: "a1b2c3d4-0000-0000-0000-000000000001", type: "segment" },
          { audienceId: "a1b2c3d4-0000-0000-0000-000000000002", type: "audience" },
        ],
        [],
      );
      fc.assert(fc.property(mutatedText(valid), checkTotal), fuzzing(1));
    },
  );
});

describe("laws of valid files", () => {
  it("order, case, quotes of line ends and a byte order mark never make a difference", () => {
    const property = fc.property(uuid, audiences, fc.nat(), (campaignId, refs, cut) => {
      const split = 1 + (cut % (refs.length - 1));
      const include = refs.slice(0, split) as AudienceRef[];
      const exclude = refs.slice(split) as AudienceRef[];
      const plain = load(render(campaignId, include, exclude));
      const upper = (list: readonly AudienceRef[]) =>
        list.map(({ audienceId, type }) => ({ audienceId: audienceId.toUpperCase(), type })).reverse();
      const other = render(campaignId.toUpperCase(), upper(include), upper(exclude));
      expect(plain.diagnostics).toEqual([]);
      expect(load(`\uFEFF${other.replaceAll("\n", "\r\n")}`)).toEqual(plain);
      expect(plain.specs[0]?.audience.include).toHaveLength(include.length);
      expect(plain.specs[0]?.audience.exclude).toHaveLength(exclude.length);
    });
    fc.assert(property, { seed: 81, numRuns: 200 });
  });

  it("an audience put in a second time, anywhere and in any case, is always told", () => {
    const property = fc.property(uuid, audiences, fc.nat(), fc.boolean(), (campaignId, refs, pick, below) => {
      const again = refs[pick % refs.length] as AudienceRef;
      const copy: AudienceRef = { ...again, audienceId: again.audienceId.toUpperCase() };
      const list = refs as AudienceRef[];
      const text = below ? render(campaignId, list, [copy]) : render(campaignId, [copy, ...list], []);
      expect(load(text).diagnostics.map(({ code }) => code)).toEqual(["repeated-audience"]);
    });
    fc.assert(property, { seed: 21, numRuns: 200 });
  });
});
