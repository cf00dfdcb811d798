import { describe, expect, test } from "vitest";
import type { RuleChange } from "../../../../../src/domain/model.ts";
import { compareRules } from "../../../../../src/guardrails/changes/rule-changes.ts";
import { audienceId, campaignId } from "../../../../support/samples/bindings.ts";
import { NOON } from "../../../../support/samples/guardrails.ts";
import {
  AUDIENCE_NUMBERS,
  catalogueText,
  projectRules,
} from "../../../../support/samples/rule-change-cases.ts";

const lineOf = ({ effect, kind, rule, message }: RuleChange): string =>
  `${effect} ${kind} ${rule}: ${message}`;

const told = (before: ReturnType<typeof projectRules>, now: ReturnType<typeof projectRules>) =>
  compareRules(before, now, NOON).map(lineOf);

const rules = (text: string) => `guardrails: { ${text} }\n`;
const LEGAL = `"legal-hold" (${audienceId(2)})`;
const ONE = campaignId(1);
const waiver = (more: string) =>
  `waivers: [{ campaignId: ${ONE}, rule: require-exclude, owner: legal, reason: Staff only, ${more} }]\n`;

describe("what is weaker, and its words", () => {
  test.each([
    [
      "an exclude is no longer required",
      rules("requireExclude: [baseline]"),
      rules("requireExclude: [unsubscribed]"),
      `weaker rule require-exclude: No longer asked: ${LEGAL} must be excluded.`,
    ],
    [
      "an include is no longer forbidden",
      rules("when: [{ channel: sms, forbidInclude: [internal] }]"),
      "",
      `weaker rule forbid-include: No longer asked: "internal" (${audienceId(3)}) may not be included in campaigns of channel sms.`,
    ],
    [
      "a limit is raised",
      rules("maxChanges: 25"),
      rules("maxChanges: 50"),
      "weaker rule max-changes: At most 50 campaigns may change in one run; it was 25.",
    ],
    [
      "a limit is of another kind",
      rules("maxChanges: 25"),
      rules('maxChanges: "30%"'),
      "weaker rule max-changes: At most 30% of the campaigns may change in one run; it was 25.",
      "stricter rule max-changes: At most 30% of the campaigns may change in one run; it was 25.",
    ],
    [
      "limits of reach are gone",
      rules('reach: { min: 1, max: 500000, maxIncrease: "50%", maxDecrease: "80%" }'),
      "",
      "weaker rule reach-min: No longer asked: at least 1 people are reached.",
      "weaker rule reach-max: No longer asked: at most 500,000 people are reached.",
      "weaker rule reach-increase: No longer asked: reach grows by at most 50%.",
      "weaker rule reach-decrease: No longer asked: reach shrinks by at most 80%.",
    ],
    [
      "a freeze is shorter",
      rules("freeze: [{ from: 2026-12-24T00:00:00Z, to: 2026-12-27T00:00:00Z }]"),
      rules("freeze: [{ from: 2026-12-24T00:00:00Z, to: 2026-12-26T00:00:00+01:00 }]"),
      "weaker rule freeze: Nothing is written from 2026-12-24 00:00 UTC until 2026-12-25 23:00 UTC; it was from 2026-12-24 00:00 UTC until 2026-12-27 00:00 UTC.",
    ],
    [
      "a freeze that has begun is gone",
      rules("freeze: [{ from: 2026-11-20T00:00:00Z, to: 2026-11-27T00:00:00Z }]"),
      "",
      "weaker rule freeze: No longer asked: nothing is written until 2026-11-27 00:00 UTC.",
    ],
    [
      "rules are for fewer",
      rules("requireExclude: [legal-hold]"),
      rules("when: [{ labels: { region: eu }, requireExclude: [legal-hold] }]"),
      `weaker when require-exclude: Asked of campaigns of region eu now, before of all campaigns: ${LEGAL} must be excluded.`,
    ],
    [
      "a strength is lower",
      rules("requireExclude: [legal-hold]"),
      rules("requireExclude: [legal-hold], strength: { require-exclude: warn }"),
      "weaker strength require-exclude: It is warn, and was hard: what breaks it is told, and passes.",
    ],
    [
      "a waiver is new",
      rules("requireExclude: [legal-hold]"),
      rules("requireExclude: [legal-hold]") + waiver("audience: legal-hold, expires: 2026-12-31"),
      `weaker waiver require-exclude: A new waiver for ${LEGAL} until 2026-12-31 (legal: Staff only).`,
    ],
    [
      "a waiver is longer",
      waiver("expires: 2026-11-24"),
      waiver("expires: 2026-12-31"),
      "weaker waiver require-exclude: The waiver goes until 2026-12-31, before until 2026-11-24 (legal: Staff only).",
    ],
    [
      "a breach is no longer put back, and live exclusions are no longer kept",
      `${rules("reach: { max: 9, onBreach: restore }")}unknownExcludes: keep\n`,
      rules("reach: { max: 9 }"),
      "weaker on-breach null: onBreach is report, and was restore: what breaks a rule about reach after the write stays written.",
      "weaker unknown-excludes null: unknownExcludes is remove, and was keep: live exclusions that no file names are taken away.",
    ],
    [
      "a rule is stricter",
      rules("maxChanges: 25"),
      rules("maxChanges: 10, requireExclude: [legal-hold]"),
      `stricter rule require-exclude: Asked now: ${LEGAL} must be excluded.`,
      "stricter rule max-changes: At most 10 campaigns may change in one run; it was 25.",
    ],
  ])("%s", (_, before, now, ...lines) => {
    expect(told(projectRules(before), projectRules(now))).toEqual(lines);
  });
});

