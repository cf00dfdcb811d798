import { describe, expect, test } from "vitest";
import { changeLines, differenceLines } from "../../../src/render/audience-lines.ts";
import {
  audienceChanges,
  directionSentences,
  directionWords,
  noExcludeIsLeft,
} from "../../../src/render/direction.ts";
import { audience, binding } from "../../support/samples/plan.ts";

const before = binding([audience(1), audience(2)], [audience(8), audience(9, "audience")]);
const said = (after: typeof before) => {
  const changes = audienceChanges(before, after);
  return {
    sentences: directionSentences(changes),
    words: directionWords(changes),
    lines: changeLines(changes).map(({ sign, text }) => `${sign} ${text}`),
  };
};
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
  expect(differenceLines(audienceChanges(before, after)).map((line) => line.text)).toEqual([
    `include  segment              ${id(3)}  (in the file, not live)`,
    `include  segment -> audience  ${id(1)}  (another type live)`,
    `include  segment              ${id(2)}  (live, not in the file)`,
  ]);
});

describe("noExcludeIsLeft", () => {
  test("is said when the last exclude goes", () => {
    expect(noExcludeIsLeft(before, binding([audience(1)]))).toBe(true);
  });

  test("is not said when there was none, or one is left", () => {
    expect(noExcludeIsLeft(binding([audience(1)]), binding([audience(2)]))).toBe(false);
    expect(noExcludeIsLeft(before, binding([audience(1)], [audience(8)]))).toBe(false);
  });
});
