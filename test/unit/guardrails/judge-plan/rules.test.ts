import { describe, expect, test } from "vitest";
import { stops } from "../../../../src/guardrails/stops.ts";
import { findingsOf, NOON, named, rules } from "../../../support/samples/guardrails.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleReach,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const UPDATE = sampleUpdate(1);
const { campaignId } = UPDATE;
const REQUIRED = rules([{ requireExclude: [named(9, "suppressions"), named(8)] }]);

/** What is told, each as `rule state strength`. */
const told = (findings: ReturnType<typeof findingsOf>) =>
  findings.map(({ rule, state, strength }) => `${rule} ${state} ${strength}`);

describe("require-exclude", () => {
  test("each required audience that is not excluded is a finding of its own", () => {
    const findings = findingsOf(REQUIRED, samplePlan([UPDATE]));
    expect(findings).toEqual([
      {
        rule: "require-exclude",
        strength: "hard",
        campaignId,
        source: UPDATE.source,
        message: `It does not exclude ${audience(8).audienceId}, which must be excluded.`,
        audienceIds: [audience(8).audienceId],
        state: "broken",
        waiver: null,
        allowedReason: null,
      },
    ]);
  });

  test("a draft in sync is judged, too; a locked campaign by what it has, and is only told", () => {
    const inSync = sampleNoOp(1, { before: binding([audience(1)]), after: binding([audience(1)]) });
    const locked = sampleNoOp(2, { authoringStatus: "sent" });
    const skipped = sampleSkip(3, {
      before: binding([audience(1)]),
      after: binding([audience(1)], [audience(9, "audience"), audience(8)]),
    });
    const by = rules([{ requireExclude: [named(9)] }]);
    const findings = findingsOf(by, samplePlan([inSync, locked, skipped]));
    expect(told(findings)).toEqual([
      "require-exclude broken hard",
      "require-exclude broken warn",
      "require-exclude broken warn",
    ]);
    expect(findings.at(-1)?.message).toContain("not draft");
  });

  test("one that is excluded and known to be empty is told, and stops nothing", () => {
    const plan = samplePlan([UPDATE]);
    const size = (count: number, isExact: boolean | null) => ({
      ...plan,
      audiences: {
        [audience(9).audienceId]: {
          ...({ name: "Nobody", type: "audience", nameFrom: "live", owner: null } as const),
          ...{ description: null, groups: [], size: { count, isExact, at: null } },
        },
      },
    });
    const by = rules([{ requireExclude: [named(9)] }]);
    expect(told(findingsOf(by, size(0, true)))).toEqual(["require-exclude broken warn"]);
    expect(told(findingsOf(by, size(0, null)))).toEqual(["require-exclude broken warn"]);
    expect(findingsOf(by, size(0, false))).toEqual([]);
    expect(findingsOf(by, size(1, true))).toEqual([]);
  });

  test("what could not be read is not judged", () => {
    expect(findingsOf(REQUIRED, samplePlan([sampleUnreadable(1)]))).toEqual([]);
  });
});

test("forbid-include: each forbidden audience that is included", () => {
  const by = rules([{ forbidInclude: [named(2, "internal"), named(5)] }]);
  const findings = findingsOf(by, samplePlan([UPDATE, sampleNoOp(2)]));
  expect(told(findings)).toEqual(["forbid-include broken hard"]);
  expect(findings[0]?.message).toBe(
    `It includes "internal" (${audience(2).audienceId}), which must not be included.`,
  );
});

describe("max-changes", () => {
  const plan = (updates: number, inSync: number, locked = 0) =>
    samplePlan([
      ...Array.from({ length: updates }, (_, n) => sampleUpdate(n + 1)),
      ...Array.from({ length: inSync }, (_, n) => sampleNoOp(100 + n)),
      ...Array.from({ length: locked }, (_, n) => sampleNoOp(200 + n, { authoringStatus: "sent" })),
    ]);
  const most = (value: number, unit: "number" | "percent" = "number") =>
    rules([{ maxChanges: { unit, value } }]);

  test("more than the number breaks it; it speaks of the run", () => {
    expect(findingsOf(most(2), plan(2, 0))).toEqual([]);
    const [finding] = findingsOf(most(2), plan(3, 0));
    expect(finding).toMatchObject({ rule: "max-changes", campaignId: null, source: null, strength: "soft" });
  });

  test("with nothing to write it holds, whatever the limit", () => {
    expect(findingsOf(most(0), plan(0, 5))).toEqual([]);
    expect(told(findingsOf(most(0), plan(1, 5)))).toEqual(["max-changes broken soft"]);
  });

  test("a percentage counts from ten campaigns that are not known to be locked; exactly so much passes", () => {
    expect(findingsOf(most(10, "percent"), plan(5, 4, 3))).toEqual([]);
    expect(findingsOf(most(50, "percent"), plan(5, 5, 3))).toEqual([]);
    expect(told(findingsOf(most(49, "percent"), plan(5, 5, 3)))).toEqual(["max-changes broken soft"]);
    expect(findingsOf(most(58, "percent"), plan(29, 21))).toEqual([]);
    expect(told(findingsOf(most(57, "percent"), plan(29, 21)))).toEqual(["max-changes broken soft"]);
  });

  test("it is told how many would change, and how many may", () => {
    const words = (by: ReturnType<typeof most>, of = plan(5, 5, 3)) => findingsOf(by, of)[0]?.message;
    expect(words(most(0), plan(1, 0))).toBe("1 campaign would change; at most 0 may.");
    expect(words(most(4))).toBe("5 campaigns would change; at most 4 may.");
    expect(words(most(49, "percent"))).toBe("5 of 10 campaigns would change; at most 49% may.");
  });

  test("one that could not be read may be a draft, so it counts among the campaigns", () => {
    const unread = samplePlan([...plan(5, 4).changes, sampleUnreadable(50)]);
    expect(told(findingsOf(most(49, "percent"), unread))).toEqual(["max-changes broken soft"]);
    expect(findingsOf(most(50, "percent"), unread)).toEqual([]);
  });

  test("campaigns that were not looked at count among the declared ones", () => {
    const part = plan(5, 5);
    const scope = { ...part.scope, kind: "changed" as const, declared: 20 };
    expect(findingsOf(most(25, "percent"), { ...part, scope })).toEqual([]);
    expect(told(findingsOf(most(24, "percent"), { ...part, scope }))).toEqual(["max-changes broken soft"]);
  });
});

