import { describe, expect, test } from "vitest";
import { applyPlan } from "../../../../src/apply/apply-plan.ts";
import { apply } from "../../../../src/commands/apply.ts";
import { plan } from "../../../../src/commands/plan.ts";
import { ApiError, InterruptedError, NetworkError } from "../../../../src/domain/errors.ts";
import type { Campaign } from "../../../../src/domain/model.ts";
import type { CampaignReader, CampaignWriter, Clock } from "../../../../src/domain/ports.ts";
import { type FakeApi, fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../../support/samples/bindings.ts";

const ONE = campaignId(1);
const BEFORE = binding([1], [9]);
const AFTER = binding([1, 2], [9]);
const TOOL = { name: "campaignctl", version: "0" };
const WAIT = { parallelism: 1, wait: "until-confirmed", timeoutMs: 2_000, idleMs: 2_000 } as const;
const NEVER = new AbortController().signal;

async function planned(api: FakeApi, clock: Clock) {
  const input = {
    specs: [spec(ONE, AFTER)],
    warnings: [],
    environment: null,
    apiUrl: "https://a.test",
    tool: TOOL,
  };
  const made = await plan(input, { reader: api.reader, clock }, NEVER);
  if (made.kind === "no-access") throw made.error;
  return made;
}

function refusal(status: number, code: string): ApiError {
  return new ApiError("No.", { status, code, method: "PUT", path: "/x", correlationId: null });
}

/** A read that answers only when it is cut off. */
function hang(signal: AbortSignal | undefined): Promise<Campaign> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

describe("a refused write that is sent once more", () => {
  const run = async (edit: (api: FakeApi) => void) => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const made = await planned(api, clock);
    const writer: CampaignWriter = {
      // As the real one after a 429: pause, look again, send.
      async replaceAudience(id, wanted, guard, signal) {
        edit(api);
        await clock.sleep(2_000);
        return api.writer.replaceAudience(id, wanted, guard, signal);
      },
    };
    const ports = { reader: api.reader, writer, clock, onEvent: () => undefined };
    const results = await applyPlan(made.plan, made.live, { parallelism: 1, wait: "none" }, ports, NEVER);
    return { api, result: results[0] };
  };

  test("is not sent when somebody edited the campaign meanwhile", async () => {
    const { api, result } = await run((it) => it.edit(ONE, { audience: binding([7]) }));
    expect(result).toMatchObject({ outcome: "stale", reason: "live-changed" });
    expect(api.audienceOf(ONE)).toEqual(binding([7]));
  });

  test("is sent when nothing changed", async () => {
    expect((await run(() => undefined)).result).toMatchObject({ outcome: "applied" });
  });
});

test("NOT_DRAFT after a lost write that landed late is not called skipped", async () => {
  const clock = fakeClock();
  const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
  const made = await planned(api, clock);
  api.beforeWrite = (_id, count) => {
    if (count === 1) throw new NetworkError("lost");
    api.edit(ONE, { audience: AFTER, authoringStatus: "scheduled" });
  };
  const ports = { ...api, clock, onEvent: () => undefined };
  const options = { parallelism: 1, wait: "none" } as const;
  const results = await applyPlan(made.plan, made.live, options, ports, NEVER);
  expect(results[0]).toMatchObject({ outcome: "applied" });
});

test("campaigns that were read and could not be written are incomplete, not unreachable", async () => {
  const clock = fakeClock();
  const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
  const made = await planned(api, clock);
  api.beforeWrite = () => {
    throw refusal(429, "X.LIMITED");
  };
  const ports = { ...api, clock, onEvent: () => undefined };
  const approval = { expectDigest: null, maxPlanAge: null, confirm: null };
  for (const live of [made.live, null]) {
    const input = { plan: made.plan, live, accessError: null, tool: TOOL, startedAt: 0 };
    const { conditions } = await apply(input, approval, { parallelism: 1, wait: "none" }, ports, NEVER);
    expect(conditions).toEqual(["incomplete"]);
  }
});

test("a look that gets no answer does not outlast the time-out of the wait", async () => {
  const clock = fakeClock();
  const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
  const made = await planned(api, clock);
  let reads = 0;
  const reader: CampaignReader = {
    readCampaign: (id, signal) => {
      reads += 1;
      return reads <= 2 ? api.reader.readCampaign(id, signal) : hang(signal);
    },
  };
  const ports = { reader, writer: api.writer, clock, onEvent: () => undefined };
  const results = await applyPlan(made.plan, made.live, WAIT, ports, NEVER);
  expect(results[0]).toMatchObject({ outcome: "applied", unconfirmedReason: "timeout" });
  expect(clock.monotonic()).toBeLessThanOrEqual(2_000 + 5_000);
});

