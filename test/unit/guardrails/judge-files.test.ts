import { describe, expect, test } from "vitest";
import { judgeFiles } from "../../../src/guardrails/judge-files.ts";
import { audienceId, binding, campaignId, spec } from "../../support/samples/bindings.ts";
import { NOON, ruleScope, rules, waiver } from "../../support/samples/guardrails.ts";

const NINE = { audienceId: audienceId(9), name: null, group: null };
const ONE = campaignId(1);

function judged(by: ReturnType<typeof rules>, unknownExcludes: "remove" | "keep" = "remove") {
  const specs = [{ ...spec(ONE, binding([1])), labels: { region: "eu" } }];
  const { findings, unusedWaivers } = judgeFiles(by, { specs, unknownExcludes, now: NOON });
  return { told: findings.map(({ rule, state }) => `${rule} ${state}`), unusedWaivers };
}

describe("what files alone can tell", () => {
  test("is broken, whatever is live", () => {
    expect(judged(rules([{ requireExclude: [NINE] }])).told).toEqual(["require-exclude broken"]);
    const scope = ruleScope({ labels: { region: "eu" } });
    expect(judged(rules([{ scope, requireExclude: [NINE] }])).told).toEqual(["require-exclude broken"]);
  });

  test("is only possible where it depends on the live channel, or on excludes that are kept", () => {
    const scope = ruleScope({ channel: "sms" });
    expect(judged(rules([{ scope, requireExclude: [NINE] }])).told).toEqual(["require-exclude possible"]);
    expect(judged(rules([{ requireExclude: [NINE] }]), "keep").told).toEqual(["require-exclude possible"]);
  });

  test("is nothing of changes, of reach, or of the time of a run", () => {
    const reach = { min: 1, max: 1, maxIncrease: 0, maxDecrease: 0 };
    const freeze = [{ from: 0, to: Number.MAX_SAFE_INTEGER, until: "", reason: null }];
    expect(judged(rules([{ maxChanges: { unit: "number", value: 0 }, reach, freeze }])).told).toEqual([]);
  });

  test("is let pass by a waiver", () => {
    const waivers = [waiver({ campaignId: ONE })];
    expect(judged(rules([{ requireExclude: [NINE] }], { waivers })).told).toEqual(["require-exclude waived"]);
  });

  test("is nothing of a waiver that no file needs: a locked campaign may need it for what is live", () => {
    const waivers = [waiver({ campaignId: ONE }), waiver({ campaignId: ONE, rule: "reach-max" })];
    expect(judged(rules([], { waivers })).unusedWaivers).toEqual([]);
  });
});
