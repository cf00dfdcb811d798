import { expect, test } from "vitest";
import { compareLabels, type Labels } from "../../../../src/guardrails/changes/compare-labels.ts";
import type { RuleSet } from "../../../../src/guardrails/guardrails.ts";
import { NOON, named, ruleScope, ruleSet } from "../../../support/samples/guardrails.ts";

type Sets = readonly Partial<RuleSet>[];

const compared = (before: Labels, labels: Labels, sets: Sets) =>
  compareLabels(
    { campaignId: "one", before, labels },
    sets.map((set) => ruleSet(set)),
    NOON,
  );

const excludes = (labels: Labels, channel: string | null = null, n = 1): Partial<RuleSet> => ({
  scope: ruleScope({ channel, labels }),
  requireExclude: [named(n)],
});
const most = (labels: Labels, value: number): Partial<RuleSet> => ({
  scope: ruleScope({ labels }),
  maxChanges: { unit: "number", value },
});

const EU = { region: "eu" };
const US = { region: "us" };
const OUT = "Rules that look at its labels are no longer for it";
const LOST = "It has lost a label by which rules choose campaigns:";

test.each<[string, Labels, Labels, Sets, readonly string[]]>([
  ["where no rule looks at labels", EU, US, [{ requireExclude: [named(1)] }], []],
  ["where rules ask for nothing", EU, US, [{ scope: ruleScope({ labels: EU }) }], []],
  ["that come under a rule", US, EU, [excludes(EU)], []],
  ["that a rule for all asks the same of", EU, US, [excludes(EU), { requireExclude: [named(1)] }], []],
  ["that another rule asks the same of", EU, US, [excludes(EU), excludes(US)], []],
  ["that are gone, and were of no rule", { region: "fr" }, {}, [excludes(EU)], []],
  [
    "that no rule is for any more",
    EU,
    US,
    [excludes(EU)],
    [`require-exclude: ${OUT} (require-exclude): region is "us", and was "eu".`],
  ],
  [
    "that a rule on one channel is not for any more",
    EU,
    US,
    [excludes(EU, "sms"), excludes(US, "email")],
    [`require-exclude: ${OUT} (require-exclude): region is "us", and was "eu".`],
  ],
  [
    "that a rule on the same channel asks the same of",
    EU,
    US,
    [excludes(EU, "sms"), excludes(US, "sms")],
    [],
  ],
  [
    "of which several differ",
    { region: "eu", tier: "gold", season: "spring" },
    { region: "us", tier: "basic", season: "autumn" },
    [excludes(EU), most({ tier: "gold", region: "eu" }, 0)],
    [
      `null: ${OUT} (require-exclude, max-changes): region is "us", and was "eu"; tier is "basic", and was "gold".`,
    ],
  ],
  [
    "of which one is as before",
    { region: "eu", tier: "gold" },
    { region: "us", tier: "gold" },
    [excludes({ region: "eu", tier: "gold" })],
    [`require-exclude: ${OUT} (require-exclude): region is "us", and was "eu".`],
  ],
  [
    "of which one is another, and one is gone",
    { region: "eu", tier: "gold" },
    { region: "us" },
    [excludes({ region: "eu", tier: "gold" })],
    [
      `require-exclude: ${OUT} (require-exclude): region is "us", and was "eu"; tier is not there, and was "gold".`,
    ],
  ],
  [
    "of which two are gone, each once",
    { region: "eu", tier: "gold", season: "spring" },
    { season: "spring" },
    [excludes(EU), excludes({ region: "eu", tier: "gold" }, "sms", 2)],
    [`null: ${LOST} region "eu", tier "gold". They are for it as long as it has none.`],
  ],
  [
    "of which one is gone, by a rule on a channel beside one for all",
    EU,
    {},
    [{ requireExclude: [named(2)] }, excludes(EU, "sms")],
    [`null: ${LOST} region "eu". They are for it as long as it has none.`],
  ],
])("labels %s", (_, before, labels, sets, lines) => {
  expect(compared(before, labels, sets).map(({ rule, message }) => `${rule}: ${message}`)).toEqual(lines);
});

test("each is told as weaker, of its campaign", () => {
  const base = { kind: "label", effect: "weaker", campaignId: "one", audienceIds: [] };
  expect(compared(EU, US, [excludes(EU)])).toMatchObject([base]);
  expect(compared(EU, {}, [excludes(EU)])).toMatchObject([base]);
});
