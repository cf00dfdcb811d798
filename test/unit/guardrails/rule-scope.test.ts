import { expect, test } from "vitest";
import { isFor, scopeWords } from "../../../src/guardrails/rule-scope.ts";
import { ruleScope } from "../../support/samples/guardrails.ts";

const CHANNELS = ["email", "sms", "push", "direct_mail"];

test.each(CHANNELS)("rules of channel %s are for it, for what nobody knows, and for no other", (channel) => {
  const scope = ruleScope({ channel });
  const isOf = (other: string | null) => isFor(scope, { channel: other, labels: {} });
  expect(CHANNELS.filter(isOf)).toEqual([channel]);
  expect([isOf(null), isOf("whatsapp"), isOf("")]).toEqual([true, true, true]);
});

test.each<[Record<string, string>, boolean]>([
  [{ region: "eu", tier: "gold" }, true],
  [{ region: "eu", tier: "basic" }, false],
  [{ region: "us", tier: "gold" }, false],
  [{ region: "eu" }, true],
  [{ season: "spring" }, true],
  [{}, true],
])("rules of two labels are for a campaign with %j: %s", (labels, is) => {
  const scope = ruleScope({ labels: { region: "eu", tier: "gold" } });
  expect(isFor(scope, { channel: "sms", labels })).toBe(is);
});

test("rules without a scope are for every campaign", () => {
  expect(isFor(null, { channel: "sms", labels: { region: "eu" } })).toBe(true);
});

test("a scope is said by its channel and its labels", () => {
  const labels = { region: "eu", tier: "gold" };
  expect(scopeWords(null)).toBe("");
  expect(scopeWords(ruleScope({ channel: "sms" }))).toBe(" of channel sms");
  expect(scopeWords(ruleScope({ labels }))).toBe(" of region eu, tier gold");
  expect(scopeWords(ruleScope({ channel: "push", labels }))).toBe(" of channel push, region eu, tier gold");
});
