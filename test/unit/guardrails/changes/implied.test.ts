import { describe, expect, test } from "vitest";
import type { Demand, FreezeDemand, LimitDemand } from "../../../../src/guardrails/changes/demands.ts";
import { isImplied, isSameScope } from "../../../../src/guardrails/changes/implied.ts";
import type { RuleScope } from "../../../../src/guardrails/guardrails.ts";
import { named, ruleScope } from "../../../support/samples/guardrails.ts";

const SMS = ruleScope({ channel: "sms" });
const EU = ruleScope({ labels: { region: "eu" } });
const SMS_EU = ruleScope({ channel: "sms", labels: { region: "eu" } });
const EVERY = ruleScope({});

const audience = (
  n: number,
  scope: RuleScope | null = null,
  rule: "require-exclude" | "forbid-include" = "require-exclude",
): Demand => ({ what: "audience", rule, audience: named(n), scope });

const limit = (
  rule: LimitDemand["rule"],
  value: number | `${number}%`,
  scope: RuleScope | null = null,
): Demand => {
  const unit = typeof value === "number" ? "number" : "percent";
  return { what: "limit", rule, limit: { unit, value: Number.parseInt(`${value}`, 10) }, scope };
};

const freeze = (from: number, to: number, scope: RuleScope | null = null): FreezeDemand => ({
  ...{ what: "freeze", rule: "freeze" },
  ...{ from, to, hasBegun: false, scope },
});

describe("what is asked of one audience follows", () => {
  test.each<[string, Demand, readonly Demand[], boolean]>([
    ["from the same", audience(1), [audience(1)], true],
    ["from one of several", audience(1), [audience(2), audience(1)], true],
    ["not from nothing", audience(1), [], false],
    ["not from another audience", audience(1), [audience(2)], false],
    ["not from another rule", audience(1), [audience(1, null, "forbid-include")], false],
    ["for some from the same for all", audience(1, SMS), [audience(1)], true],
    ["for all not from the same for some", audience(1), [audience(1, SMS)], false],
    ["for all not from the same for a label", audience(1), [audience(1, EU)], false],
    ["for all from a scope that leaves out nobody", audience(1), [audience(1, EVERY)], true],
    ["for some from fewer conditions", audience(1, SMS_EU), [audience(1, EU)], true],
    ["for some not from more conditions", audience(1, EU), [audience(1, SMS_EU)], false],
    ["not from another channel", audience(1, SMS), [audience(1, ruleScope({ channel: "email" }))], false],
    [
      "not from another value",
      audience(1, EU),
      [audience(1, ruleScope({ labels: { region: "us" } }))],
      false,
    ],
    ["not from another key", audience(1, EU), [audience(1, ruleScope({ labels: { tier: "eu" } }))], false],
  ])("%s", (_, demand, by, is) => {
    expect(isImplied(demand, by)).toBe(is);
  });
});

describe("a limit follows", () => {
  test.each<[string, Demand, readonly Demand[], boolean]>([
    ["of fewest from as many", limit("reach-min", 5), [limit("reach-min", 5)], true],
    ["of fewest from more", limit("reach-min", 5), [limit("reach-min", 6)], true],
    ["of fewest not from fewer", limit("reach-min", 5), [limit("reach-min", 4)], false],
    ["of most from as many", limit("reach-max", 5), [limit("reach-max", 5)], true],
    ["of most from fewer", limit("reach-max", 5), [limit("reach-max", 4)], true],
    ["of most not from more", limit("reach-max", 5), [limit("reach-max", 6)], false],
    ["not from another rule", limit("reach-increase", "5%"), [limit("reach-decrease", "5%")], false],
    [
      "of growth for some from as much for all",
      limit("reach-increase", "5%", SMS),
      [limit("reach-increase", "5%")],
      true,
    ],
    ["of fewest from nothing where it is none", limit("reach-min", 0), [], true],
    ["of most not from nothing", limit("reach-max", 0), [], false],
    ["of a decrease from nothing where it is all", limit("reach-decrease", "100%"), [], true],
    ["of a decrease not from nothing else", limit("reach-decrease", "99%"), [], false],
    ["of an increase not from nothing", limit("reach-increase", "100%"), [], false],
    ["of changes from nothing where it is all", limit("max-changes", "100%"), [], true],
    ["of changes not from nothing else", limit("max-changes", "99%"), [], false],
    ["of so many changes not from nothing", limit("max-changes", 100), [], false],
    ["of changes from as many", limit("max-changes", 5), [limit("max-changes", 5)], true],
    ["of changes not from more", limit("max-changes", 5), [limit("max-changes", 6)], false],
    [
      "of changes for some from as many for all",
      limit("max-changes", 5, SMS),
      [limit("max-changes", 5)],
      true,
    ],
    ["of a share from as large a one", limit("max-changes", "5%"), [limit("max-changes", "5%")], true],
    ["of a share from a smaller one", limit("max-changes", "5%"), [limit("max-changes", "4%")], true],
    ["of a share not from a larger one", limit("max-changes", "5%"), [limit("max-changes", "6%")], false],
    [
      "of a share not from one of others",
      limit("max-changes", "5%", SMS),
      [limit("max-changes", "4%")],
      false,
    ],
    ["of a share not from a number", limit("max-changes", "5%"), [limit("max-changes", 1)], false],
    ["of a share from no change at all", limit("max-changes", "5%", SMS), [limit("max-changes", 0)], true],
    ["of a number not from a share", limit("max-changes", 5), [limit("max-changes", "1%")], false],
    ["of a number not from a share of none", limit("max-changes", 5), [limit("max-changes", "0%")], false],
  ])("%s", (_, demand, by, is) => {
    expect(isImplied(demand, by)).toBe(is);
  });
});

describe("a freeze from 10 to 20 follows", () => {
  test.each<[string, readonly Demand[], boolean]>([
    ["from the same", [freeze(10, 20)], true],
    ["from a longer one", [freeze(9, 21)], true],
    ["not from one that begins later", [freeze(11, 20)], false],
    ["not from one that ends sooner", [freeze(10, 19)], false],
    ["from several that meet, in any order", [freeze(15, 20), freeze(10, 15)], true],
    ["from several of which one lies within another", [freeze(5, 18), freeze(6, 7), freeze(18, 20)], true],
    ["not from several with a gap", [freeze(10, 14), freeze(15, 20)], false],
    ["not from nothing", [], false],
    ["not from one for some", [freeze(10, 20, SMS)], false],
    ["from one for all campaigns by another word", [freeze(10, 20, EVERY)], true],
    ["not from what is no freeze", [limit("max-changes", 0)], false],
  ])("%s", (_, by, is) => {
    expect(isImplied(freeze(10, 20), by)).toBe(is);
  });
});

test.each<[RuleScope | null, RuleScope | null, boolean]>([
  [null, null, true],
  [null, EVERY, true],
  [SMS, ruleScope({ channel: "sms" }), true],
  [SMS_EU, ruleScope({ channel: "sms", labels: { region: "eu" } }), true],
  [null, SMS, false],
  [SMS, SMS_EU, false],
  [EU, SMS_EU, false],
  [SMS, EU, false],
])("%o and %o are the same campaigns: %s", (one, other, is) => {
  expect([isSameScope(one, other), isSameScope(other, one)]).toEqual([is, is]);
});
