import { describe, expect, test } from "vitest";
import { compareWaivers } from "../../../../src/guardrails/changes/compare-waivers.ts";
import type { Waiver } from "../../../../src/guardrails/guardrails.ts";
import { NOON, waiver } from "../../../support/samples/guardrails.ts";

const of = (more: Partial<Waiver> = {}): Waiver => waiver({ campaignId: "one", ...more });
const namesOf = (ids: readonly string[]): string => ids.map((id) => `"${id}"`).join(", ");

/** What is told both ways: as weaker, and as stricter. */
const told = (before: readonly Waiver[], now: readonly Waiver[]) =>
  (["weaker", "stricter"] as const).flatMap((effect) =>
    compareWaivers({ before, now }, NOON, namesOf, effect).map(
      (change) => `${change.effect}: ${change.message}`,
    ),
  );

const ANY = of();
const B_AND_A = of({ audienceIds: ["b", "a"] });
const LONG = of({ expires: "2027-02-01" });

describe("a waiver", () => {
  test.each<[string, readonly Waiver[], readonly Waiver[], readonly string[]]>([
    ["that is new is told", [], [ANY], ["weaker: A new waiver until 2026-12-31 (legal: agreed)."]],
    ["that is gone is told", [ANY], [], ["stricter: The waiver until 2026-12-31 is gone (legal: agreed)."]],
    [
      "of audiences that is new names them, sorted",
      [],
      [B_AND_A],
      ['weaker: A new waiver for "a", "b" until 2026-12-31 (legal: agreed).'],
    ],
    [
      "that goes on longer is told with both days",
      [ANY],
      [LONG],
      ["weaker: The waiver goes until 2027-02-01, before until 2026-12-31 (legal: agreed)."],
    ],
    [
      "that goes on less long is told with both days",
      [LONG],
      [ANY],
      ["stricter: The waiver goes until 2026-12-31, before until 2027-02-01 (legal: agreed)."],
    ],
    ["that is over lets nothing pass", [], [of({ expires: "2026-11-22" })], []],
    [
      "of today still does",
      [],
      [of({ expires: "2026-11-23" })],
      ["weaker: A new waiver until 2026-11-23 (legal: agreed)."],
    ],
    ["of an audience follows from one of all", [ANY], [ANY, B_AND_A], []],
    [
      "of all does not follow from one of an audience",
      [of({ audienceIds: ["a"] })],
      [of({ audienceIds: ["a"] }), ANY],
      ["weaker: A new waiver until 2026-12-31 (legal: agreed)."],
    ],
    [
      "of one audience more is told of that one",
      [of({ audienceIds: ["a"] })],
      [B_AND_A],
      ['weaker: A new waiver for "b" until 2026-12-31 (legal: agreed).'],
    ],
    [
      "that is new for one audience and longer for another is told of both",
      [of({ audienceIds: ["a"], expires: "2026-12-01" })],
      [B_AND_A],
      [
        'weaker: A new waiver for "b" until 2026-12-31 (legal: agreed).',
        'weaker: The waiver for "a" goes until 2026-12-31, before until 2026-12-01 (legal: agreed).',
      ],
    ],
    [
      "is compared with the longest of those of before",
      [of({ expires: "2026-12-30" }), of({ expires: "2026-12-01" })],
      [ANY],
      ["weaker: The waiver goes until 2026-12-31, before until 2026-12-30 (legal: agreed)."],
    ],
    [
      "of another campaign is another one",
      [of({ campaignId: "two" })],
      [ANY],
      [
        "weaker: A new waiver until 2026-12-31 (legal: agreed).",
        "stricter: The waiver until 2026-12-31 is gone (legal: agreed).",
      ],
    ],
    [
      "of another rule is another one",
      [of({ rule: "forbid-include" })],
      [ANY],
      [
        "weaker: A new waiver until 2026-12-31 (legal: agreed).",
        "stricter: The waiver until 2026-12-31 is gone (legal: agreed).",
      ],
    ],
    ["by another owner is no change", [ANY], [of({ owner: "somebody", reason: "else" })], []],
  ])("%s", (_, before, now, lines) => {
    expect(told(before, now)).toEqual(lines);
  });

  test("is told as data, too", () => {
    const sides = { before: [], now: [B_AND_A] };
    expect(compareWaivers(sides, NOON, namesOf, "weaker")).toEqual([
      {
        kind: "waiver",
        effect: "weaker",
        rule: "require-exclude",
        campaignId: "one",
        audienceIds: ["a", "b"],
        message: 'A new waiver for "a", "b" until 2026-12-31 (legal: agreed).',
      },
    ]);
  });
});
