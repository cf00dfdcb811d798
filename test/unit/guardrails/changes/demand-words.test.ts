import { describe, expect, test } from "vitest";
import { demandWords, insteadWords } from "../../../../src/guardrails/changes/demand-words.ts";
import type { AudienceDemand, LimitDemand } from "../../../../src/guardrails/changes/demands.ts";
import { named, ruleScope } from "../../../support/samples/guardrails.ts";

const SMS = ruleScope({ channel: "sms" });
const SMS_EU = ruleScope({ channel: "sms", labels: { region: "eu", tier: "gold" } });

const audience = (n: number, more: Partial<AudienceDemand> = {}): AudienceDemand => ({
  ...{ what: "audience", rule: "require-exclude", scope: null },
  ...{ audience: named(n), ...more },
});

const idOf = (n: number): string => named(n).audienceId;

describe("what is asked is said", () => {
  test.each<[LimitDemand["rule"], number, LimitDemand["limit"]["unit"], string, string]>([
    [
      ...(["max-changes", 1, "number"] as const),
      "at most 1 campaign may change in one run",
      "at most 1 campaign of channel sms may change in one run",
    ],
    [
      ...(["max-changes", 30, "percent"] as const),
      "at most 30% of the campaigns may change in one run",
      "at most 30% of the campaigns of channel sms may change in one run",
    ],
    [
      ...(["reach-min", 2000, "number"] as const),
      "at least 2,000 people are reached",
      "at least 2,000 people are reached in campaigns of channel sms",
    ],
    [
      ...(["reach-max", 2000, "number"] as const),
      "at most 2,000 people are reached",
      "at most 2,000 people are reached in campaigns of channel sms",
    ],
    [
      ...(["reach-increase", 5, "percent"] as const),
      "reach grows by at most 5%",
      "reach grows by at most 5% in campaigns of channel sms",
    ],
    [
      ...(["reach-decrease", 5, "percent"] as const),
      "reach shrinks by at most 5%",
      "reach shrinks by at most 5% in campaigns of channel sms",
    ],
  ])("of %s %i (%s)", (rule, value, unit, forAll, forSome) => {
    const demand = { what: "limit", rule, limit: { unit, value } } as const;
    expect(demandWords({ ...demand, scope: null })).toBe(forAll);
    expect(demandWords({ ...demand, scope: SMS })).toBe(forSome);
  });

  test("of a time, which has begun or not", () => {
    const [from, to] = [Date.parse("2026-12-24T00:00:00Z"), Date.parse("2026-12-27T12:30:00Z")];
    const freeze = { ...({ what: "freeze", rule: "freeze" } as const), from, to };
    expect(demandWords({ ...freeze, hasBegun: false, scope: null })).toBe(
      "nothing is written from 2026-12-24 00:00 UTC until 2026-12-27 12:30 UTC",
    );
    expect(demandWords({ ...freeze, hasBegun: true, scope: SMS })).toBe(
      "nothing is written in campaigns of channel sms until 2026-12-27 12:30 UTC",
    );
  });

  test("of audiences, by name and id", () => {
    const named2 = audience(2, { audience: named(2, "staff"), scope: SMS_EU });
    expect(demandWords(named2)).toBe(
      `"staff" (${idOf(2)}) must be excluded in campaigns of channel sms, region eu, tier gold`,
    );
    expect(demandWords(audience(1, { rule: "forbid-include" }), audience(3))).toBe(
      `${idOf(1)}, ${idOf(3)} may not be included`,
    );
  });

  test("of more than ten audiences, by how many more", () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => audience(n + 1));
    const [first, ...rest] = many(10) as [AudienceDemand, ...AudienceDemand[]];
    const ten = many(10).map(({ audience: { audienceId } }) => audienceId);
    expect(demandWords(first, ...rest)).toBe(`${ten.join(", ")} must be excluded`);
    expect(demandWords(...(many(12) as [AudienceDemand]))).toBe(
      `${ten.join(", ")} and 2 more must be excluded`,
    );
  });
});

test("what is asked of others instead is said of both, each once", () => {
  const demand = audience(1, { scope: SMS });
  const eu = audience(1, { scope: ruleScope({ labels: { region: "eu" } }) });
  expect(insteadWords(demand, [eu, eu, audience(1)], [audience(2)])).toBe(
    `Asked of campaigns of region eu and all campaigns now, before of campaigns of channel sms: ${idOf(1)}, ${idOf(2)} must be excluded.`,
  );
});
