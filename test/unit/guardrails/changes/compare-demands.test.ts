import { describe, expect, test } from "vitest";
import { compareDemands } from "../../../../src/guardrails/changes/compare-demands.ts";
import { demandsOf } from "../../../../src/guardrails/changes/demands.ts";
import type { RuleSet } from "../../../../src/guardrails/guardrails.ts";
import { NOON, named, ruleScope, ruleSet } from "../../../support/samples/guardrails.ts";

type Sets = readonly Partial<RuleSet>[];

const demands = (sets: Sets) =>
  demandsOf(
    sets.map((set) => ruleSet(set)),
    NOON,
  );

/** What is told both ways: as weaker, and as stricter. */
const told = (before: Sets, now: Sets) =>
  (["weaker", "stricter"] as const).flatMap((effect) =>
    compareDemands(demands(before), demands(now), effect).map(
      ({ kind, rule, message }) => `${effect} ${kind} ${rule}: ${message}`,
    ),
  );

const SMS = ruleScope({ channel: "sms" });
const EMAIL = ruleScope({ channel: "email" });
const NONE = { min: null, max: null, maxIncrease: null, maxDecrease: null };
const [ONE, TWO, THREE, SEVEN] = [1, 2, 3, 7].map((n) => named(n).audienceId);

const changes = (value: number, scope: RuleSet["scope"] = null): Partial<RuleSet> => ({
  scope,
  maxChanges: { unit: "number", value },
});
const freeze = (from: string, to: string, scope: RuleSet["scope"] = null): Partial<RuleSet> => ({
  scope,
  freeze: [{ from: Date.parse(from), to: Date.parse(to), until: to, reason: null }],
});
const excludes = (...requireExclude: RuleSet["requireExclude"]): Partial<RuleSet> => ({ requireExclude });

describe("a limit", () => {
  test.each<[string, Sets, Sets, readonly string[]]>([
    [
      "that is higher or lower is told with what it was",
      [changes(5), { reach: { ...NONE, min: 10, max: 2000, maxIncrease: 5, maxDecrease: 5 } }],
      [changes(4), { reach: { ...NONE, min: 9, max: 3000, maxIncrease: 4, maxDecrease: 6 } }],
      [
        "weaker rule reach-min: At least 9 people are reached; it was 10.",
        "weaker rule reach-max: At most 3,000 people are reached; it was 2,000.",
        "weaker rule reach-decrease: Reach shrinks by at most 6%; it was 5%.",
        "stricter rule max-changes: At most 4 campaigns may change in one run; it was 5.",
        "stricter rule reach-increase: Reach grows by at most 4%; it was 5%.",
      ],
    ],
    [
      "of some campaigns is not that of others",
      [changes(5, SMS), changes(7)],
      [changes(6, SMS), changes(7)],
      ["weaker rule max-changes: At most 6 campaigns of channel sms may change in one run; it was 5."],
    ],
    [
      "that is for others now is told with both, and as new there",
      [changes(5, SMS)],
      [changes(4, EMAIL)],
      [
        "weaker when max-changes: Asked of campaigns of channel email now, before of campaigns of channel sms: at most 5 campaigns may change in one run.",
        "stricter rule max-changes: Asked now: at most 4 campaigns of channel email may change in one run.",
      ],
    ],
    [
      "that is for fewer now, and for others less strict, is gone for all",
      [changes(5)],
      [changes(6, SMS)],
      ["weaker rule max-changes: No longer asked: at most 5 campaigns may change in one run."],
    ],
    [
      "that was for the others already is gone for these",
      [changes(5, SMS), changes(5, EMAIL)],
      [changes(5, EMAIL)],
      ["weaker rule max-changes: No longer asked: at most 5 campaigns of channel sms may change in one run."],
    ],
  ])("%s", (_, before, now, lines) => {
    expect(told(before, now)).toEqual(lines);
  });
});

describe("a freeze", () => {
  const [XMAS, BOXING, NEW_YEAR] = [
    "2026-12-24T00:00:00Z",
    "2026-12-26T00:00:00Z",
    "2027-01-01T00:00:00Z",
  ] as const;

  test.each<[string, Sets, Sets, readonly string[]]>([
    [
      "that is longer is told with what it was",
      [freeze(XMAS, BOXING)],
      [freeze(XMAS, NEW_YEAR)],
      [
        "stricter rule freeze: Nothing is written from 2026-12-24 00:00 UTC until 2027-01-01 00:00 UTC; it was from 2026-12-24 00:00 UTC until 2026-12-26 00:00 UTC.",
      ],
    ],
    [
      "that is in two parts now is told with both",
      [freeze(XMAS, NEW_YEAR, SMS)],
      [freeze(XMAS, BOXING, SMS), freeze("2026-12-31T00:00:00Z", NEW_YEAR, SMS)],
      [
        "weaker rule freeze: Nothing is written in campaigns of channel sms from 2026-12-24 00:00 UTC until 2026-12-26 00:00 UTC and from 2026-12-31 00:00 UTC until 2027-01-01 00:00 UTC; it was from 2026-12-24 00:00 UTC until 2027-01-01 00:00 UTC.",
      ],
    ],
    [
      "that is new is told as such, and so is one that another only touches",
      [freeze(XMAS, BOXING)],
      [freeze(BOXING, NEW_YEAR)],
      [
        "weaker rule freeze: No longer asked: nothing is written from 2026-12-24 00:00 UTC until 2026-12-26 00:00 UTC.",
        "stricter rule freeze: Asked now: nothing is written from 2026-12-26 00:00 UTC until 2027-01-01 00:00 UTC.",
      ],
    ],
    [
      "that is for some only now is told with both",
      [freeze(XMAS, BOXING)],
      [freeze(XMAS, BOXING, SMS)],
      [
        "weaker when freeze: Asked of campaigns of channel sms now, before of all campaigns: nothing is written from 2026-12-24 00:00 UTC until 2026-12-26 00:00 UTC.",
      ],
    ],
    ["that is over, or ends now, was none", [freeze("2026-11-01T00:00:00Z", "2026-11-23T12:00:00Z")], [], []],
    [
      "that has begun counts from now",
      [freeze("2026-11-01T00:00:00Z", BOXING)],
      [freeze("2026-11-23T12:00:00Z", BOXING)],
      [],
    ],
  ])("%s", (_, before, now, lines) => {
    expect(told(before, now)).toEqual(lines);
  });
});

