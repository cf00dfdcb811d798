import { expect, test } from "vitest";
import { NOTHING_KNOWN } from "../../../../src/render/page/audience-knowledge.ts";
import { skipEntry, updateEntry } from "../../../../src/render/page/change-entry.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import { audience, binding, sampleReach, sampleSkip, sampleUpdate } from "../../../support/samples/plan.ts";

const NUMBERS = [3, 4, 5, 6];
const KNOWN = {
  ...NOTHING_KNOWN,
  now: "2026-11-25T10:20:00.000Z",
  audiences: Object.assign({}, ...NUMBERS.map((n) => audienceNamed(n, `Name ${n}`))),
};

const adding = (...numbers: readonly number[]) =>
  sampleUpdate(1, {
    before: binding([audience(1)]),
    after: binding([audience(1), ...numbers.map((n) => audience(n))]),
  });

test.each([
  [[3], "now includes Name 3"],
  [[3, 4], "now includes Name 3, Name 4"],
  [[3, 4, 5], "now includes Name 3, Name 4 and 1 more"],
  [[3, 8], "now includes Name 3 and 1 more"],
  [[8, 9], "now includes 2 audiences"],
])("a few words name two audiences at most: %j", (numbers, words) => {
  expect(updateEntry(adding(...numbers), KNOWN).changes).toEqual([words]);
});

test.each([
  [{}, "18,432, counted 7 months ago (2026-04-25 10:20 UTC)"],
  [{ evaluatedAt: null }, "18,432, counted at an unknown time"],
  [{ isStale: true }, "stale, no count (last evaluated 2026-04-25 10:20 UTC)"],
])("the fact on reach says the day, where there is a count and one is known: %j", (reach, words) => {
  const { facts } = updateEntry({ ...adding(8), reach: sampleReach(reach) }, KNOWN);
  expect(facts.find(({ label }) => label === "reach")?.value).toBe(words);
});

test("a locked campaign says in which state it is, and what only a draft can", () => {
  const { status, facts } = skipEntry(sampleSkip(1, { authoringStatus: "sent" }), KNOWN);
  expect(status).toBe("sent");
  expect(facts).toContainEqual({ label: "status", value: "sent (only a draft can be changed)" });
});
