import { expect, test } from "vitest";
import { applyPlan } from "../../../src/apply/apply-plan.ts";
import { plan } from "../../../src/commands/plan.ts";
import type { Clock } from "../../../src/domain/ports.ts";
import { fakeApi, fakeClock, type ReachScript } from "../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const HOUR_MS = 3_600_000;
const IDS = Array.from({ length: 8 }, (_, index) => campaignId(index));

/** Ready after a while. */
const ready: ReachScript = (ms) => (ms < 700 ? { status: "pending", evaluatedAt: null } : { status: "ok" });

/** Never ready: only the time-out ends the wait. */
const stuck: ReachScript = () => ({ status: "pending", evaluatedAt: null });

/** Applies while our wall clock jumps at the n-th request; the API's own clock goes on as ever. */
async function applyWithJump(script: ReachScript, jumpMs: number, atRequest: number) {
  const real = fakeClock();
  let offset = 0;
  let requests = 0;
  const clock: Clock = { ...real, now: () => real.now() + offset };
  const live = { audience: binding([1]) };
  const api = fakeApi(Object.fromEntries(IDS.map((id) => [id, live])), real, script);
  const jump = () => {
    requests += 1;
    if (requests === atRequest) offset = jumpMs;
  };
  api.beforeRead = jump;
  api.beforeWrite = jump;
  const { signal } = new AbortController();
  const tool = { name: "campaignctl", version: "0" };
  const specs = IDS.map((id) => spec(id, binding([1, 2])));
  const input = { specs, warnings: [], environment: null, apiUrl: "x", tool };
  const planned = await plan(input, { reader: api.reader, clock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  const options = { parallelism: 2, wait: "until-confirmed", timeoutMs: 60_000, idleMs: 30_000 } as const;
  const ports = { reader: api.reader, writer: api.writer, clock, onEvent: () => undefined };
  const results = await applyPlan(planned.plan, planned.live, options, ports, signal);
  return { results, slept: real.slept, tookMs: real.monotonic() };
}

test.each([
  ["an hour ahead", HOUR_MS],
  ["an hour back", -HOUR_MS],
])(
  "case 76: whenever the clock jumps, every pause, time-out and result is as if it had not (%s)",
  async (_, jumpMs) => {
    for (const script of [ready, stuck]) {
      const undisturbed = await applyWithJump(script, 0, 1);
      expect(undisturbed.results[0]).toMatchObject({
        outcome: "applied",
        unconfirmedReason: script === ready ? null : "timeout",
      });
      for (const atRequest of [1, 9, 12, 15, 20, 25, 30, 35, 40]) {
        expect(await applyWithJump(script, jumpMs, atRequest)).toEqual(undisturbed);
      }
    }
  },
);