describe("the catalogue changes rules that nobody touched", () => {
  const REQUIRED = rules("requireExclude: [baseline]");

  test("a group lost a member", () => {
    const smaller = catalogueText(AUDIENCE_NUMBERS, "groups: { baseline: [unsubscribed] }\n");
    expect(told(projectRules(REQUIRED), projectRules(REQUIRED, smaller))).toEqual([
      `weaker catalogue require-exclude: The group "baseline" no longer brings in ${LEGAL}, which had to be excluded.`,
    ]);
  });

  test("a name stands for another id", () => {
    const other = catalogueText({ ...AUDIENCE_NUMBERS, "legal-hold": 7 });
    expect(told(projectRules(REQUIRED), projectRules(REQUIRED, other))).toEqual([
      `weaker catalogue require-exclude: The name "legal-hold" stands for ${audienceId(7)} now, no longer for ${audienceId(2)}, which had to be excluded.`,
      `stricter catalogue require-exclude: Asked now: "legal-hold" (${audienceId(7)}) must be excluded.`,
    ]);
  });

  test("other names and groups for the same ids are no change", () => {
    const other = catalogueText(
      { unsubscribed: 1, legal: 2, internal: 3 },
      "groups: { all: [legal, unsubscribed] }\n",
    );
    expect(told(projectRules(REQUIRED), projectRules(rules("requireExclude: [all]"), other))).toEqual([]);
  });
});

describe("what is no change", () => {
  test.each([
    [
      "a freeze that is over",
      rules("freeze: [{ from: 2026-01-01T00:00:00Z, to: 2026-01-02T00:00:00Z }]"),
      "",
    ],
    ["a waiver that is over", "", waiver("expires: 2026-11-22")],
    ["a limit that nothing breaks", rules('maxChanges: "100%"'), ""],
    ["the strength of a rule that nothing asks for", "", rules("strength: { freeze: warn }")],
    [
      "another reason of a waiver",
      waiver("expires: 2026-12-31"),
      waiver("expires: 2026-12-31").replace("Staff", "Legal"),
    ],
    [
      "a rule for some that follows from one for all",
      rules("maxChanges: 5, when: [{ channel: sms, maxChanges: 9 }]"),
      rules("maxChanges: 5"),
    ],
    [
      "the form, the order and the comments of the file",
      rules("maxChanges: 5, requireExclude: [legal-hold, unsubscribed]"),
      "# why\r\nguardrails:\r\n  requireExclude: # all of these\r\n    - unsubscribed\r\n    - 'legal-hold'\r\n  maxChanges: 5\r\n",
    ],
  ])("%s", (_, before, now) => {
    expect(told(projectRules(before), projectRules(now))).toEqual([]);
  });
});

test("a waiver's audience is called as the rules of before call it where those of now do not", () => {
  const before = rules("requireExclude: [legal-hold]") + waiver("audience: legal-hold, expires: 2026-12-31");
  expect(told(projectRules(before), projectRules(""))).toEqual([
    `weaker rule require-exclude: No longer asked: ${LEGAL} must be excluded.`,
    `stricter waiver require-exclude: The waiver for ${LEGAL} until 2026-12-31 is gone (legal: Staff only).`,
  ]);
  const forbidden =
    rules("forbidInclude: [legal-hold]") + waiver("audience: legal-hold, expires: 2026-12-31");
  expect(told(projectRules(rules("forbidInclude: [legal-hold]")), projectRules(forbidden))).toEqual([
    `weaker waiver require-exclude: A new waiver for ${LEGAL} until 2026-12-31 (legal: Staff only).`,
  ]);
});
