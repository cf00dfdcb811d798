import { describe, expect, test } from "vitest";
import { binding, campaignId } from "../support/bindings.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const DESIRED = binding([1, 2], [8]);
const LIVE = binding([1], [9]);
const CAMPAIGN = { id: campaignId(1), desired: DESIRED, live: LIVE };

/** The open questions of the API that a campaign answers by itself, each played each way. */
const OF_A_CAMPAIGN: Readonly<Record<string, readonly unknown[]>> = {
  reachAfterPut: ["idle", "pending", "old-ok"],
  evaluation: ["automatic", "lazy"],
  isStale: ["accurate", "always-false", "missing"],
  countWhilePending: ["none", "old"],
  timestamps: ["milliseconds", "seconds"],
  updatedAtBumped: [true, false],
  unknownAudience: ["accepted"],
  entryOrder: ["kept", "reversed"],
  idCase: ["kept", "upper"],
  fullObject: ["as-summary", "as-put"],
  campaignIdField: ["campaignId", "id", "both"],
  identicalPut: ["resets", "no-op"],
  omittedExclude: ["clears", "keeps"],
  summaryNulls: ["filled", "null-values", "missing"],
  extraFields: [true, false],
  namesNull: [true, false],
};

/** Those that the whole server answers. */
const OF_THE_SERVER: Readonly<Record<string, readonly unknown[]>> = {
  correlationId: ["header-and-body", "header", "body", "none"],
  validationStatus: [400, 422],
  malformedId: [400, 404],
};

function ways(switches: Readonly<Record<string, readonly unknown[]>>) {
  return Object.entries(switches).flatMap(([name, values]) => values.map((value) => ({ [name]: value })));
}

async function applyTwice(world: TestWorld, ways: readonly unknown[]): Promise<void> {
  const applied = await world.run(["apply", "--yes", "--format", "json"]);
  const confirmed = { outcome: "applied", reach: { status: "ok", confirmed: true } };
  const { results } = applied.json() as { results: readonly unknown[] };
  for (const [index, way] of ways.entries())
    expect({ way, result: results[index] }).toMatchObject({ result: confirmed });
  expect(applied.code).toBe(0);
  await world.sandbox.forget();
  const again = await world.run(["apply", "--yes", "--format", "json"]);
  expect(again.json()).toMatchObject({ summary: { unchanged: ways.length } });
  expect((await world.sandbox.requests()).filter(({ method }) => method === "PUT")).toEqual([]);
}

describe("apply is right whichever way it falls", () => {
  test("each question that a campaign answers by itself", async () => {
    const all = ways(OF_A_CAMPAIGN);
    const campaigns = all.map((switches, index) => ({
      ...CAMPAIGN,
      id: campaignId(index),
      seed: { switches },
    }));
    const world = await makeWorld(campaigns, { flags: ["--reach-delay", "1s"] });
    await applyTwice(world, all);
    await world.end();
  });

  test.each(ways(OF_THE_SERVER).map((switches) => [JSON.stringify(switches), switches] as const))(
    "%s",
    async (_, switches) => {
      const world = await makeWorld([CAMPAIGN], { seed: { switches } });
      await applyTwice(world, [switches]);
      await world.end();
    },
  );
});

describe("where it cannot be right, it says so", () => {
  const apply = async (seed: Readonly<Record<string, unknown>>, flags: readonly string[] = []) => {
    const world = await makeWorld([{ ...CAMPAIGN, seed }], {
      seed: { audiences: [8, 1].map((n) => ({ ...binding([n]).include[0], size: 100 })) },
    });
    const ran = await world.run(["apply", "--yes", "--format", "json", ...flags]);
    await world.end();
    return ran;
  };

  test("an unknown audience is refused by the API: failed, with its code", async () => {
    const ran = await apply({ switches: { unknownAudience: "refused" } });
    expect(ran.code).toBe(8);
    expect(ran.json()).toMatchObject({ results: [{ outcome: "failed", error: { mayHaveLanded: false } }] });
  });

  test("an unknown audience makes the evaluation fail: applied, not confirmed", async () => {
    const ran = await apply({ switches: { unknownAudience: "reach-failed" } });
    expect(ran.code).toBe(10);
    expect(ran.json()).toMatchObject({
      results: [{ outcome: "applied", unconfirmedReason: "evaluation-failed" }],
    });
  });

  test.each([
    ["the API drops the exclude", "drops-exclude"],
    ["the API keeps the old audiences", "keeps-old"],
  ])("case 60: failed as not converged, and it may have landed (%s)", async (_, storeSomethingElse) => {
    const ran = await apply({ switches: { storeSomethingElse } });
    expect(ran.code).toBe(8);
    expect(ran.json()).toMatchObject({
      results: [{ outcome: "failed", reason: "not-converged", error: { mayHaveLanded: true } }],
    });
  });

  test.each([
    ["the evaluation never begins", { evaluation: "never" }],
    ["ok, but always stale", { isStale: "always-true", unknownAudience: "accepted" }],
  ])("%s: a time-out, not success", async (_, switches) => {
    const ran = await apply({ switches }, ["--wait-timeout", "1s"]);
    expect(ran.code).toBe(10);
    expect(ran.json()).toMatchObject({ results: [{ outcome: "applied", unconfirmedReason: "timeout" }] });
  });

  test("somebody locks it between the re-read and the write: skipped", async () => {
    const ran = await apply({ beforePut: "lock" });
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({ results: [{ outcome: "skipped", reason: "not-draft" }] });
  });
});
