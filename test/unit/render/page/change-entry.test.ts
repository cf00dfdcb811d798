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

test.each([
  [[], []],
  [[8], [{ label: "kept", value: `excluded live, in no file: ${audience(8).audienceId}` }]],
  [[3, 8], [{ label: "kept", value: `excluded live, in no file: Name 3, ${audience(8).audienceId}` }]],
])("live excludes that no file names are told: %j", (numbers, facts) => {
  const kept = numbers.map((n) => audience(n).audienceId);
  for (const entry of [
    updateEntry({ ...adding(8), kept }, KNOWN),
    skipEntry(sampleSkip(1, { kept }), KNOWN),
  ]) {
    expect(entry.facts.filter(({ label }) => label === "kept")).toEqual(facts);
  }
});

test("a change that a reader must not miss is marked, and whether it can reach more", () => {
  const entryOf = (before: readonly number[], after: readonly number[]) => {
    const bindingOf = (excluded: readonly number[]) =>
      binding(
        [audience(1)],
        excluded.map((n) => audience(n)),
      );
    const entry = updateEntry(sampleUpdate(1, { before: bindingOf(before), after: bindingOf(after) }), KNOWN);
    return [entry.losesLastExclude, entry.reachesMore, entry.direction, entry.changes];
  };
  expect(entryOf([3], [])).toEqual([true, true, "widens", ["no longer excludes Name 3"]]);
  expect(entryOf([3, 4], [3])).toEqual([false, true, "widens", ["no longer excludes Name 4"]]);
  expect(entryOf([], [3])).toEqual([false, false, "narrows", ["now excludes Name 3"]]);
});

test("what stands for a campaign is its id, its name and its file", () => {
  expect(updateEntry({ ...adding(3), name: null }, KNOWN)).toMatchObject({
    campaignId: sampleUpdate(1).campaignId,
    name: "(no name)",
    source: sampleUpdate(1).source,
    status: "draft",
    because: [],
  });
});
