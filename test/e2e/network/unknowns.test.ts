import { describe, expect, onTestFinished, test } from "vitest";
import { injected } from "../../support/program/cli.ts";
import { makeWorldHere, type TestWorld } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

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
  openEvaluation: ["dropped", "finishes"],
  evaluatorClockMs: [0, 3_000],
  readLagMs: [0, 1_500],
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
    const world = await makeWorldHere(campaigns, { reachDelayMs: 1_000 });
    onTestFinished(world.end);
    await applyTwice(world, all);
  });

  test.each(ways(OF_THE_SERVER).map((switches) => [JSON.stringify(switches), switches] as const))(
    "%s",
    async (_, switches) => {
      const world = await makeWorldHere([CAMPAIGN], { seed: { switches } });
      onTestFinished(world.end);
      await applyTwice(world, [switches]);
    },
  );
});

describe("where it cannot be right, it says so", () => {
  const apply = async (
    seed: Readonly<Record<string, unknown>>,
    flags: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ) => {
    const world = await makeWorldHere([{ ...CAMPAIGN, seed }], {
      seed: { audiences: [8, 1].map((n) => ({ ...binding([n]).include[0], size: 100 })) },
    });
    onTestFinished(world.end);
    const ran = await world.run(["apply", "--yes", "--format", "json", ...flags], { env });
    return ran;
  };
  /** A read-back looks for half a minute: in this process time passes fifty times as fast. */
  const hurried = injected(`
    import timers from "node:timers/promises";
    import { syncBuiltinESMExports } from "node:module";
    const sleep = timers.setTimeout;
    timers.setTimeout = (ms, ...rest) => sleep(ms / 50, ...rest);
    syncBuiltinESMExports();`);

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
    const ran = await apply({ switches: { storeSomethingElse } }, [], hurried);
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

  test("an evaluator whose clock is behind proves nothing by its time, but by being seen to begin and to end", async () => {
    const ran = await apply({
      switches: { evaluatorClockMs: -3_000, reachAfterPut: "pending", unknownAudience: "accepted" },
    });
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({ results: [{ outcome: "applied", reach: { confirmed: true } }] });
  });

  test("an evaluation that is older than the write by its own clock, and was not seen to begin: not proven", async () => {
    const seed = { switches: { evaluatorClockMs: -60_000 } };
    const world = await makeWorldHere([{ ...CAMPAIGN, seed }], { reachDelayMs: 1 });
    onTestFinished(world.end);
    const ran = await world.run(["apply", "--yes", "--format", "json", "--wait-timeout", "1s"]);
    expect(ran.code).toBe(10);
    expect(ran.json()).toMatchObject({ results: [{ outcome: "applied", unconfirmedReason: "not-proven" }] });
  });

  test("an evaluation of the old audiences that ends after the write is not taken for the new one", async () => {
    const world = await makeWorldHere(
      [
        {
          ...CAMPAIGN,
          seed: {
            switches: { openEvaluation: "finishes" },
            reach: { status: "pending", evaluatedCount: 777 },
          },
        },
      ],
      { reachDelayMs: 3_000 },
    );
    onTestFinished(world.end);
    const ran = await world.run(["apply", "--yes", "--format", "json"]);
    expect(ran.code).toBe(0);
    // Two included audiences of a thousand people, one excluded.
    expect(ran.json()).toMatchObject({
      results: [{ outcome: "applied", reach: { confirmed: true, evaluatedCount: 1_000 } }],
    });
  });

  test("somebody locks it between the re-read and the write: skipped", async () => {
    const ran = await apply({ beforePut: "lock" });
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({ results: [{ outcome: "skipped", reason: "not-draft" }] });
  });
});
