import { describe, expect, test } from "vitest";
import type { Finding, Strength } from "../../../src/domain/model.ts";
import { isFrozen, stops } from "../../../src/guardrails/stops.ts";
import { NOON, ruleScope, rules } from "../../support/samples/guardrails.ts";
import { sampleUpdate } from "../../support/samples/plan.ts";

test.each<[Finding["state"], Strength, boolean]>([
  ["broken", "hard", true],
  ["broken", "soft", true],
  ["broken", "warn", false],
  ["possible", "hard", false],
  ["waived", "hard", false],
  ["allowed", "soft", false],
])("a rule that is %s and %s holds a run back: %s", (state, strength, isHeldBack) => {
  expect(stops({ state, strength })).toBe(isHeldBack);
});

describe("a campaign may not be written while a freeze lasts", () => {
  const freeze = [{ from: NOON, to: NOON + 1, until: "", reason: null }];
  const frozen = { ...{ freeze }, scope: ruleScope({ channel: "sms" }) };
  const update = (channel: string) => sampleUpdate(1, { channel });

  test("and not before it, after it, or elsewhere", () => {
    const by = rules([{}, frozen]);
    expect(isFrozen(update("sms"), by, NOON)).toBe(true);
    expect(isFrozen(update("sms"), by, NOON - 1)).toBe(false);
    expect(isFrozen(update("sms"), by, NOON + 1)).toBe(false);
    expect(isFrozen(update("email"), by, NOON)).toBe(false);
    expect(isFrozen(update("sms"), rules([]), NOON)).toBe(false);
  });

  test("and one of several that lasts is enough", () => {
    const over = { from: 0, to: 1, until: "", reason: null };
    expect(isFrozen(update("sms"), rules([{ freeze: [over, ...freeze] }]), NOON)).toBe(true);
  });

  test.each<[Strength, "freeze" | "max-changes" | null, boolean]>([
    ["hard", null, true],
    ["hard", "freeze", true],
    ["soft", null, true],
    ["soft", "freeze", false],
    ["soft", "max-changes", true],
    ["warn", null, false],
  ])("where it is %s and %s is allowed: %s", (strength, allow, isHeldBack) => {
    const allowed = new Map(allow === null ? [] : [[allow, null]]);
    expect(isFrozen(update("sms"), rules([frozen], { strength: { freeze: strength }, allowed }), NOON)).toBe(
      isHeldBack,
    );
  });
});
