import { describe, expect, test } from "vitest";
import { apply } from "../../../src/commands/apply.ts";
import type { Approval } from "../../../src/commands/approval.ts";
import { conditionsOfPlan, plan } from "../../../src/commands/plan.ts";
import { wait } from "../../../src/commands/wait.ts";
import { AccessError, InterruptedError, NetworkError, UsageError } from "../../../src/domain/errors.ts";
import { exitCodeOf } from "../../../src/domain/exit-codes.ts";
import { type FakeApi, type FakeClock, fakeApi, fakeClock, OLD_REACH } from "../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const ONE = campaignId(1);
const TWO = campaignId(2);
const BEFORE = binding([1]);
const AFTER = binding([1, 2]);
const NOTHING_ASKED: Approval = { expectDigest: null, maxPlanAge: null, confirm: null };
const TOOL = { name: "campaignctl", version: "0" };

function inputOf(ids: readonly string[]) {
  const specs = ids.map((id) => spec(id, AFTER));
  return { specs, warnings: [], environment: null, apiUrl: "https://api.example.test", tool: TOOL };
}

type Case = { readonly api: FakeApi; readonly clock: FakeClock; readonly controller?: AbortController };

async function planned({ api, clock }: Case, ids: readonly string[]) {
  const made = await plan(inputOf(ids), { reader: api.reader, clock }, new AbortController().signal);
  if (made.kind === "no-access") throw made.error;
  return made;
}

/** Plans, and carries the plan out as `saved`, or as made in this run. */
async function run(on: Case, approval: Partial<Approval>, saved: "saved" | "fresh" = "fresh") {
  const made = await planned(on, [ONE]);
  const input = {
    plan: made.plan,
    live: saved === "saved" ? null : made.live,
    accessError: made.accessError,
    tool: TOOL,
    startedAt: on.clock.now(),
  };
  const ports = { reader: on.api.reader, writer: on.api.writer, clock: on.clock, onEvent: () => undefined };
  const options = { parallelism: 1, wait: "none" } as const;
  const { signal } = on.controller ?? new AbortController();
  const { report, conditions } = await apply(
    input,
    { ...NOTHING_ASKED, ...approval },
    options,
    ports,
    signal,
  );
  const [result] = report.results;
  return { outcome: `${result?.outcome} ${result?.reason}`, code: exitCodeOf(conditions) };
}

function drafting(): Case {
  const clock = fakeClock();
  return { clock, api: fakeApi({ [ONE]: { audience: BEFORE } }, clock) };
}

describe("nothing is written", () => {
  test("of a plan that is too old", async () => {
    const on = drafting();
    const made = await planned(on, [ONE]);
    const old = { ...made.plan, createdAt: new Date(on.clock.now() - 3_600_001).toISOString() };
    const input = { plan: old, live: null, accessError: null, tool: TOOL, startedAt: 0 };
    const ports = { reader: on.api.reader, writer: on.api.writer, clock: on.clock, onEvent: () => undefined };
    const { report, conditions } = await apply(
      input,
      { ...NOTHING_ASKED, maxPlanAge: 3_600_000 },
      { parallelism: 1, wait: "none" },
      ports,
      new AbortController().signal,
    );
    expect(report.results[0]).toMatchObject({ outcome: "not-attempted", reason: "plan-too-old" });
    expect(exitCodeOf(conditions)).toBe(9);
    expect(on.api.writes).toEqual([]);
  });

  test("of a plan with another digest", async () => {
    const on = drafting();
    expect(await run(on, { expectDigest: "sha256:0" })).toEqual({ outcome: "stale digest-differs", code: 7 });
    expect(on.api.writes).toEqual([]);
  });

  test("when a person says no", async () => {
    const on = drafting();
    expect(await run(on, { confirm: async () => false })).toEqual({
      outcome: "not-attempted declined",
      code: 8,
    });
    expect(on.api.writes).toEqual([]);
  });

  test("when the run is interrupted before or during the question", async () => {
    const controller = new AbortController();
    controller.abort(new InterruptedError("SIGINT"));
    const before = { ...drafting(), controller };
    const unasked = async () => {
      throw new Error("Asked although interrupted.");
    };
    expect(await run(before, { confirm: unasked })).toMatchObject({ outcome: "not-attempted interrupted" });
    const during = { ...drafting(), controller: new AbortController() };
    const confirm = async () => {
      during.controller.abort(new InterruptedError("SIGINT"));
      return false;
    };
    expect(await run(during, { confirm })).toMatchObject({ outcome: "not-attempted interrupted" });
  });
});

test("a person is asked about the plan, once, and only when there is something to write", async () => {
  const on = drafting();
  const asked: number[] = [];
  const confirm: Approval["confirm"] = async (made) => asked.push(made.summary.update) > 0;
  expect(await run(on, { confirm })).toEqual({ outcome: "applied null", code: 0 });
  expect(await run(on, { confirm })).toEqual({ outcome: "unchanged null", code: 0 });
  expect(asked).toEqual([1]);
});

