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

describe("what is told of files", () => {
  const TWO = campaignId(2);
  const EIGHT = { ...NINE, audienceId: audienceId(8) };
  const specs = [spec(ONE, binding([8])), spec(TWO, binding([1], [9]))];
  const told = (by: ReturnType<typeof rules>, unknownExcludes: "remove" | "keep" = "remove") =>
    judgeFiles(by, { specs, unknownExcludes, now: NOON }).findings.map(
      ({ campaignId: id, state, message }) => `${id?.slice(-1)} ${state}: ${message}`,
    );

  test("names the campaign, its place and its audiences", () => {
    const { findings } = judgeFiles(rules([{ requireExclude: [NINE] }]), {
      ...{ specs, unknownExcludes: "remove", now: NOON },
    });
    expect(findings).toMatchObject([
      { campaignId: ONE, source: specs[0]?.source, audienceIds: [NINE.audienceId], strength: "hard" },
    ]);
  });

  test("says that only a plan can tell what is only possible", () => {
    const only = "Only a plan, which reads what is live, can tell whether it must be, or is already.";
    const by = rules([
      { requireExclude: [NINE], forbidInclude: [EIGHT] },
      { scope: ruleScope({ channel: "sms" }), requireExclude: [NINE, EIGHT] },
    ]);
    const [eight, nine] = [EIGHT, NINE].map(
      (each) => `It does not exclude ${each.audienceId}, which must be excluded.`,
    );
    const included = `It includes ${EIGHT.audienceId}, which must not be included.`;
    expect(told(by)).toEqual([
      `1 possible: ${eight} ${only}`,
      `1 broken: ${nine}`,
      `1 broken: ${included}`,
      `2 possible: ${eight} ${only}`,
    ]);
    expect(told(by, "keep")).toEqual([
      `1 possible: ${eight} ${only}`,
      `1 possible: ${nine} ${only}`,
      `1 broken: ${included}`,
      `2 possible: ${eight} ${only}`,
    ]);
  });

  test("may be allowed, and is not a waiver of before", () => {
    const by = rules([{ requireExclude: [NINE] }], {
      ...{ strength: { "require-exclude": "soft" }, allowed: new Map([["require-exclude", "agreed"]]) },
      waivers: [waiver({ campaignId: ONE, expires: "2026-11-01" })],
    });
    const { findings } = judgeFiles(by, { specs, unknownExcludes: "remove", now: NOON });
    expect(findings.map(({ rule, state }) => `${rule} ${state}`)).toEqual([
      "require-exclude allowed",
      "waiver-expired possible",
    ]);
  });

  test("is of rules for some that no file is among, too", () => {
    const scope = ruleScope({ labels: { region: "eu" } });
    const labelled = specs.map((each) => ({ ...each, labels: { region: "us" } }));
    const idle = (by: typeof specs) =>
      judgeFiles(rules([{ scope }]), { specs: by, unknownExcludes: "remove", now: NOON }).idle;
    expect([idle(labelled), idle(specs)]).toEqual([[scope], []]);
  });
});
