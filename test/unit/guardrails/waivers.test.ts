import { describe, expect, test } from "vitest";
import type { Finding } from "../../../src/domain/model.ts";
import { ofCampaign } from "../../../src/guardrails/rules/broken.ts";
import { expiredFindings, isOver, openWaivers } from "../../../src/guardrails/waivers.ts";
import { NOON, named, sampleFinding, waiver } from "../../support/samples/guardrails.ts";
import { sampleUpdate } from "../../support/samples/plan.ts";

const CHANGE = sampleUpdate(1);
const { campaignId, source } = CHANGE;
const [SEVEN, EIGHT, NINE] = [named(7).audienceId, named(8).audienceId, named(9).audienceId] as const;
const broken = (...audienceIds: readonly string[]) =>
  ofCampaign("require-exclude", CHANGE, "It is broken.", { audienceIds });

const OVER = waiver({ campaignId, expires: "2026-11-22" });
const CURRENT = waiver({ campaignId });

test("a waiver is over once its last day is, UTC", () => {
  const { expires } = waiver({ campaignId, expires: "2026-02-28" });
  expect(isOver({ expires }, Date.parse("2026-02-28T23:59:59.999Z"))).toBe(false);
  expect(isOver({ expires }, Date.parse("2026-03-01T00:00:00.000Z"))).toBe(true);
});

describe("what a rule says is covered", () => {
  test.each([
    ["by a waiver of every audience", { audienceIds: null }, true],
    ["by one of its audiences and more", { audienceIds: [NINE, EIGHT, SEVEN] }, true],
    ["not by one of some of its audiences", { audienceIds: [SEVEN] }, false],
    ["not by one of another rule", { rule: "forbid-include" as const }, false],
    ["not by one of another campaign", { campaignId: sampleUpdate(2).campaignId }, false],
  ])("%s", (_, more, isCovered) => {
    const one = waiver({ campaignId, ...more });
    const book = openWaivers([one], NOON);
    expect(book.covering(broken(SEVEN, EIGHT))).toEqual({ waiver: isCovered ? one : null, expired: [] });
    expect(book.unused()).toEqual(isCovered ? [] : [one]);
  });

  test("by the one that is not over, and then the one that is over is of no use", () => {
    const book = openWaivers([OVER, CURRENT], NOON);
    expect(book.covering(broken(SEVEN))).toEqual({ waiver: CURRENT, expired: [] });
    expect(book.unused()).toEqual([OVER]);
  });

  test("by none of those that are over, and each of them is told", () => {
    const other = waiver({ campaignId, expires: "2026-11-01", audienceIds: [SEVEN] });
    const book = openWaivers([OVER, other], NOON);
    expect(book.covering(broken(SEVEN))).toEqual({ waiver: null, expired: [OVER, other] });
    expect(book.unused()).toEqual([]);
  });
});

describe("a waiver that is over", () => {
  const finding = (more: Partial<Finding>): Finding => ({ ...sampleFinding(CHANGE), ...more });
  const told = (...findings: readonly Partial<Finding>[]) =>
    expiredFindings(new Map([[OVER, findings.map(finding)]]));

  test("is one finding for all that it would let pass", () => {
    expect(told({ audienceIds: [NINE, SEVEN] }, { audienceIds: [EIGHT, SEVEN] })).toEqual([
      {
        rule: "waiver-expired",
        strength: "hard",
        campaignId,
        source,
        message: "The waiver of require-exclude by legal (agreed) was for the time until 2026-11-22.",
        audienceIds: [SEVEN, EIGHT, NINE],
        state: "broken",
        waiver: { owner: "legal", reason: "agreed", expires: "2026-11-22" },
        allowedReason: null,
      },
    ]);
  });

  test.each<[Finding["strength"], Finding["strength"], Finding["strength"]]>([
    ["warn", "warn", "warn"],
    ["warn", "hard", "hard"],
    ["soft", "soft", "hard"],
  ])("of what is %s and %s is %s", (one, other, strength) => {
    expect(told({ strength: one }, { strength: other })).toMatchObject([{ strength }]);
  });

  test.each<[Finding["state"], Finding["state"], Finding["state"]]>([
    ["possible", "possible", "possible"],
    ["possible", "broken", "broken"],
    ["broken", "broken", "broken"],
  ])("of what is %s and %s is %s", (one, other, state) => {
    expect(told({ state: one }, { state: other })).toMatchObject([{ state }]);
  });
});
