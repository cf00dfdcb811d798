import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RuleChange } from "../../../src/domain/model.ts";
import { compareRules, withRuleChanges } from "../../../src/guardrails/changes/rule-changes.ts";
import type { RuleSet } from "../../../src/guardrails/guardrails.ts";
import { changes, ruleSets, strengths, waivers } from "../../support/samples/arbitrary-rules.ts";
import { NOON, ruleScope, ruleSet, rules } from "../../support/samples/guardrails.ts";
import { samplePlan } from "../../support/samples/plan.ts";

/** All that a project file says of rules. */
const projects = fc
  .record({
    sets: ruleSets,
    strength: strengths,
    onBreach: fc.constantFrom("report" as const, "restore" as const),
    waivers,
    unknownExcludes: fc.constantFrom("remove" as const, "keep" as const),
  })
  .map(({ sets, unknownExcludes, ...more }) => ({
    ...rules(
      sets.map((set) => ruleSet(set)),
      more,
    ),
    unknownExcludes,
  }));

type Project = typeof projects extends fc.Arbitrary<infer T> ? T : never;

const weaker = (all: readonly RuleChange[]) => all.filter(({ effect }) => effect === "weaker");

/** Most of the second is as in the first. */
const pairs = fc
  .record({
    before: projects,
    other: projects,
    takes: fc.subarray(["sets", "strength", "onBreach", "waivers"] as const),
  })
  .map(({ before, other, takes }): { readonly before: Project; readonly now: Project } => ({
    before,
    now: {
      ...before,
      guardrails: {
        ...before.guardrails,
        ...Object.fromEntries(takes.map((key) => [key, other.guardrails[key]])),
      },
    },
  }));

/** The same rules in other words: each in a set of its own, the other way round, by other names, some of it twice. */
function reworded({ guardrails, ...rest }: Project): Project {
  const sets = guardrails.sets.flatMap((set): readonly RuleSet[] => {
    const { scope, requireExclude, forbidInclude, maxChanges, reach, freeze } = set;
    const renamed = requireExclude.map((each) => ({ ...each, name: "another-name", group: "some-group" }));
    const until = freeze.map((each) => ({ ...each, until: "in other words", reason: "another" }));
    const own = { scope: scope === null ? null : { ...scope, place: null } };
    return [
      ruleSet({ ...own, freeze: until.toReversed() }),
      ruleSet({ ...own, reach, maxChanges }),
      ruleSet({ ...own, forbidInclude: forbidInclude.toReversed() }),
      ruleSet({ ...own, requireExclude: renamed.toReversed() }),
      ruleSet({ ...own, requireExclude, maxChanges }),
    ];
  });
  const said = guardrails.waivers.flatMap((waiver) =>
    (waiver.audienceIds ?? [null]).map((audienceId) => ({
      ...waiver,
      owner: "somebody else",
      reason: "in other words",
      audienceIds: audienceId === null ? null : [audienceId],
    })),
  );
  return { ...rest, guardrails: { ...guardrails, sets: sets.toReversed(), waivers: said.toReversed() } };
}

describe("what files change of the rules", () => {
  test("is nothing where they say the same in other words", () => {
    fc.assert(
      fc.property(projects, (project) => {
        expect(compareRules(project, reworded(project), NOON)).toEqual([]);
        expect(compareRules(reworded(project), project, NOON)).toEqual([]);
      }),
    );
  });

  test("is told as weaker wherever the rules of before refuse what those of now let pass", () => {
    let refusedAtAll = 0;
    fc.assert(
      fc.property(pairs, changes, ({ before, now }, all) => {
        const base = { since: null, rules: before, labels: new Map() };
        const { ruleChanges } = withRuleChanges(samplePlan(all), now, base, NOON);
        const refused = ruleChanges?.refusedBefore ?? [];
        refusedAtAll += refused.length;
        const told = new Set(weaker(ruleChanges?.changes ?? []).map(({ rule }) => rule));
        for (const { rule } of refused) expect([...told]).toContain(rule);
      }),
      { numRuns: 150 },
    );
    expect(refusedAtAll).toBeGreaterThan(10);
  });

  test("is told of a campaign that other labels take out of a rule that refused it", () => {
    let refusedAtAll = 0;
    const anyLabels = fc.constantFrom({}, { region: "eu" }, { region: "us" });
    fc.assert(
      fc.property(
        projects,
        changes,
        fc.array(anyLabels, { minLength: 12, maxLength: 12 }),
        (by, all, were) => {
          // What is a share of a campaign's fellows depends on the labels of all of them.
          const scope = ruleScope({ labels: { region: "eu" } });
          const sets = by.guardrails.sets.map((set) => ({ ...set, scope, maxChanges: null }));
          const now = { ...by, guardrails: { ...by.guardrails, sets } };
          const labels = new Map(all.map(({ campaignId }, n) => [campaignId, were[n] ?? {}]));
          const { ruleChanges } = withRuleChanges(
            samplePlan(all),
            now,
            { since: null, rules: now, labels },
            NOON,
          );
          const refused = ruleChanges?.refusedBefore ?? [];
          refusedAtAll += refused.length;
          const told = new Set(weaker(ruleChanges?.changes ?? []).map(({ campaignId }) => campaignId));
          for (const { campaignId } of refused) {
            expect(campaignId === null ? told.size > 0 : told.has(campaignId)).toBe(true);
          }
        },
      ),
    );
    expect(refusedAtAll).toBeGreaterThan(10);
  });

  test("is stricter on the way back where it was weaker on the way", () => {
    fc.assert(
      fc.property(pairs, ({ before, now }) => {
        const there = compareRules(before, now, NOON);
        const back = compareRules(now, before, NOON);
        const countOf = (all: readonly RuleChange[], effect: RuleChange["effect"]) =>
          all.filter((each) => each.effect === effect).flatMap(({ audienceIds }) => audienceIds).length;
        expect(countOf(there, "weaker")).toBe(countOf(back, "stricter"));
        expect(weaker(there).length > 0).toBe(back.some(({ effect }) => effect === "stricter"));
      }),
    );
  });
});