test("a saved plan of which no update can be reached is unreachable, whatever else it says", async () => {
  const clock = fakeClock();
  const api = fakeApi({ [ONE]: { audience: BEFORE }, [TWO]: { audience: AFTER } }, clock);
  const made = await planned({ api, clock }, [ONE, TWO]);
  api.beforeRead = () => {
    throw new NetworkError("no answer");
  };
  const ports = { reader: api.reader, writer: api.writer, clock, onEvent: () => undefined };
  const { conditions } = await apply(
    { plan: made.plan, live: null, accessError: null, tool: TOOL, startedAt: 0 },
    NOTHING_ASKED,
    { parallelism: 1, wait: "none" },
    ports,
    new AbortController().signal,
  );
  expect(exitCodeOf(conditions)).toBe(5);
});

describe("credentials refused half-way", () => {
  function halfWay(): Case {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: AFTER }, [TWO]: { audience: AFTER } }, clock);
    api.beforeRead = (id) => {
      const facts = { status: 401, code: "X", method: "GET", path: "/x", correlationId: null };
      if (id === TWO) throw new AccessError("refused", facts);
    };
    return { clock, api };
  }

  test("the plan has what was read, and the exit code is 4", async () => {
    const made = await planned(halfWay(), [ONE, TWO]);
    expect(made.plan.summary).toMatchObject({ noOp: 1, error: 1 });
    expect(exitCodeOf(conditionsOfPlan(made))).toBe(4);
  });

  test("so has the report of wait", async () => {
    const { api, clock } = halfWay();
    const ports = { reader: api.reader, clock, onEvent: () => undefined };
    const waited = await wait(
      { ...inputOf([ONE, TWO]), timeoutMs: 1000, after: null },
      ports,
      new AbortController().signal,
    );
    if (waited.kind === "no-access") throw waited.error;
    expect(exitCodeOf(waited.conditions)).toBe(4);
  });
});

describe("wait", () => {
  async function waitOn(campaign: Parameters<typeof fakeApi>[0][string], timeoutMs: number) {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: campaign }, clock);
    const ports = { reader: api.reader, clock, onEvent: () => undefined };
    const waited = await wait(
      { ...inputOf([ONE]), timeoutMs, after: null },
      ports,
      new AbortController().signal,
    );
    if (waited.kind === "no-access") throw waited.error;
    return { clock, result: waited.report.results[0], code: exitCodeOf(waited.conditions) };
  }

  test("has patience with an idle campaign to its time-out, not for thirty seconds only", async () => {
    const { clock, result, code } = await waitOn(
      { audience: AFTER, reach: { ...OLD_REACH, status: "idle" } },
      120_000,
    );
    expect(result).toMatchObject({ outcome: "unchanged", unconfirmedReason: "timeout" });
    expect({ code, waited: clock.monotonic() }).toEqual({ code: 10, waited: 120_000 });
  });

  test.each([
    ["ok", 2000, "not-proven", 2000],
    ["ok", 60_000, "not-proven", 60_000],
    ["failed", 2000, "evaluation-failed", 2000],
    ["failed", 60_000, "evaluation-failed", 60_000],
  ])("%s of a campaign edited all the time: %i ms of patience", async (status, timeoutMs, end, atLeast) => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: AFTER, reach: { ...OLD_REACH, status } } }, clock);
    api.beforeRead = () => api.edit(ONE, { updatedAt: clock.now() });
    const ports = { reader: api.reader, clock, onEvent: () => undefined };
    const waited = await wait(
      { ...inputOf([ONE]), timeoutMs, after: null },
      ports,
      new AbortController().signal,
    );
    if (waited.kind === "no-access") throw waited.error;
    expect(waited.report.results[0]?.unconfirmedReason).toBe(end);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(atLeast);
    expect(clock.monotonic()).toBeLessThan(atLeast * 1.5);
  });

  test("skips a locked campaign though it is as declared", async () => {
    const { result } = await waitOn({ audience: AFTER, authoringStatus: "sent" }, 1000);
    expect(result).toMatchObject({ outcome: "skipped", reason: "not-draft", waited: false });
  });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
  "a parallelism of %s is refused, since such a run would never end",
  async (parallelism) => {
    const on = drafting();
    const { plan: made, live } = await planned(on, [ONE]);
    const input = { plan: made, live, accessError: null, tool: TOOL, startedAt: 0 };
    const ports = { reader: on.api.reader, writer: on.api.writer, clock: on.clock, onEvent: () => undefined };
    const { signal } = new AbortController();
    const applying = apply(input, NOTHING_ASKED, { parallelism, wait: "none" }, ports, signal);
    await expect(applying).rejects.toThrow(UsageError);
    expect(on.api.writes).toEqual([]);
  },
);
