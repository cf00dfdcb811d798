import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCampaigns } from "../../src/declarations/load.ts";
import { loadProject } from "../../src/declarations/project.ts";
import { canonicalBinding } from "../../src/domain/binding.ts";
import { DIAGNOSTIC_CODES } from "../../src/domain/diagnostics.ts";
import type { CampaignSpec, Diagnostic } from "../../src/domain/model.ts";
import { renderInvalidComment } from "../../src/github/page/invalid-comment.ts";
import { chooseAnnotations } from "../../src/github/run/annotations.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderDiagnostics } from "../../src/render/text/diagnostics.ts";
import { plainStyle } from "../../src/render/text/style.ts";
import { fuzzing, timeFor, withoutHang } from "../support/fuzz/budget.ts";
import { mutatedText, randomBytes, repeated, soup } from "../support/fuzz/mutations.ts";
import { expectSafe } from "../support/fuzz/safe-text.ts";
import { COMMIT, RUN_URL, target } from "../support/samples/github.ts";

const CAMPAIGN = `# comment
campaignId: { production: 4130bada-9264-465f-bc0c-a26bebcfcc81, staging: "4130bada-9264-465f-bc0c-a26bebcfcc82" }
name: Spring re-engagement
owner: crm
labels: { region: us }
include:
  - { audienceId: a1b2c3d4-0000-0000-0000-000000000001, type: segment }
  - audienceId: "a1b2c3d4-0000-0000-0000-000000000002"
    type: audience
exclude:
  - { audienceId: a1b2c3d4-0000-0000-0000-000000000099, type: audience }
`;

const PROJECT = `version: 1
campaigns: [campaigns/**/*.yaml, 'more/*.yml']
environments:
  production: { apiUrl: https://api.experiture.ai/public/v1 }
  local:
    apiUrl: "http://127.0.0.1:4010/public/v1"
`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whatever the bytes: something valid or at least one mistake that can be shown, and never both. */
function check(bytes: Uint8Array): void {
  const choice = { environment: "production", needsEnvironment: true };
  const { specs, diagnostics } = withoutHang(() => loadCampaigns([{ file: "a.yaml", bytes }], choice));
  expect(specs.length === 1).toBe(diagnostics.length === 0);
  for (const spec of specs) checkSpec(spec);
  checkDiagnostics(diagnostics);
  const project = withoutHang(() => loadProject({ file: "campaignctl.yaml", bytes }));
  expect(project.project === null).toBe(project.diagnostics.length > 0);
  checkDiagnostics(project.diagnostics);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
}

/** What came through can be written: nothing is missing, nothing is there twice. */
function checkSpec({ campaignId, audience }: CampaignSpec): void {
  const { include, exclude } = audience;
  const ids = [...include, ...exclude].map(({ audienceId }) => audienceId);
  expect([campaignId, ...ids].filter((id) => !UUID.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(include.length).toBeGreaterThanOrEqual(1);
  expect(Math.max(include.length, exclude.length)).toBeLessThanOrEqual(25);
  expect(canonicalBinding(audience)).toEqual(audience);
}

function checkDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const { code } of diagnostics) expect(DIAGNOSTIC_CODES).toContain(code);
  expectSafe(renderDiagnostics(diagnostics, { style: plainStyle }));
  expectSafe(renderJson({ diagnostics }));
  for (const { title, message } of chooseAnnotations(diagnostics, null)) expectSafe(`${title}\n${message}`);
  expectSafe(renderInvalidComment({ diagnostics, target, commit: COMMIT, runUrl: RUN_URL }).body);
}

describe("case 28: no bytes crash a reader, hang it, or get onto the terminal", () => {
  const property = (bytes: fc.Arbitrary<Uint8Array>, share: number) =>
    fc.assert(fc.property(bytes, check), fuzzing(share));

  test("random bytes", timeFor(0.2), () => property(randomBytes, 0.2));
  test("meaningful pieces in any order", timeFor(0.3), () => property(soup, 0.3));
  test("a valid campaign file, changed", timeFor(0.3), () => property(mutatedText(CAMPAIGN), 0.3));
  test("a valid project file, changed", timeFor(0.19), () => property(mutatedText(PROJECT), 0.19));
  test("pieces repeated up to the largest size", timeFor(0.01), () => property(repeated, 0.01));
});

test("the files that are changed are valid themselves", () => {
  const bytes = (text: string) => Buffer.from(text);
  const choice = { environment: "production", needsEnvironment: true };
  expect(loadCampaigns([{ file: "a.yaml", bytes: bytes(CAMPAIGN) }], choice).diagnostics).toEqual([]);
  expect(loadProject({ file: "campaignctl.yaml", bytes: bytes(PROJECT) }).diagnostics).toEqual([]);
});