test("after an interruption a read-back has four seconds, then the report is made", async () => {
  const clock = fakeClock();
  const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
  const made = await planned(api, clock);
  const controller = new AbortController();
  let reads = 0;
  const reader: CampaignReader = {
    readCampaign: (id, signal) => {
      reads += 1;
      if (reads === 1) return api.reader.readCampaign(id, signal);
      setImmediate(() => controller.abort(new InterruptedError("SIGINT")));
      return hang(signal);
    },
  };
  const ports = { reader, writer: api.writer, clock, onEvent: () => undefined };
  const results = await applyPlan(made.plan, made.live, WAIT, ports, controller.signal);
  expect(results[0]).toMatchObject({ outcome: "failed", error: { mayHaveLanded: true } });
});

describe("a copy that is older than the read before a lost write", () => {
  const run = async (lagging: number) => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const made = await planned(api, clock);
    api.beforeWrite = (_id, count) => {
      if (count === 1) throw new NetworkError("lost");
    };
    let looks = 0;
    const reader: CampaignReader = {
      async readCampaign(id, signal) {
        const live = await api.reader.readCampaign(id, signal);
        looks += api.writes.length > 0 ? 1 : 0;
        // What was live before somebody edited it happens to be what the file says.
        const isOld = looks > 0 && looks <= lagging;
        return isOld ? { ...live, audience: AFTER, updatedAt: "2026-11-19T09:00:00.000Z" } : live;
      },
    };
    const ports = { reader, writer: api.writer, clock, onEvent: () => undefined };
    const results = await applyPlan(made.plan, made.live, { parallelism: 1, wait: "none" }, ports, NEVER);
    return { api, result: results[0] };
  };

  test("is no proof that the write landed: it is looked at again, and written again", async () => {
    const { api, result } = await run(1);
    expect(result).toMatchObject({ outcome: "applied" });
    expect(api.audienceOf(ONE)).toEqual(AFTER);
    expect(api.writes).toHaveLength(2);
  });

  test("and when nothing newer is shown, the write may have landed or not", async () => {
    const { result } = await run(Number.POSITIVE_INFINITY);
    expect(result).toMatchObject({ outcome: "failed", error: { mayHaveLanded: true } });
    expect(result?.error?.message).toMatch(/could not be verified.*older/);
  });
});

test("a look that fails does not make the one before it ten seconds old", async () => {
  const clock = fakeClock();
  const evaluatedAt = new Date(clock.now() + 500).toISOString();
  // An evaluation from within the second of the write, which only standing for ten seconds would prove.
  const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock, (ms) =>
    ms < 1_000 ? { status: "ok", evaluatedAt } : { status: "pending", evaluatedAt: null },
  );
  const made = await planned(api, clock);
  api.afterWrite = () => api.edit(ONE, { updatedAt: Date.parse("2026-11-20T09:00:00.000Z") });
  api.beforeRead = () => {
    if (clock.monotonic() > 0 && clock.monotonic() < 12_000) throw new NetworkError("lost");
  };
  const ports = { ...api, clock, onEvent: () => undefined };
  const options = { ...WAIT, timeoutMs: 15_000 };
  const results = await applyPlan(made.plan, made.live, options, ports, NEVER);
  expect(results[0]).toMatchObject({ outcome: "applied", reach: { confirmed: false, status: "pending" } });
});

test("reach that must stand for ten seconds stands anew when somebody set other audiences meanwhile", async () => {
  const clock = fakeClock();
  const evaluatedAt = new Date(clock.now() + 500).toISOString();
  const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock, () => ({ status: "ok", evaluatedAt }));
  const made = await planned(api, clock);
  const updatedAt = Date.parse("2026-11-20T09:00:00.000Z");
  api.afterWrite = () => api.edit(ONE, { updatedAt });
  api.beforeRead = () => {
    const time = clock.monotonic();
    if (time > 3_000) api.edit(ONE, { audience: time < 14_000 ? binding([7]) : AFTER });
  };
  const ports = { ...api, clock, onEvent: () => undefined };
  const options = { ...WAIT, timeoutMs: 20_000 };
  const results = await applyPlan(made.plan, made.live, options, ports, NEVER);
  expect(results[0]).toMatchObject({ outcome: "applied", reach: { status: "ok", confirmed: false } });
});
