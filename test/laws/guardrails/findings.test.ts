import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AudienceSize, Finding, Plan, RuleName } from "../../../src/domain/model.ts";
import { RULE_NAMES } from "../../../src/guardrails/guardrails.ts";
import { judgePlan } from "../../../src/guardrails/judge-plan.ts";
import { stops } from "../../../src/guardrails/stops.ts";
import { withSizes } from "../../../src/plan/with-sizes.ts";
import { changes, ruleSets } from "../../support/samples/arbitrary-rules.ts";
import { audienceId } from "../../support/samples/bindings.ts";
import { findingsOf, NOON, rules, waiver } from "../../support/samples/guardrails.ts";
import { samplePlan } from "../../support/samples/plan.ts";
import { type Exchange, isWrite } from "../../support/simulation/network.ts";
import { planSeed } from "../../support/simulation/run-seed.ts";

const keyOf = ({ rule, campaignId, audienceIds, state, strength }: Finding) =>
  [rule, campaignId, audienceIds.join(), state, strength].join(" ");

describe("what rules say", () => {
  test("does not depend on any order", () => {
    fc.assert(
      fc.property(changes, ruleSets, (all, sets) => {
        const plan = samplePlan(all);
        const told = findingsOf(rules(sets), plan).map(keyOf);
        const turned = findingsOf(rules(sets.toReversed()), { ...plan, changes: plan.changes.toReversed() });
        expect(turned.map(keyOf)).toEqual(told);
      }),
    );
  });

  test("is one finding for each rule, campaign and audience", () => {
    fc.assert(
      fc.property(changes, ruleSets, (all, sets) => {
        const keys = findingsOf(rules(sets), samplePlan(all)).map(({ rule, campaignId, audienceIds }) =>
          [rule, campaignId, audienceIds.join()].join(" "),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test("of more campaigns is never less", () => {
    fc.assert(
      fc.property(changes, ruleSets, (all, sets) => {
        const without = { ...rules(sets.map((set) => ({ ...set, maxChanges: null }))) };
        const more = new Set(findingsOf(without, samplePlan(all)).map(keyOf));
        for (const finding of findingsOf(without, samplePlan(all.slice(1))))
          expect(more).toContain(keyOf(finding));
      }),
    );
  });

  test("never holds a run back where it is only told", () => {
    fc.assert(
      fc.property(changes, ruleSets, (all, sets) => {
        const strength = Object.fromEntries(RULE_NAMES.map((rule) => [rule, "warn" as const]));
        expect(findingsOf(rules(sets, { strength }), samplePlan(all)).some(stops)).toBe(false);
      }),
    );
  });

  test("is let pass by a waiver in exactly one finding", () => {
    fc.assert(
      fc.property(changes, ruleSets, fc.nat(), (all, sets, at) => {
        const told = findingsOf(rules(sets), samplePlan(all));
        const own = told.filter(({ campaignId, state }) => campaignId !== null && state === "broken");
        const one = own[at % Math.max(1, own.length)];
        if (one === undefined || one.campaignId === null || one.rule === "waiver-expired") return;
        const { campaignId, rule, audienceIds } = one;
        const waivers = [waiver({ campaignId, rule, audienceIds })];
        const { findings, unusedWaivers } = judgePlan(rules(sets, { waivers }), {
          plan: samplePlan(all),
          now: NOON,
        });
        const differ = findings.filter((finding, index) => finding.state !== told[index]?.state);
        expect([findings.length, unusedWaivers]).toEqual([told.length, []]);
        expect(differ.map(({ state, ...rest }) => [state, rest.rule, rest.audienceIds])).toEqual([
          ["waived", rule, audienceIds],
        ]);
      }),
    );
  });
});

const schedules = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

/** The n-th audience of the simulation, as a rule names it. */
const known = (n: number) => ({ audienceId: audienceId(n), name: null, group: null });

const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER, until: "2030-01-01T00:00:00Z", reason: null };
const NOBODY = { min: null, max: null, maxIncrease: null, maxDecrease: null };

/** That more are reached than so many percent more, only the API's count can tell. */
type PlanRule = Exclude<RuleName, "reach-increase">;

/** Each rule that a plan can surely break, so strict that many plans of the simulation do. */
const STRICT: Readonly<Record<PlanRule, Parameters<typeof rules>[0][number]>> = {
  "require-exclude": { requireExclude: [known(8)] },
  "forbid-include": { forbidInclude: [known(1), known(2), known(3)] },
  "max-changes": { maxChanges: { unit: "number", value: 0 } },
  freeze: { freeze: [ALWAYS] },
  "reach-min": { reach: { ...NOBODY, min: 1_000_000 } },
  "reach-max": { reach: { ...NOBODY, max: 1 } },
  "reach-decrease": { reach: { ...NOBODY, maxDecrease: 10 } },
  "loses-all-excludes": {},
  "replaces-all-includes": {},
};

const PLAN_RULES = Object.keys(STRICT) as readonly PlanRule[];

/** Sizes that lie far apart, so that reach surely moves much. */
function sizesOf({ audiences }: Plan, seed: number): ReadonlyMap<string, AudienceSize> {
  const counts = [10, 1_000_000, 0];
  return new Map(
    Object.keys(audiences).map((id, n) => {
      const count = counts[(n + seed) % counts.length] ?? 0;
      return [id, { count, isExact: true, at: null }];
    }),
  );
}

const writesOf = (applied: { readonly exchanges: readonly Exchange[] } | null) =>
  (applied?.exchanges ?? []).filter(isWrite);

describe("nothing is written while a rule is broken, whatever faults, edits, locks and signals come", () => {
  test("each rule that is broken when the run begins, hard or soft, stops all of it", async () => {
    const stopped = new Map(PLAN_RULES.map((rule) => [rule, 0]));
    for (const seed of schedules(500)) {
      const run = await planSeed(seed);
      const plan = run.plan === null ? samplePlan([]) : withSizes(run.plan, sizesOf(run.plan, seed));
      const broken = PLAN_RULES.map((rule, n) => {
        const strength = (seed + n) % 2 === 0 ? "hard" : "soft";
        return { rule, by: rules([STRICT[rule]], { strength: { [rule]: strength } }) };
      }).filter(({ by }) => findingsOf(by, plan).some(stops));
      // Two rules a schedule, those of the fewest so far: so it takes seconds, and a rare one gets its share.
      const timesOf = ({ rule }: { readonly rule: PlanRule }) => stopped.get(rule) ?? 0;
      for (const { rule, by } of broken.sort((a, b) => timesOf(a) - timesOf(b)).slice(0, 2)) {
        const applied = await run.apply(plan, () => by);
        const { report, conditions } = applied.result;
        const updates = report.results.filter((_, index) => plan.changes[index]?.action === "update");
        expect([seed, rule, writesOf(applied)]).toEqual([seed, rule, []]);
        expect(updates.filter(({ outcome }) => outcome !== "not-attempted")).toEqual([]);
        expect(conditions).toContain("guardrail");
        expect(report.findings.filter(stops).map((finding) => finding.rule)).toContain(rule);
        stopped.set(rule, (stopped.get(rule) ?? 0) + 1);
      }
      run.end();
    }
    expect([...stopped].filter(([, times]) => times < 50)).toEqual([]);
  }, 60_000);

  test("a freeze that begins while the run goes on", async () => {
    let written = 0;
    let held = 0;
    for (const seed of schedules(40)) {
      const after = (seed % 10) * 300;
      const run = await planSeed(seed);
      const applied =
        run.plan &&
        (await run.apply(run.plan, (beganAt) => rules([{ freeze: [{ ...ALWAYS, from: beganAt + after }] }])));
      run.end();
      const from = (applied?.startedAt ?? 0) + after;
      expect([seed, writesOf(applied).filter(({ at }) => at >= from)]).toEqual([seed, []]);
      written += writesOf(applied).length;
      held += (applied?.result.report.results ?? []).filter(({ reason }) => reason === "guardrail").length;
    }
    expect([written > 0, held > 0]).toEqual([true, true]);
  }, 60_000);
});
