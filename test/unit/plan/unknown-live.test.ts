import { expect, test } from "vitest";
import { unknownLive } from "../../../src/plan/unknown-live.ts";
import { audience, binding, sampleNoOp, sampleUnreadable } from "../../support/samples/plan.ts";

const facts = {
  name: "vip",
  type: "segment",
  owner: null,
  description: null,
  groups: [],
  previewId: null,
} as const;
const bound = (n: number, ...include: readonly number[]) => {
  const both = binding(include.map((each) => audience(each)));
  return sampleNoOp(n, { before: both, after: both });
};

test("one warning of all ids that are bound live and have no name, each with the first campaign that has it", () => {
  const known = new Map([[audience(1).audienceId, facts]]);
  const changes = [bound(1, 1, 2), bound(2, 2, 3), sampleUnreadable(3)];
  expect(unknownLive(changes, known)).toMatchObject([
    {
      severity: "warning",
      code: "unknown-live-audience",
      file: null,
      detail: `The catalogue has no name for 2 audiences bound live: ${audience(2).audienceId} (campaign of campaigns/c1.yaml), ${audience(3).audienceId} (campaign of campaigns/c2.yaml). Add a name, so that everybody sees who that is.`,
    },
  ]);
});

test("of many the first ten, and how many more", () => {
  const many = bound(1, ...Array.from({ length: 12 }, (_, index) => index + 1));
  expect(unknownLive([many], new Map())[0]?.detail).toContain(", and 2 more. Add a name");
  expect(unknownLive([bound(1, 1)], new Map())[0]?.detail).toContain("1 audience bound live");
});

test("nothing where every id has a name, or there is no catalogue", () => {
  expect(unknownLive([bound(1, 1)], new Map([[audience(1).audienceId, facts]]))).toEqual([]);
  expect(unknownLive([bound(1, 1)], null)).toEqual([]);
});
