import { describe, expect, test } from "vitest";
import type { RuleChange } from "../../../../../src/domain/model.ts";
import { NOTHING_ALLOWED } from "../../../../../src/guardrails/allowed.ts";
import type { Labels } from "../../../../../src/guardrails/changes/compare-labels.ts";
import { withRuleChanges } from "../../../../../src/guardrails/changes/rule-changes.ts";
import { audienceId, binding, campaignId } from "../../../../support/samples/bindings.ts";
import { NOON } from "../../../../support/samples/guardrails.ts";
import { samplePlan, sampleUpdate } from "../../../../support/samples/plan.ts";
import { projectRules } from "../../../../support/samples/rule-change-cases.ts";

const lineOf = ({ effect, kind, rule, message }: RuleChange): string =>
  `${effect} ${kind} ${rule}: ${message}`;

const rules = (text: string) => `guardrails: { ${text} }\n`;
const ONE = campaignId(1);
const waiver = (more: string) =>
  `waivers: [{ campaignId: ${ONE}, rule: require-exclude, owner: legal, reason: Staff only, ${more} }]\n`;

describe("labels by which rules choose campaigns", () => {
  const EU = projectRules(rules("when: [{ labels: { region: eu }, requireExclude: [legal-hold] }]"));

  const labelled = (before: Labels, labels: Labels, by = EU) => {
    const plan = samplePlan([sampleUpdate(1, { campaignId: ONE, labels, after: binding([1]) })]);
    const base = { since: "a".repeat(40), rules: by, labels: new Map([[ONE, before]]) };
    return withRuleChanges(plan, { ...by, allowed: NOTHING_ALLOWED }, base, NOON).ruleChanges;
  };

  test("another value takes a campaign out of them; what they would have refused is told", () => {
    const changes = labelled({ region: "eu" }, { region: "us" });
    expect(changes?.changes).toEqual([
      {
        kind: "label",
        effect: "weaker",
        rule: "require-exclude",
        campaignId: ONE,
        audienceIds: [],
        message:
          'Rules that look at its labels are no longer for it (require-exclude): region is "us", and was "eu".',
      },
    ]);
    expect(changes?.refusedBefore.map(({ rule, audienceIds }) => [rule, ...audienceIds])).toEqual([
      ["require-exclude", audienceId(2)],
    ]);
  });

  test("one that was not there takes it out, too", () => {
    expect(labelled({}, { region: "us" })?.changes.map(lineOf)).toEqual([
      'weaker label require-exclude: Rules that look at its labels are no longer for it (require-exclude): region is "us", and was not there.',
    ]);
  });

  test("one that is gone does not, and is told all the same", () => {
    const changes = labelled({ region: "eu", tier: "gold" }, {});
    expect(changes?.changes.map(lineOf)).toEqual([
      'weaker label null: It has lost a label by which rules choose campaigns: region "eu". They are for it as long as it has none.',
    ]);
    expect(changes?.refusedBefore).toEqual([]);
  });

  test("no rule looks at the others", () => {
    expect(labelled({ tier: "gold" }, { tier: "basic" })?.changes).toEqual([]);
    expect(labelled({ region: "us" }, { region: "fr" })?.changes).toEqual([]);
  });
});

test("where nobody knows the rules of before, nothing is compared", () => {
  const base = { since: "a".repeat(40), rules: null, why: "They could not be read." };
  const plan = withRuleChanges(samplePlan([]), { ...projectRules(""), allowed: NOTHING_ALLOWED }, base, NOON);
  expect(plan.ruleChanges).toEqual({
    since: "a".repeat(40),
    unknown: "They could not be read.",
    changes: [],
    refusedBefore: [],
  });
});

describe("what the rules of before refuse, and those of now let pass", () => {
  const REQUIRED = rules("requireExclude: [legal-hold]");
  const plan = samplePlan([
    sampleUpdate(1, { campaignId: ONE, after: binding([1]) }),
    sampleUpdate(2, { campaignId: campaignId(2), after: binding([1], [2]) }),
  ]);
  const refused = (
    before: string,
    now: string,
    allowed: Parameters<typeof withRuleChanges>[1]["allowed"] = NOTHING_ALLOWED,
  ) => {
    const base = { since: null, rules: projectRules(before), labels: new Map() };
    return withRuleChanges(
      plan,
      { ...projectRules(now), allowed },
      base,
      NOON,
    ).ruleChanges?.refusedBefore.map((finding) => `${finding.campaignId} ${finding.rule} ${finding.state}`);
  };

  test("is told, and nothing that both refuse or neither does", () => {
    expect(refused(REQUIRED, "")).toEqual([`${ONE} require-exclude broken`]);
    expect(refused(REQUIRED, REQUIRED)).toEqual([]);
    expect(refused("", REQUIRED)).toEqual([]);
    expect(refused(rules("requireExclude: [legal-hold], strength: { require-exclude: warn }"), "")).toEqual(
      [],
    );
    expect(
      refused(REQUIRED, rules("requireExclude: [legal-hold], strength: { require-exclude: warn }")),
    ).toEqual([`${ONE} require-exclude broken`]);
    expect(refused(REQUIRED, REQUIRED + waiver("expires: 2026-12-31"))).toEqual([
      `${ONE} require-exclude broken`,
    ]);
  });

  test("is not that a waiver of before is over: it is told beside what it no longer covers", () => {
    expect(refused(REQUIRED + waiver("expires: 2026-11-01"), "")).toEqual([`${ONE} require-exclude broken`]);
  });

  test("is not what is allowed for this run", () => {
    expect(refused(rules("maxChanges: 0"), "")).toEqual(["null max-changes broken"]);
    expect(refused(rules("maxChanges: 0"), "", new Map([["max-changes", null]]))).toEqual([]);
  });
});
