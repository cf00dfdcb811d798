import { describe, expect, it } from "vitest";
import { didYouMean, nearestKey } from "../../../src/text/nearest-key.ts";
import { withoutHang } from "../../support/fuzz/budget.ts";

const KEYS = ["campaignId", "name", "owner", "labels", "include", "exclude"];

describe("nearestKey", () => {
  it.each([
    ["exlude", "exclude"],
    ["excluded", "exclude"],
    ["INCLUDE", "include"],
    ["campaign-id", "campaignId"],
    ["id", "campaignId"],
    ["label", "labels"],
    ["оwner", "owner"],
    ["ｎａｍｅ", "name"],
  ])("takes %s for %s", (written, known) => {
    expect(nearestKey(written, KEYS)).toBe(known);
  });

  // Whole words of signs that look like Latin letters: with one or two the distance alone would do.
  it.each([
    ["a", "аα"],
    ["e", "е"],
    ["o", "оο"],
    ["p", "рρ"],
    ["c", "с"],
    ["y", "у"],
    ["x", "х"],
    ["i", "іι"],
    ["j", "ј"],
    ["s", "ѕ"],
    ["d", "ԁ"],
    ["h", "һ"],
    ["q", "ԛ"],
    ["w", "ԝ"],
    ["v", "ν"],
    ["k", "κ"],
    ["A", "АΑ"],
    ["B", "ВΒ"],
    ["E", "ЕΕ"],
    ["K", "КΚ"],
    ["M", "МΜ"],
    ["H", "НΗ"],
    ["O", "ОΟ"],
    ["P", "РΡ"],
    ["C", "С"],
    ["T", "ТΤ"],
    ["X", "ХΧ"],
    ["I", "Ι"],
    ["N", "Ν"],
  ])("sees %s in each of %s", (latin, others) => {
    for (const other of others) {
      expect(other).not.toBe(latin);
      expect(nearestKey(other.repeat(6), [latin.repeat(6)])).toBe(latin.repeat(6));
    }
  });

  it("does not take another letter for a separator", () => {
    expect(nearestKey("a-b_c d", ["abcd"])).toBe("abcd");
  });

  it.each(["budget", "e", "", "\u200b"])("takes %j for nothing", (written) => {
    expect(nearestKey(written, KEYS)).toBeNull();
  });

  it("takes a very long word for nothing", () => {
    expect(nearestKey("x".repeat(100_000), KEYS)).toBeNull();
  });

  it("has nothing to offer where nothing is known", () => {
    expect(nearestKey("name", [])).toBeNull();
  });

  it("prefers the nearer of two", () => {
    expect(nearestKey("includes", ["included", "include"])).toBe("included");
    expect(nearestKey("nam", ["named", "name"])).toBe("name");
  });

  it("takes a slip of case for no other word", () => {
    const names = Array.from({ length: 30 }, (_, n) => `n${n}`);
    expect(nearestKey("N3", names)).toBe("n3");
    expect(nearestKey("n-3", names)).toBe("n3");
    expect(nearestKey("N29", names)).toBe("n29");
  });

  it.each([
    ["tpye", "type"],
    ["vpi", "vip"],
    ["nwes", "news"],
  ])("counts a swap of two letters as one slip: %s", (written, meant) => {
    expect(nearestKey(written, ["exclude", meant])).toBe(meant);
  });

  it("looks a word up in thousands of names in no time", () => {
    const names = Array.from({ length: 4_000 }, (_, n) => `audience-of-the-season-${n}`);
    withoutHang(() => {
      for (let n = 0; n < 100; n += 1) expect(nearestKey(`no-such-name-${n}`, names)).toBeNull();
    });
  });
});

describe("how far off a word may be", () => {
  it.each([
    ["abX", "abc"],
    ["aX", "ab"],
    ["abcdXX", "abcdef"],
    ["abcdefXX", "abcdefgh"],
    ["abcdefXXX", "abcdefghi"],
    ["acbdfe", "abcdef"],
    ["bcdefg", "abcdefgh"],
    ["gh", "abcdefgh"],
    ["GH", "abcdefgH"],
    [`${"x".repeat(64)}${"y".repeat(100)}`, "x".repeat(64)],
  ])("%j is taken for %j", (written, known) => {
    expect(nearestKey(written, [known])).toBe(known);
  });

  it.each([
    ["aXY", "abc"],
    ["XY", "ab"],
    ["abcXXX", "abcdef"],
    ["abcdeXXX", "abcdefgh"],
    ["cab", "abc"],
    ["bacdXX", "abcdef"],
    ["bx", "ab"],
    ["xa", "ab"],
    ["cdex", "abcdef"],
    ["xcde", "cdefgh"],
    ["h", "abcdefgh"],
    ["abcd", "abcdefgh"],
    ["abcdefghijk", "abcdefgh"],
  ])("%j is not taken for %j", (written, known) => {
    expect(nearestKey(written, [known])).toBeNull();
  });

  it("takes the first of two that are as near", () => {
    expect(nearestKey("naXe", ["name", "nave"])).toBe("name");
  });
});

it.each([
  [null, ""],
  ["name", ' Did you mean "name"?'],
])("didYouMean(%j) is %j", (near, hint) => {
  expect(didYouMean(near)).toBe(hint);
});
