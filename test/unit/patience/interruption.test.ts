import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { apply } from "../../../src/commands/apply.ts";
import { plan } from "../../../src/commands/plan.ts";
import { wait } from "../../../src/commands/wait.ts";
import { InterruptedError } from "../../../src/domain/errors.ts";
import { interruptibly } from "../../../src/patience/interruption.ts";
import { fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const ONE = campaignId(1);
const TOOL = { name: "campaignctl", version: "0" };

/** What callers abort with: a time-out, nothing of their own, their own error, a text. */
const REASONS = [
  new DOMException("The operation timed out.", "TimeoutError"),
  undefined,
  new Error("I had enough."),
  "enough",
];

describe.each(REASONS)("a caller's own signal that aborts with %s", (reason) => {
  const input = {
    specs: [spec(ONE, binding([1, 2]))],
    warnings: [],
    environment: null,
    apiUrl: "x",
    tool: TOOL,
  };

  test("ends a plan and a wait with their results", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: binding([1]) } }, clock);
    const stop = new AbortController();
    stop.abort(reason);
    const ports = { ...api, clock, onEvent: () => undefined };
    expect(await plan(input, ports, stop.signal)).toMatchObject({
      plan: { changes: [{ action: "error", error: { code: "interrupted" } }] },
    });
    expect(await wait({ ...input, timeoutMs: 1_000, after: null }, ports, stop.signal)).toMatchObject({
      report: { results: [{ outcome: "not-attempted", reason: "interrupted" }] },
    });
  });

  test("ends an apply after a write with its report, and the write is verified", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: binding([1]) } }, clock);
    const stop = new AbortController();
    const ports = { ...api, clock, onEvent: () => undefined };
    const planned = await plan(input, ports, stop.signal);
    if (planned.kind === "no-access") throw planned.error;
    api.afterWrite = () => stop.abort(reason);
    const { report } = await apply(
      { ...planned, tool: TOOL, startedAt: 0 },
      { expectDigest: null, maxPlanAge: null, confirm: null },
      { parallelism: 1, wait: "until-confirmed", timeoutMs: 60_000, idleMs: 1_000 },
      ports,
      stop.signal,
    );
    expect(report.results).toMatchObject([{ outcome: "applied", unconfirmedReason: "interrupted" }]);
  });
});

test("an interruption by a signal keeps its name", async () => {
  const stop = new AbortController();
  const seen = interruptibly(stop.signal, async (signal) => {
    stop.abort(new InterruptedError("SIGTERM"));
    return signal.reason;
  });
  expect(await seen).toMatchObject({ signalName: "SIGTERM" });
});

test("a signal that outlives many runs keeps no listener of them", async () => {
  const { signal } = new AbortController();
  await interruptibly(signal, async () => undefined);
  await expect(interruptibly(signal, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