describe("audiences", () => {
  test.each<[string, Sets, Sets, readonly string[]]>([
    [
      "of which the same became are one change",
      [excludes(named(3), named(1), named(2))],
      [excludes(named(2))],
      [`weaker rule require-exclude: No longer asked: ${THREE}, ${ONE} must be excluded.`],
    ],
    [
      "of two rules are two",
      [{ ...excludes(named(1)), forbidInclude: [named(2)] }],
      [],
      [
        `weaker rule require-exclude: No longer asked: ${ONE} must be excluded.`,
        `weaker rule forbid-include: No longer asked: ${TWO} may not be included.`,
      ],
    ],
    [
      "that others exclude now are one, with both",
      [{ scope: SMS, ...excludes(named(1), named(2)) }],
      [{ scope: EMAIL, ...excludes(named(1), named(2)) }],
      [
        `weaker when require-exclude: Asked of campaigns of channel email now, before of campaigns of channel sms: ${ONE}, ${TWO} must be excluded.`,
        `stricter when require-exclude: Asked now: ${ONE}, ${TWO} must be excluded in campaigns of channel email.`,
      ],
    ],
    [
      "that a group brings in no more are told with the group",
      [
        {
          scope: SMS,
          forbidInclude: [named(1, "one", "all"), named(2, "two", "all"), named(3, "three", "all")],
        },
      ],
      [{ scope: SMS, forbidInclude: [named(3, "three", "all")] }],
      [
        `weaker catalogue forbid-include: The group "all" no longer brings in "one" (${ONE}), "two" (${TWO}), which could not be included in campaigns of channel sms.`,
      ],
    ],
    [
      "whose name stands for another are told with both ids",
      [{ scope: SMS, forbidInclude: [named(1, "one")] }],
      [{ scope: SMS, forbidInclude: [named(7, "one")] }],
      [
        `weaker catalogue forbid-include: The name "one" stands for ${SEVEN} now, no longer for ${ONE}, which could not be included in campaigns of channel sms.`,
        `stricter catalogue forbid-include: Asked now: "one" (${SEVEN}) may not be included in campaigns of channel sms.`,
      ],
    ],
    [
      "whose name another rule has are no longer asked for",
      [excludes(named(1, "one", "all"))],
      [{ forbidInclude: [named(7, "one", "all")] }],
      [
        `weaker rule require-exclude: No longer asked: "one" (${ONE}) must be excluded.`,
        `stricter rule forbid-include: Asked now: "one" (${SEVEN}) may not be included.`,
      ],
    ],
    [
      "whose name rules for others have are no longer asked for",
      [excludes(named(1, "one", "all"))],
      [{ scope: SMS, ...excludes(named(7, "one", "all")) }],
      [
        `weaker rule require-exclude: No longer asked: "one" (${ONE}) must be excluded.`,
        `stricter rule require-exclude: Asked now: "one" (${SEVEN}) must be excluded in campaigns of channel sms.`,
      ],
    ],
    [
      "of which one name stands for another are told of that one",
      [excludes(named(1, "one"), named(2, "two"))],
      [excludes(named(7, "one"), named(2, "two"))],
      [
        `weaker catalogue require-exclude: The name "one" stands for ${SEVEN} now, no longer for ${ONE}, which had to be excluded.`,
        `stricter catalogue require-exclude: Asked now: "one" (${SEVEN}) must be excluded.`,
      ],
    ],
    [
      "of a group that is named no more are no longer asked for",
      [excludes(named(1, "one", "all"))],
      [excludes(named(7, "seven", "some"))],
      [
        `weaker rule require-exclude: No longer asked: "one" (${ONE}) must be excluded.`,
        `stricter rule require-exclude: Asked now: "seven" (${SEVEN}) must be excluded.`,
      ],
    ],
    [
      "without a name are not of the same name",
      [excludes(named(1))],
      [excludes(named(7))],
      [
        `weaker rule require-exclude: No longer asked: ${ONE} must be excluded.`,
        `stricter rule require-exclude: Asked now: ${SEVEN} must be excluded.`,
      ],
    ],
  ])("%s", (_, before, now, lines) => {
    expect(told(before, now)).toEqual(lines);
  });

  test("are told as data, sorted, and limits without any", () => {
    expect(compareDemands(demands([changes(5)]), [], "weaker")).toMatchObject([
      { rule: "max-changes", campaignId: null, audienceIds: [] },
    ]);
    expect(compareDemands(demands([excludes(named(3), named(1))]), [], "weaker")).toEqual([
      {
        ...{ kind: "rule", effect: "weaker", rule: "require-exclude", campaignId: null },
        audienceIds: [ONE, THREE],
        message: `No longer asked: ${THREE}, ${ONE} must be excluded.`,
      },
    ]);
  });
});