test("freeze: from counts, to does not, and where nothing is to be written it holds", () => {
  const frozen = (from: number, to: number) =>
    rules([{ freeze: [{ from, to, until: "2026-12-27T00:00:00Z", reason: "holidays" }] }]);
  const plan = samplePlan([UPDATE]);
  expect(told(findingsOf(frozen(NOON, NOON + 1), plan))).toEqual(["freeze broken soft"]);
  expect(findingsOf(frozen(NOON - 1, NOON), plan)).toEqual([]);
  expect(findingsOf(frozen(NOON + 1, NOON + 2), plan)).toEqual([]);
  expect(findingsOf(frozen(NOON, NOON + 1), samplePlan([sampleNoOp(1)]))).toEqual([]);
  expect(findingsOf(frozen(NOON, NOON + 1), plan)[0]?.message).toBe(
    'Nothing may be written until 2026-12-27 00:00 UTC ("holidays").',
  );
  const quiet = { from: NOON, to: NOON + 1, until: "2026-12-27T00:00:00Z", reason: null };
  expect(findingsOf(rules([{ freeze: [quiet] }]), plan)[0]?.message).toBe(
    "Nothing may be written until 2026-12-27 00:00 UTC.",
  );
});

describe("reach", () => {
  const reach = (limits: Partial<Record<"min" | "max" | "maxIncrease" | "maxDecrease", number>>) =>
    rules([{ reach: { min: null, max: null, maxIncrease: null, maxDecrease: null, ...limits } }]);
  const known = (count: number) => sampleNoOp(1, { reach: sampleReach({ evaluatedCount: count }) });

  test("what is not known is possible, and stops nothing", () => {
    const findings = findingsOf(
      reach({ min: 1, max: 2, maxIncrease: 3, maxDecrease: 4 }),
      samplePlan([sampleUpdate(1, { reach: sampleReach({ status: "idle" }) })]),
    );
    expect(told(findings)).toEqual([
      "reach-min possible soft",
      "reach-max possible soft",
      "reach-increase possible soft",
      "reach-decrease possible soft",
    ]);
    expect(findings.some(stops)).toBe(false);
  });

  test("of a campaign that this run does not change it is only told, and a change of reach is none of its own", () => {
    expect(
      told(findingsOf(reach({ max: 4, maxIncrease: 0, maxDecrease: 0 }), samplePlan([known(5)]))),
    ).toEqual(["reach-max broken warn"]);
    expect(findingsOf(reach({ min: 5, max: 5 }), samplePlan([known(5)]))).toEqual([]);
  });

  test("a change that can only reach fewer cannot reach too many for certain, but too few", () => {
    const narrows = sampleUpdate(1, {
      before: binding([audience(1)]),
      after: binding([audience(1)], [audience(2)]),
      reach: sampleReach({ evaluatedCount: 100 }),
    });
    expect(told(findingsOf(reach({ min: 101, max: 100, maxIncrease: 0 }), samplePlan([narrows])))).toEqual([
      "reach-min broken soft",
    ]);
  });

  test("no count that others may not read is told", () => {
    const [finding] = findingsOf(reach({ max: 4 }), samplePlan([known(5)]));
    expect(finding?.message).toBe("It reaches fewer than 20 people; at most 4 may be.");
  });
});

describe("an audience is named", () => {
  const plan = samplePlan([sampleUpdate(1, { after: binding([audience(1)]) })]);
  const facts = {
    ...({ name: "Buyers", type: "segment", nameFrom: "live", owner: null } as const),
    ...{ description: null, groups: [], size: null },
  };
  const known: typeof plan = { ...plan, audiences: { [audience(8).audienceId]: facts } };
  const words = (name: string | null, of = known) =>
    findingsOf(rules([{ requireExclude: [named(8, name)] }]), of).map(({ message }) => message);

  test.each([
    ["as the rule does", "staff", known, `"staff" (${audience(8).audienceId})`],
    ["as the API does where the rule has no name", null, known, `"Buyers" (${audience(8).audienceId})`],
    ["by its id where nobody knows a name", null, plan, audience(8).audienceId],
  ])("%s", (_, name, of, who) => {
    expect(words(name, of)).toContain(`It does not exclude ${who}, which must be excluded.`);
  });

  test("and of one that is excluded but empty it is said so", () => {
    const size = { count: 0, isExact: true, at: null };
    const empty = samplePlan([sampleUpdate(1, { after: binding([audience(1)], [audience(8)]) })], {
      audiences: { [audience(8).audienceId]: { ...facts, size } },
    });
    expect(words("staff", empty)[0]).toBe(
      `It excludes "staff" (${audience(8).audienceId}), which must be excluded, but nobody is in that audience.`,
    );
  });
});
