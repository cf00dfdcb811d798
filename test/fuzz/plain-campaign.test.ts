import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlainFile, readYamlFile } from "../../src/declarations/campaign-file.ts";
import { resolveCampaign } from "../../src/declarations/resolve.ts";
import { fuzzing, timeFor } from "../support/fuzz/budget.ts";
import { chooserOf, mutated, ordinaryFile, tapes } from "../support/fuzz/campaign-files.ts";
import { entry as entryOf, namesIn } from "../support/samples/catalogue.ts";

const NAMES = namesIn(
  `audiences:\n${entryOf("vip", 1)}${entryOf("a.b-c_1", 2)}${entryOf('"123"', 3)}groups:\n  all: [vip, "123"]\n`,
);

const choices = fc.constantFrom(
  { environment: null, needsEnvironment: true, names: NAMES },
  { environment: null, needsEnvironment: false },
  { environment: "production", needsEnvironment: true, names: NAMES },
);

function sourceOf(content: string) {
  return { file: "campaigns/a.yaml", bytes: new TextEncoder().encode(content) };
}

describe("the reader of plain files says what the YAML parser says", () => {
  it("of every ordinary file, and reads nearly all of them", timeFor(1), () => {
    let [valid, plain] = [0, 0];
    fc.assert(
      fc.property(tapes, choices, (tape, choice) => {
        const source = sourceOf(ordinaryFile(chooserOf(tape)));
        const usual = readYamlFile(source);
        const read = readPlainFile(source);
        if (usual.fits && usual.diagnostics.length === 0) valid += 1;
        if (read === null) return;
        plain += 1;
        expect(read).toEqual(usual);
        expect(resolveCampaign(read, choice)).toEqual(resolveCampaign(usual, choice));
      }),
      fuzzing(1),
    );
    expect(plain).toBeGreaterThan(0.95 * valid);
    expect(valid).toBeGreaterThan(0.9 * fuzzing(1).numRuns);
  });

  it("of every file with a slip, or leaves it to the parser", timeFor(1), () => {
    let plain = 0;
    fc.assert(
      fc.property(tapes, tapes, choices, fc.integer({ min: 1, max: 3 }), (tape, other, choice, slips) => {
        const choose = chooserOf(other);
        let content = ordinaryFile(chooserOf(tape));
        for (let slip = 0; slip < slips; slip += 1) content = mutated(content, choose);
        const source = sourceOf(content);
        const read = readPlainFile(source);
        if (read === null) return;
        plain += 1;
        const usual = readYamlFile(source);
        expect(read).toEqual(usual);
        expect(resolveCampaign(read, choice)).toEqual(resolveCampaign(usual, choice));
      }),
      fuzzing(1),
    );
    expect(plain).toBeGreaterThan(0.1 * fuzzing(1).numRuns);
  });
});
