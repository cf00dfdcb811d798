import { expect, test } from "vitest";
import { demandsOf } from "../../../../src/guardrails/changes/demands.ts";
import { lostDemands } from "../../../../src/guardrails/changes/lost-demands.ts";
import type { Freeze, RuleSet } from "../../../../src/guardrails/guardrails.ts";
import { NOON, named, ruleScope, ruleSet } from "../../../support/samples/guardrails.ts";

type Sets = readonly Partial<RuleSet>[];

const demands = (sets: Sets) =>
  demandsOf(
    sets.map((set) => ruleSet(set)),
    NOON,
  );

/** What is lost where nothing is asked for any more. */
const lost = (...sets: Sets) => lostDemands({ from: demands(sets), to: [] });

const SMS = ruleScope({ channel: "sms" });
const EVERY = ruleScope({});
const most = (value: number, scope: RuleSet["scope"] = null): Partial<RuleSet> => ({
  scope,
  maxChanges: { unit: "number", value },
});
const times = (...freeze: readonly (readonly [number, number])[]): Partial<RuleSet> => ({
  freeze: freeze.map(([from, to]): Freeze => ({ from: NOON + from, to: NOON + to, until: "", reason: null })),
});

test.each<[string, Sets]>([
  ["asked for twice", [most(5), most(5)]],
  ["asked for again, for campaigns of any kind", [most(5), most(5, EVERY)]],
  ["stricter than the rest, whatever comes first", [most(9), most(5), most(7)]],
  ["stricter than what is for some", [most(9, SMS), most(5)]],
])("of what is %s, one is lost", (_, sets) => {
  expect(lost(...sets).map((each) => each.what === "limit" && each.limit.value)).toEqual([5]);
});

test("of the same labels in another order one is lost", () => {
  const scopes = [
    { region: "eu", tier: "gold" },
    { tier: "gold", region: "eu" },
  ].map((labels) => ruleScope({ labels }));
  expect(lost(...scopes.map((scope) => ({ scope, requireExclude: [named(1)] })))).toHaveLength(1);
});

test("what does not follow from one another is lost each by itself", () => {
  expect(lost(most(5, SMS), most(5, ruleScope({ channel: "email" })))).toHaveLength(2);
  expect(lost(most(5, SMS), most(9))).toHaveLength(2);
  expect(lost(times([1, 2], [3, 4]))).toHaveLength(2);
  expect(lost(times([1, 4], [2, 3]))).toHaveLength(1);
  expect(lost({ requireExclude: [named(1)], forbidInclude: [named(1)] })).toHaveLength(2);
});

test("a time counts from now, and not at all once it is over", () => {
  const told = demands([times([-2, -1], [-1, 0], [-1, 1], [0, 2], [1, 3])]);
  expect(
    told.map((each) => each.what === "freeze" && [each.from - NOON, each.to - NOON, each.hasBegun]),
  ).toEqual([
    [0, 1, true],
    [0, 2, true],
    [1, 3, false],
  ]);
});
