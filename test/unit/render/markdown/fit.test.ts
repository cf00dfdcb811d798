import { describe, expect, test } from "vitest";
import { fitSections, type Section } from "../../../../src/render/markdown/fit.ts";

const FRAME = { head: "V", closing: "C" };

function section(heading: string, items: readonly string[], change: Partial<Section> = {}): Section {
  return { heading, items, separator: "\n", rank: 0, leftOut: (count) => `${count} more`, ...change };
}

const letters = section("H", ["aaaa", "bbbb", "cccc"]);

describe("a document that must fit", () => {
  test("is whole where it does: sections apart, an empty one left out", () => {
    expect(fitSections(FRAME, [section("Empty", []), letters, section("", ["x"])], 1000)).toBe(
      "V\n\nH\naaaa\nbbbb\ncccc\n\nx\n\nC\n",
    );
  });

  // Frame "V\n\nC\n" 5, heading 1, note "3 more" 6, three gaps 6: 18 reserved; each item takes 5.
  test.each([
    [17, "V\n\nThe details are left out: they do not fit here.\n\nC\n"],
    [18, "V\n\nH\n\n3 more\n\nC\n"],
    [22, "V\n\nH\n\n3 more\n\nC\n"],
    [23, "V\n\nH\naaaa\n\n2 more\n\nC\n"],
    [32, "V\n\nH\naaaa\nbbbb\n\n1 more\n\nC\n"],
    [33, "V\n\nH\naaaa\nbbbb\ncccc\n\nC\n"],
  ])("into %i keeps whole items, and counts what is left out", (limit, expected) => {
    expect(fitSections(FRAME, [letters], limit)).toBe(expected);
  });

  // 18 as above, and the tail with its gap 5.
  test.each([
    [22, "V\n\nThe details are left out: they do not fit here.\n\nC\n"],
    [23, "V\n\nH\n\nEND\n\n3 more\n\nC\n"],
    [28, "V\n\nH\naaaa\n\nEND\n\n2 more\n\nC\n"],
    [38, "V\n\nH\naaaa\nbbbb\ncccc\n\nEND\n\nC\n"],
  ])("into %i keeps what ends a section, whatever is left out of it", (limit, expected) => {
    const text = fitSections(FRAME, [{ ...letters, tail: "END" }], limit);
    expect(text).toBe(expected);
  });

  test("has no tail where a section has no items", () => {
    expect(fitSections(FRAME, [section("Empty", [], { tail: "END" })], 1000)).toBe("V\n\nC\n");
  });

  test("has no gap where a section goes without a word", () => {
    const quiet = section("", ["a long line that nobody misses"], { leftOut: () => "" });
    expect(fitSections(FRAME, [quiet], 20)).toBe("V\n\nC\n");
  });

  test("gives room to the lowest rank first, whatever the order on the page", () => {
    const first = section("A", ["aaaa"], { rank: 2 });
    const second = section("B", ["bbbb"], { rank: 1 });
    expect(fitSections(FRAME, [first, second], 36)).toBe("V\n\nA\n\n1 more\n\nB\nbbbb\n\nC\n");
  });

  test("lets no section take more than its share before the others had their turn, then shares the rest", () => {
    const greedy = section("A", ["aaaa", "aaaa", "aaaa", "aaaa"], { rank: 1, share: 0.5 });
    const other = section("B", ["bbbb"], { rank: 2 });
    // 31 are reserved, 20 are free: two items of the first by its share, one of the second, one more of the first.
    expect(fitSections(FRAME, [greedy, other], 51)).toBe(
      "V\n\nA\naaaa\naaaa\naaaa\n\n1 more\n\nB\nbbbb\n\nC\n",
    );
  });

  test("may be measured otherwise", () => {
    const bytes = (text: string) => new TextEncoder().encode(text).length;
    const wide = section("H", ["ää", "ää"]);
    expect(fitSections(FRAME, [wide], 28, bytes)).toBe("V\n\nH\nää\nää\n\nC\n");
    expect(fitSections(FRAME, [wide], 27, bytes)).toBe("V\n\nH\nää\n\n1 more\n\nC\n");
  });
});
