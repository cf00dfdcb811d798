import { describe, expect, test } from "vitest";
import type { RuleName, Strength } from "../../../../src/domain/model.ts";
import { compareSettings } from "../../../../src/guardrails/changes/compare-settings.ts";
import { demandsOf } from "../../../../src/guardrails/changes/demands.ts";
import { NOON, named, rules } from "../../../support/samples/guardrails.ts";

type Rules = Parameters<typeof rules>;

const side = (sets: Rules[0], more: Rules[1] = {}, unknownExcludes: "keep" | "remove" = "remove") => {
  const { guardrails } = rules(sets, more);
  return { guardrails, unknownExcludes, demands: demandsOf(guardrails.sets, NOON) };
};

const told = (before: ReturnType<typeof side>, now: ReturnType<typeof side>) =>
  compareSettings(before, now).map(
    ({ kind, effect, rule, message }) => `${effect} ${kind} ${rule}: ${message}`,
  );

const EXCLUDES: Rules[0] = [{ requireExclude: [named(1)] }];

describe("another strength", () => {
  const of = (strength: Strength, rule: RuleName = "require-exclude", sets = EXCLUDES) =>
    side(sets, { strength: { [rule]: strength } });

  test.each<[Strength, Strength, string]>([
    [
      "hard",
      "soft",
      "weaker strength require-exclude: It is soft, and was hard: --allow and a waiver let pass what breaks it.",
    ],
    [
      "hard",
      "warn",
      "weaker strength require-exclude: It is warn, and was hard: what breaks it is told, and passes.",
    ],
    [
      "soft",
      "warn",
      "weaker strength require-exclude: It is warn, and was soft: what breaks it is told, and passes.",
    ],
    [
      "warn",
      "soft",
      "stricter strength require-exclude: It is soft, and was warn: --allow and a waiver let pass what breaks it.",
    ],
    [
      "soft",
      "hard",
      "stricter strength require-exclude: It is hard, and was soft: only a waiver lets pass what breaks it.",
    ],
  ])("from %s to %s", (was, is, line) => {
    expect(told(of(was), of(is))).toEqual([line]);
  });

  test("is none of a rule that nothing asked for before, or that nothing asks for now", () => {
    const unasked = (strength: Strength) => of(strength, "require-exclude", []);
    expect(told(unasked("hard"), of("soft"))).toEqual([]);
    expect(told(unasked("soft"), of("hard"))).toHaveLength(1);
    expect(told(of("soft"), unasked("hard"))).toEqual([]);
    expect(told(of("hard"), unasked("soft"))).toHaveLength(1);
  });

  test.each<RuleName>(["loses-all-excludes", "replaces-all-includes"])("of %s always counts", (rule) => {
    expect(told(of("hard", rule, []), of("warn", rule, []))).toEqual([
      `weaker strength ${rule}: It is warn, and was hard: what breaks it is told, and passes.`,
    ]);
  });
});

describe("what becomes of a breach", () => {
  const REACH: Rules[0] = [{ reach: { min: null, max: 9, maxIncrease: null, maxDecrease: null } }];
  const weaker =
    "weaker on-breach null: onBreach is report, and was restore: what breaks a rule about reach after the write stays written.";
  const stricter =
    "stricter on-breach null: onBreach is restore, and was report: what breaks a rule about reach after the write is put back.";

  test("is told where a rule about reach was asked for, or is now", () => {
    const [report, restore] = [side(REACH), side(REACH, { onBreach: "restore" })];
    expect([told(restore, report), told(report, restore)]).toEqual([[weaker], [stricter]]);
    expect(told(report, report)).toEqual([]);
    expect(told(restore, side([]))).toEqual([weaker]);
    expect(told(side([]), restore)).toEqual([stricter]);
  });

  test("is not told where none was, or is", () => {
    expect(told(side(EXCLUDES, { onBreach: "restore" }), side(REACH))).toEqual([]);
    expect(told(side(REACH), side(EXCLUDES, { onBreach: "restore" }))).toEqual([]);
  });
});

test("what becomes of live exclusions that no file names is told both ways", () => {
  const [keep, remove] = [side([], {}, "keep"), side([])];
  expect([told(keep, remove), told(remove, keep), told(keep, keep)]).toEqual([
    [
      "weaker unknown-excludes null: unknownExcludes is remove, and was keep: live exclusions that no file names are taken away.",
    ],
    [
      "stricter unknown-excludes null: unknownExcludes is keep, and was remove: live exclusions that no file names stay.",
    ],
    [],
  ]);
});
