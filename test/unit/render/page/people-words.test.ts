import { expect, test } from "vitest";
import type { UnknownSize } from "../../../../src/people/sizing.ts";
import { boundsWords, sizeWords, sizingWords } from "../../../../src/render/page/people-words.ts";

test.each([
  [{ count: 12_004, isExact: true }, 20, "12,004 people"],
  [{ count: 12_004, isExact: false }, 20, "about 12,004 people"],
  [{ count: 12_004, isExact: null }, 20, "about 12,004 people"],
  [{ count: 19, isExact: true }, 20, "fewer than 20 people"],
  [{ count: 0, isExact: false }, 20, "fewer than 20 people"],
  [{ count: 1, isExact: true }, 20, "fewer than 20 people"],
  [{ count: 20, isExact: null }, 20, "about 20 people"],
  [{ count: 1, isExact: true }, 1, "1 person"],
  [{ count: 1, isExact: true }, 2, "fewer than 2 people"],
  [{ count: 1, isExact: true }, 0, "1 person"],
  [{ count: 0, isExact: true }, 0, "0 people"],
  [{ count: 7, isExact: false }, 0, "about 7 people"],
])("%j for readers of counts from %i on: %s", (size, minCount, words) => {
  expect(sizeWords({ ...size, at: null }, minCount)).toBe(words);
});

test("of a size that nobody says nothing is said", () => {
  expect(sizeWords(null, 20)).toBeNull();
});

test.each([
  ["more people", { min: 38_634, max: 50_638 }, 38_634, "at most 50,638"],
  ["fewer people", { min: 26_630, max: 38_634 }, 38_634, "at least 26,630"],
  ["either", { min: 26_630, max: 50_638 }, 38_634, "between 26,630 and 50,638"],
  ["fewer people, of few that are left", { min: 0, max: 300 }, 38_634, "at most 300"],
  ["an old count that is not known", { min: null, max: 300 }, null, "at most 300"],
  ["exactly so many", { min: 300, max: 300 }, 200, "300"],
  ["nobody", { min: 0, max: 0 }, 200, "at most 0"],
  ["more people, nobody knows how many", { min: 38_634, max: null }, 38_634, null],
  ["fewer people, nobody knows how many", { min: null, max: 38_634 }, 38_634, null],
  ["nothing known", { min: null, max: null }, null, null],
])("%s", (_, bounds, count, words) => {
  expect(boundsWords(bounds, count)).toBe(words);
});

const ids = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index}`);

function words(exact: number, unknown: readonly UnknownSize[], about = 0): string | null {
  const sizeOf = (isExact: boolean | null) => ({ count: 7, isExact, at: null });
  const sizes = new Map(ids("a", exact).map((id) => [id, sizeOf(true)]));
  for (const id of ids("b", about)) sizes.set(id, sizeOf(null));
  return sizingWords({
    sizes,
    unknown: new Map(unknown.map((why, index) => [`c${index}`, why])),
  });
}

test("nothing is said where all is counted, or nothing was to be", () => {
  expect(words(3, [])).toBeNull();
  expect(words(0, [])).toBeNull();
});

test("what could not be counted, and why", () => {
  expect(words(0, ["not-permitted"])).toBe(
    "The changed audience could not be counted: the API does not permit it (403), most likely since the OAuth client lacks the scope cdp:audiences:preview, which nothing else needs.",
  );
  expect(words(0, ["no-answer", "no-answer"])).toBe(
    "None of 2 changed audiences could be counted: no answer came in time.",
  );
  expect(words(1, ["refused"])).toBe(
    "1 of 2 changed audiences could not be counted: the API refused to count.",
  );
  expect(words(1, ["not-known", "no-count", "not-known"])).toBe(
    "3 of 4 changed audiences could not be counted: for 2, the preview knows no such audience (404): where it has another id there, give it as previewId in the catalogue; for 1, the answer has no count in it.",
  );
});

test("what is not said to be exact", () => {
  expect(words(1, ["no-answer"], 1)).toBe(
    '1 of 3 changed audiences could not be counted: no answer came in time. The API does not say of 1 count that it is exact, so it is shown as "about".',
  );
  expect(words(1, [], 2)).toBe(
    'The API does not say of 2 counts that they are exact, so they are shown as "about".',
  );
});
