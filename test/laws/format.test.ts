import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlainFile, readYamlFile } from "../../src/declarations/campaign-file.ts";
import { loadCampaigns } from "../../src/declarations/load.ts";
import { formatCampaign } from "../../src/form/format-campaign.ts";
import { marksOf } from "../../src/yaml/comments.ts";
import { fuzzing, timeFor } from "../support/fuzz/budget.ts";
import { chooserOf, mutated, ordinaryFile, tapes } from "../support/fuzz/campaign-files.ts";

function sourceOf(text: string) {
  return { file: "campaigns/a.yaml", bytes: new TextEncoder().encode(text) };
}

/** The campaigns of a text, without places. */
function specsOf(text: string) {
  const choice = { environment: null, needsEnvironment: false };
  return loadCampaigns([sourceOf(text)], choice).specs.map(({ source: _, ...spec }) => spec);
}

function commentsIn(text: string): readonly string[] {
  return marksOf(text)
    .comments.map((comment) => comment.text)
    .sort();
}

function checkForm(text: string, formatted: string): void {
  expect(formatCampaign(formatted)).toBe(formatted);
  expect(specsOf(formatted)).toEqual(specsOf(text));
  expect(commentsIn(formatted)).toEqual(commentsIn(text.replaceAll("\r\n", "\n")));
  expect(formatted).toMatch(/^[^\n].*[^\n]\n$/s);
  expect(formatted).not.toMatch(/\n\n\n|\r\n/);
  const quick = readPlainFile(sourceOf(formatted));
  if (quick !== null) expect(quick).toEqual(readYamlFile(sourceOf(formatted)));
}

describe("the one form of a campaign file", () => {
  it("is reached at once, and says what the file said, with every comment", timeFor(0.2), () => {
    let quick = 0;
    let count = 0;
    fc.assert(
      fc.property(tapes, (tape) => {
        const text = ordinaryFile(chooserOf(tape));
        const usual = readYamlFile(sourceOf(text));
        if (!usual.fits || usual.diagnostics.length > 0) return;
        const formatted = formatCampaign(text);
        expect(formatted).not.toBeNull();
        if (formatted === null) return;
        count += 1;
        if (readPlainFile(sourceOf(formatted)) !== null) quick += 1;
        checkForm(text, formatted);
      }),
      fuzzing(0.2),
    );
    expect(quick).toBeGreaterThan(0.95 * count);
  });

  it("of a file with slips is that of a file without a mistake, or none", timeFor(0.2), () => {
    let formed = 0;
    fc.assert(
      fc.property(tapes, tapes, fc.integer({ min: 1, max: 3 }), (tape, other, slips) => {
        let text = ordinaryFile(chooserOf(tape));
        const choose = chooserOf(other);
        for (let slip = 0; slip < slips; slip += 1) text = mutated(text, choose);
        const formatted = formatCampaign(text);
        const { fits, diagnostics } = readYamlFile(sourceOf(text));
        if (!fits || diagnostics.length > 0) expect(formatted).toBeNull();
        if (formatted === null) return;
        formed += 1;
        checkForm(text, formatted);
      }),
      fuzzing(0.2),
    );
    expect(formed).toBeGreaterThan(0.05 * fuzzing(0.2).numRuns);
  });
});
