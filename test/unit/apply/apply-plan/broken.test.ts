import { describe, expect, test } from "vitest";
import { createLedger } from "../../../../src/apply/ledger.ts";
import { apply } from "../../../../src/commands/apply.ts";
import { plan } from "../../../../src/commands/plan.ts";
import type { ProgressEvent } from "../../../../src/domain/ports.ts";
import { type FakeApi, fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../../support/samples/bindings.ts";

const COUNT = 20;
const TOOL = { name: "campaignctl", version: "0" };
const BUG = new TypeError("undefined is not a function");

/** Applies twenty changes, one after the other; something in it breaks. */
async function run(
  breaks: (api: FakeApi) => void,
  onEvent: (event: ProgressEvent) => void = () => undefined,
) {
  const clock = fakeClock();
  const ids = Array.from({ length: COUNT }, (_, index) => campaignId(index));
  const api = fakeApi(Object.fromEntries(ids.map((id) => [id, { audience: binding([1]) }])), clock);
  const { signal } = new AbortController();
  const specs = ids.map((id) => spec(id, binding([1, 2])));
  const input = { specs, warnings: [], environment: null, apiUrl: "x", tool: TOOL };
  const planned = await plan(input, { reader: api.reader, clock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  breaks(api);
  const ledger = createLedger(planned.plan);
  const error = await apply(
    { ...planned, tool: TOOL, startedAt: 0 },
    { expectDigest: null, maxPlanAge: null, confirm: null },
    { parallelism: 1, wait: "until-confirmed", timeoutMs: 600_000, idleMs: 1_000 },
    { ...api, clock, onEvent, ledger },
    signal,
  ).catch((thrown: unknown) => thrown);
  await clock.sleep(3_600_000);
  return { api, error, results: ledger.results(), took: clock.monotonic() - 3_600_000 };
}

describe("a bug in one campaign", () => {
  test("in a read: it is thrown, but no other campaign begins, and the ledger tells what was written", async () => {
    const { api, error, results } = await run((it) => {
      it.beforeRead = (id) => {
        if (id === campaignId(3)) throw BUG;
      };
    });
    expect(error).toBe(BUG);
    expect(api.writes).toHaveLength(3);
    expect(results.filter(({ outcome }) => outcome === "applied")).toHaveLength(3);
    expect(results.filter(({ outcome }) => outcome === "not-attempted")).toHaveLength(COUNT - 3);
  });

  test("in a write: it may have landed", async () => {
    const { api, results } = await run((it) => {
      it.afterWrite = (id) => {
        if (id === campaignId(1)) throw BUG;
      };
    });
    expect(api.writes).toHaveLength(2);
    expect(results[1]).toMatchObject({ outcome: "failed", error: { mayHaveLanded: true } });
  });

  test("in a look at reach: the waits end, and no later one is lost", async () => {
    const { error, results, took } = await run((it) => {
      it.beforeRead = (id, count) => {
        if (id === campaignId(0) && count > 3) throw BUG;
      };
    });
    expect(error).toBe(BUG);
    expect(results.some(({ outcome }) => outcome === "applied")).toBe(true);
    expect(took).toBeLessThan(600_000);
  });
});

test("a caller's onEvent that throws ends the run in the same way", async () => {
  let events = 0;
  const { api, error } = await run(
    () => undefined,
    () => {
      events += 1;
      if (events === 2) throw BUG;
    },
  );
  expect(error).toBe(BUG);
  expect(api.writes.length).toBeLessThanOrEqual(2);
});
