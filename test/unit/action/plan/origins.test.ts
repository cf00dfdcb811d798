import { expect, test } from "vitest";
import { originsSince } from "../../../../src/action/plan/origins.ts";
import { binding, campaignId } from "../../../support/samples/bindings.ts";
import { sampleNoOp, samplePlan, sampleSkip, sampleUpdate } from "../../../support/samples/plan.ts";

const BEFORE = binding([1]);
const AFTER = binding([1, 2]);

const update = (number: number) =>
  sampleUpdate(number, { campaignId: campaignId(number), before: BEFORE, after: AFTER });

test("one for each campaign that differs, by what the base declared", () => {
  const { action: _, reason: __, ...rest } = update(5);
  const plan = samplePlan([...[1, 2, 3, 4].map(update), sampleSkip(5, rest), sampleNoOp(6)]);
  const before = new Map([
    [campaignId(1), BEFORE],
    [campaignId(3), binding([7])],
    [campaignId(4), null],
  ]);
  expect(originsSince(plan, before)).toEqual(
    new Map([
      [campaignId(1), "this pull request"],
      [campaignId(2), "drift"],
      [campaignId(3), "this pull request and drift"],
      [campaignId(4), "this pull request"],
      [campaignId(5), "drift"],
    ]),
  );
});
