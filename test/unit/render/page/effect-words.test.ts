import { describe, expect, test } from "vitest";
import { audienceChanges } from "../../../../src/plan/audience-changes.ts";
import { diffBindings } from "../../../../src/plan/diff.ts";
import { differenceOf, replacementOf, rowLines } from "../../../../src/render/page/audience-rows.ts";
import { DIRECTION_WORDS, directionSentences } from "../../../../src/render/page/effect-words.ts";
import { audience, binding } from "../../../support/samples/plan.ts";

const before = binding([audience(1), audience(2)], [audience(8), audience(9, "audience")]);
const said = (after: typeof before) => ({
  sentences: directionSentences(audienceChanges(before, after)),
  words: DIRECTION_WORDS[diffBindings(before, after).direction],
  lines: rowLines(replacementOf({ before, after }).rows).map(({ sign, text }) => `${sign} ${text}`),
});
const id = (n: number) => audience(n).audienceId;

describe("what a change means", () => {
  test("an include more and an exclude less can only reach more people", () => {
    expect(said(binding([audience(1), audience(2), audience(3)], [audience(8)]))).toEqual({
      sentences: ["Can reach more people: 1 include added, 1 exclude removed."],
      words: "more people",
      lines: [
        `+ include  segment   ${id(3)}  (added: more people)`,
        `- exclude  audience  ${id(9)}  (removed: more people)`,
      ],
    });
  });

  test("an include less and an exclude more can only reach fewer people", () => {
    expect(said(binding([audience(1)], [...before.exclude, audience(5), audience(6)]))).toEqual({
      sentences: ["Can reach fewer people: 1 include removed, 2 excludes added."],
      words: "fewer people",
      lines: [
        `- include  segment  ${id(2)}  (removed: fewer people)`,
        `+ exclude  segment  ${id(5)}  (added: fewer people)`,
        `+ exclude  segment  ${id(6)}  (added: fewer people)`,
      ],
    });
  });

  test("what widens comes first, then another type, then what narrows", () => {
    const after = binding([audience(1, "audience"), audience(3)], before.exclude);
    expect(said(after)).toEqual({
      sentences: [
        "Can reach more people: 1 include added.",
        "Can reach more or fewer people: 1 include with another type.",
        "Can reach fewer people: 1 include removed.",
      ],
      words: "more or fewer people",
      lines: [
        `+ include  segment              ${id(3)}  (added: more people)`,
        `! include  segment -> audience  ${id(1)}  (type changed: more or fewer people)`,
        `- include  segment              ${id(2)}  (removed: fewer people)`,
      ],
    });
  });

  test("one include in place of another can do either", () => {
    expect(said(binding([audience(1), audience(3)], before.exclude))).toMatchObject({
      sentences: ["Can reach more people: 1 include added.", "Can reach fewer people: 1 include removed."],
      words: "more or fewer people",
    });
  });

  test("an audience that moves from excluded to included widens twice", () => {
    expect(said(binding([...before.include, audience(8)], [audience(9, "audience")])).sentences).toEqual([
      "Can reach more people: 1 include added, 1 exclude removed.",
    ]);
  });

  test("no change says nothing", () => {
    expect(said(before)).toEqual({ sentences: [], words: "no difference", lines: [] });
  });
});

test("a skipped campaign's differences say which side has what", () => {
  const after = binding([audience(1, "audience"), audience(3)], before.exclude);
  expect(rowLines(differenceOf({ before, after }).rows).map((line) => line.text)).toEqual([
    `include  segment              ${id(3)}  (in the file, not live)`,
    `include  segment -> audience  ${id(1)}  (another type live)`,
    `include  segment              ${id(2)}  (live, not in the file)`,
  ]);
});
