import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RuleChange } from "../../../src/domain/model.ts";
import { compareRules } from "../../../src/guardrails/changes/rule-changes.ts";
import type { Guardrails, RuleSet } from "../../../src/guardrails/guardrails.ts";
import { NOON, named, ruleScope, ruleSet, rules, waiver } from "../../support/samples/guardrails.ts";

type Project = Parameters<typeof compareRules>[0];

const limit = fc.integer({ min: 1, max: 99 });

/** A project in which nothing follows from anything else, so that each part of it counts. */
const plainProjects = fc
  .record({
    excludes: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 2 }),
    limits: fc.tuple(limit, limit, limit, limit, limit),
    channel: fc.constantFrom("sms", "email"),
    region: fc.constantFrom("eu", "us"),
  })
  .map(({ excludes, limits: [changesMax, min, max, maxIncrease, maxDecrease], channel, region }): Project => {
    const scope = ruleScope({ channel, labels: { region } });
    const freeze = [{ from: NOON - 1, to: NOON + 9, until: "", reason: null }];
    const general = ruleSet({
      requireExclude: excludes.map((n) => named(n)),
      forbidInclude: [named(10)],
      maxChanges: { unit: "number", value: changesMax },
      reach: { min, max, maxIncrease, maxDecrease },
      freeze,
    });
    const some = ruleSet({ scope, requireExclude: [named(11)], maxChanges: { unit: "number", value: 0 } });
    const waivers = [waiver({ campaignId: "one", audienceIds: [named(1).audienceId] })];
    return { ...rules([general, some], { onBreach: "restore", waivers }), unknownExcludes: "keep" };
  });

type Sets = readonly [RuleSet, RuleSet];
type Weakening = {
  readonly kind: RuleChange["kind"];
  readonly sets?: ((sets: Sets) => readonly RuleSet[]) | undefined;
  readonly rest?: (guardrails: Guardrails) => Partial<Guardrails>;
  readonly unknownExcludes?: "remove";
};

const first = (set: (general: RuleSet) => Partial<RuleSet>): Weakening["sets"] => {
  return ([general, some]) => [{ ...general, ...set(general) }, some];
};
const reach = (of: (limits: RuleSet["reach"]) => Partial<RuleSet["reach"]>): Weakening["sets"] =>
  first((set) => ({ reach: { ...set.reach, ...of(set.reach) } }));
const more = (limit: number | null): number => (limit ?? 0) + 1;

const WEAKENINGS: Readonly<Record<string, Weakening>> = {
  "an exclude is dropped": {
    kind: "rule",
    sets: first(({ requireExclude }) => ({ requireExclude: requireExclude.slice(1) })),
  },
  "an include is allowed": { kind: "rule", sets: first(() => ({ forbidInclude: [] })) },
  "more may change": {
    kind: "rule",
    sets: first(({ maxChanges }) => ({
      maxChanges: maxChanges && { ...maxChanges, value: maxChanges.value + 1 },
    })),
  },
  "any number may change": { kind: "rule", sets: first(() => ({ maxChanges: null })) },
  "a share may change": {
    kind: "rule",
    sets: first(() => ({ maxChanges: { unit: "percent", value: 1 } })),
  },
  "fewer may be reached": { kind: "rule", sets: reach(({ min }) => ({ min: (min ?? 0) - 1 })) },
  "more may be reached": { kind: "rule", sets: reach(({ max }) => ({ max: more(max) })) },
  "reach may grow more": {
    kind: "rule",
    sets: reach(({ maxIncrease }) => ({ maxIncrease: more(maxIncrease) })),
  },
  "reach may shrink more": { kind: "rule", sets: reach(() => ({ maxDecrease: null })) },
  "a freeze is gone": { kind: "rule", sets: first(() => ({ freeze: [] })) },
  "a freeze is shorter": {
    kind: "rule",
    sets: first(({ freeze }) => ({ freeze: freeze.map((each) => ({ ...each, to: each.to - 1 })) })),
  },
  "rules for some are gone": { kind: "rule", sets: ([general]) => [general] },
  "rules for some are for fewer": {
    kind: "when",
    sets: ([general, { scope, ...some }]) => [
      general,
      { ...some, scope: scope && { ...scope, labels: { ...scope.labels, tier: "gold" } } },
    ],
  },
  "rules for all are for some": {
    kind: "when",
    sets: ([general, some]) => [{ ...general, scope: some.scope }, some],
  },
  "a hard rule is soft": {
    kind: "strength",
    rest: ({ strength }) => ({ strength: { ...strength, "require-exclude": "soft" } }),
  },
  "a soft rule is only told": {
    kind: "strength",
    rest: ({ strength }) => ({ strength: { ...strength, freeze: "warn" } }),
  },
  "a waiver is added": {
    kind: "waiver",
    rest: ({ waivers: all }) => ({ waivers: [...all, waiver({ campaignId: "two" })] }),
  },
  "a waiver is for every audience": {
    kind: "waiver",
    rest: ({ waivers: all }) => ({ waivers: all.map((each) => ({ ...each, audienceIds: null })) }),
  },
  "a waiver is longer": {
    kind: "waiver",
    rest: ({ waivers: all }) => ({ waivers: all.map((each) => ({ ...each, expires: "2027-01-01" })) }),
  },
  "a breach stays": { kind: "on-breach", rest: () => ({ onBreach: "report" }) },
  "live exclusions go": { kind: "unknown-excludes", unknownExcludes: "remove" },
};

describe("each weakening of rules is told, and nothing of it as stricter", () => {
  test.each(Object.entries(WEAKENINGS))("%s", (_, { kind, sets, rest, unknownExcludes }) => {
    fc.assert(
      fc.property(plainProjects, (before) => {
        const { guardrails } = before;
        const now: Project = {
          ...before,
          ...(unknownExcludes === undefined ? {} : { unknownExcludes }),
          guardrails: {
            ...guardrails,
            ...rest?.(guardrails),
            sets: sets?.(guardrails.sets as unknown as Sets) ?? guardrails.sets,
          },
        };
        const told = compareRules(before, now, NOON);
        const weaker = told.filter(({ effect }) => effect === "weaker");
        expect(weaker.map((each) => each.kind)).toContain(kind);
        if (kind === "rule") return;
        expect(told.filter(({ effect }) => effect === "stricter")).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
