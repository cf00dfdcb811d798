import { describe, expect, test } from "vitest";
import { type ApplyOptions, applyPlan } from "../../../src/apply/apply-plan.ts";
import { plan } from "../../../src/commands/plan.ts";
import {
  AccessError,
  ApiError,
  ApiResponseError,
  InterruptedError,
  NetworkError,
} from "../../../src/domain/errors.ts";
import type { ApplyResult, AudienceBinding } from "../../../src/domain/model.ts";
import type { ProgressEvent } from "../../../src/domain/ports.ts";
import { countsAsUnconfirmed } from "../../../src/domain/reach-rules.ts";
import { type FakeApi, fakeApi, fakeClock, OLD_REACH } from "../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const ONE = campaignId(1);
const TWO = campaignId(2);
const BEFORE = binding([1], [9]);
const AFTER = binding([1, 2], [9]);
const WAIT: ApplyOptions = { parallelism: 10, wait: "until-confirmed", timeoutMs: 600_000, idleMs: 30_000 };

type Setup = {
  readonly api: FakeApi;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly desired?: Readonly<Record<string, AudienceBinding>>;
  readonly options?: ApplyOptions;
  readonly controller?: AbortController;
};

/** Plans against the fake API, lets something happen in between, and applies. */
async function planAndApply(setup: Setup, between: () => void = () => undefined) {
  const { api, clock, options = WAIT, controller = new AbortController() } = setup;
  const specs = Object.entries(setup.desired ?? { [ONE]: AFTER }).map(([id, audience]) => spec(id, audience));
  const input = {
    specs,
    warnings: [],
    environment: null,
    apiUrl: "https://api.example.test",
    tool: { name: "campaignctl", version: "0" },
  };
  const planned = await plan(input, { reader: api.reader, clock }, new AbortController().signal);
  if (planned.kind === "no-access") throw planned.error;
  between();
  const events: ProgressEvent[] = [];
  const ports = {
    reader: api.reader,
    writer: api.writer,
    clock,
    onEvent: (event: ProgressEvent) => events.push(event),
  };
  const results = await applyPlan(planned.plan, planned.live, options, ports, controller.signal);
  return { results, events, plan: planned.plan };
}

function only(results: readonly ApplyResult[]): ApplyResult {
  expect(results).toHaveLength(1);
  return results[0] as ApplyResult;
}

function lost(): NetworkError {
  return new NetworkError("PUT: no answer.");
}

function refusal(status: number, code: string): ApiError {
  return new ApiError("The API said no.", { status, code, method: "PUT", path: "/x", correlationId: "c-1" });
}

describe("the usual way", () => {
  test("re-read, one write of both lists, read back, wait until the new evaluation is ok", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const { results, events } = await planAndApply({ api, clock });
    expect(api.writes).toEqual([{ campaignId: ONE, binding: AFTER }]);
    expect(only(results)).toMatchObject({
      outcome: "applied",
      reason: null,
      reach: { status: "ok", evaluatedCount: 4242, confirmed: true, previousCount: 18432 },
      waited: true,
      unconfirmedReason: null,
      error: null,
    });
    expect(events.map(({ kind }) => kind)).toEqual(["writing", "written", "waiting", "waiting", "confirmed"]);
  });

  test("exclude is always sent, also when it is empty", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    await planAndApply({ api, clock, desired: { [ONE]: binding([1]) } });
    expect(api.writes[0]?.binding).toEqual({ include: binding([1]).include, exclude: [] });
  });

  test("case 61: the second one writes nothing", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    await planAndApply({ api, clock });
    const { results } = await planAndApply({ api, clock });
    expect(api.writes).toHaveLength(1);
    expect(only(results)).toMatchObject({ outcome: "unchanged", waited: false });
  });

  test("without waiting, reach is not confirmed and nothing sleeps", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const { results } = await planAndApply({ api, clock, options: { parallelism: 1, wait: "none" } });
    expect(only(results)).toMatchObject({ outcome: "applied", waited: false, reach: { confirmed: false } });
    expect(clock.slept).toEqual([]);
  });
});

describe("the guard before the write", () => {
  test("case 55: that campaign is stale and not written, what is live is told, and the others go on", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE }, [TWO]: { audience: BEFORE } }, clock);
    const desired = { [ONE]: AFTER, [TWO]: AFTER };
    const { results } = await planAndApply({ api, clock, desired }, () =>
      api.edit(ONE, { audience: binding([1, 5], [9]) }),
    );
    expect(api.writes.map((write) => write.campaignId)).toEqual([TWO]);
    expect(results).toMatchObject([
      { outcome: "stale", reason: "live-changed", live: binding([1, 5], [9]) },
      { outcome: "applied", live: null },
    ]);
  });

  test("somebody made the same change since the plan: unchanged", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const { results } = await planAndApply({ api, clock }, () => api.edit(ONE, { audience: AFTER }));
    expect(api.writes).toEqual([]);
    expect(only(results)).toMatchObject({ outcome: "unchanged" });
  });

  test("case 57: seen by the re-read: skipped and not written", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const { results } = await planAndApply({ api, clock }, () =>
      api.edit(ONE, { authoringStatus: "scheduled" }),
    );
    expect(api.writes).toEqual([]);
    expect(only(results)).toMatchObject({ outcome: "skipped", reason: "not-draft", error: null });
  });

  test("a locked campaign ends early and takes no turn from those after it", async () => {
    const clock = fakeClock();
    const ids = [1, 2, 3, 4, 5, 6].map(campaignId);
    const api = fakeApi(Object.fromEntries(ids.map((id) => [id, { audience: BEFORE }])), clock);
    const desired = Object.fromEntries(ids.map((id) => [id, AFTER]));
    const { results } = await planAndApply(
      { api, clock, desired, options: { parallelism: 1, wait: "none" } },
      () => api.edit(ONE, { authoringStatus: "scheduled" }),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(["skipped", ...Array(5).fill("applied")]);
  });

  test("case 57: locked after the re-read: the 409 is an answer, skipped and never repeated", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = () => api.edit(ONE, { authoringStatus: "scheduled" });
    const { results } = await planAndApply({ api, clock });
    expect(api.writes).toHaveLength(1);
    expect(only(results)).toMatchObject({ outcome: "skipped", reason: "not-draft" });
  });

  test("gone since the plan: failed with the API's own code", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const { results } = await planAndApply({ api, clock }, () => {
      api.beforeRead = () => {
        throw refusal(404, "A.B.NOT_FOUND");
      };
    });
    expect(api.writes).toEqual([]);
    expect(only(results)).toMatchObject({
      outcome: "failed",
      error: { code: "A.B.NOT_FOUND", status: 404, correlationId: "c-1", mayHaveLanded: false },
    });
  });
});

describe("what is told on the way", () => {
  const told = { campaignId: ONE, name: "Campaign 01", kind: "ended" };

  test("a campaign that is not written ends, with the reason", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const { events } = await planAndApply({ api, clock }, () => api.edit(ONE, { audience: binding([7]) }));
    expect(events).toEqual([
      { kind: "writing", of: 1 },
      { ...told, outcome: "stale", reason: "live-changed" },
    ]);
  });

  test("a campaign that somebody else brought there ends, and its open evaluation is waited for", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const there = { audience: AFTER, reach: { ...OLD_REACH, status: "idle" } };
    const options = { ...WAIT, timeoutMs: 100 };
    const { events } = await planAndApply({ api, clock, options }, () => api.edit(ONE, there));
    expect(events.map((event) => (event.kind === "ended" ? event : event.kind))).toEqual([
      "writing",
      { ...told, outcome: "unchanged", reason: null },
      "waiting",
      "unconfirmed",
    ]);
  });
});

describe("after a lost answer", () => {
  test("case 53: read, found there, counted as applied; there is no second write", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.afterWrite = () => {
      throw lost();
    };
    const { results } = await planAndApply({ api, clock });
    expect(api.writes).toHaveLength(1);
    expect(only(results)).toMatchObject({ outcome: "applied", reach: { confirmed: true }, error: null });
  });

  test("case 54: read, not found there, written once more", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = (_, count) => {
      if (count === 1) throw lost();
    };
    const { results } = await planAndApply({ api, clock });
    expect(api.writes).toHaveLength(2);
    expect(only(results).outcome).toBe("applied");
  });

  test.each([
    ["a 500", refusal(500, "http-500")],
    ["a 503", refusal(503, "http-503")],
    [
      "an answer that is not understood",
      new ApiResponseError("odd", { status: 202, pointer: "", correlationId: null }),
    ],
  ])("%s is read after, too", async (_, error) => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.afterWrite = () => {
      throw error;
    };
    const { results } = await planAndApply({ api, clock });
    expect(api.writes).toHaveLength(1);
    expect(only(results).outcome).toBe("applied");
  });

  test("never an answer: given up after three writes, and it may have landed", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = () => {
      throw lost();
    };
    const { results } = await planAndApply({ api, clock });
    expect(api.writes).toHaveLength(3);
    expect(only(results)).toMatchObject({
      outcome: "failed",
      reason: "no-answer",
      error: { code: "no-answer", status: null, mayHaveLanded: true },
    });
  });

  test("never a connection: given up, and nothing can have landed", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = () => {
      throw new NetworkError("refused", { sent: "no" });
    };
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ outcome: "failed", error: { mayHaveLanded: false } });
    const down = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    down.beforeWrite = () => {
      down.beforeRead = () => {
        throw lost();
      };
      throw new NetworkError("refused", { sent: "no" });
    };
    expect(only((await planAndApply({ api: down, clock })).results)).toMatchObject({
      outcome: "failed",
      error: { code: "no-answer", message: "refused", mayHaveLanded: false },
    });
  });

  test("no connection, and somebody edits meanwhile: stale, since nothing of ours was written", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = () => {
      api.edit(ONE, { audience: binding([5]) });
      throw new NetworkError("refused", { sent: "no" });
    };
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ outcome: "stale", live: binding([5]) });
  });

  test("one lost and then no connection: the first may have landed", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = (_, count) => {
      throw count === 1 ? lost() : new NetworkError("refused", { sent: "no" });
    };
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ outcome: "failed", error: { mayHaveLanded: true } });
  });

  test("not landed, and locked meanwhile: skipped, not written again", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = () => {
      api.edit(ONE, { authoringStatus: "scheduled" });
      throw lost();
    };
    const { results } = await planAndApply({ api, clock });
    expect(api.writes).toHaveLength(1);
    expect(only(results)).toMatchObject({ outcome: "skipped", reason: "not-draft" });
  });

  test("the first landed late, and then it was locked: applied, not left alone", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = (id, count) => {
      if (count === 1) throw lost();
      api.edit(id, { audience: AFTER, authoringStatus: "scheduled" });
    };
    const { results } = await planAndApply({ api, clock, options: { parallelism: 1, wait: "none" } });
    expect(api.audienceOf(ONE)).toEqual(AFTER);
    expect(only(results)).toMatchObject({ outcome: "applied", error: null });
  });

  test("a refusal of the repeat does not hide that the first may have landed", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = (_, count) => {
      throw count === 1 ? lost() : refusal(422, "REQUEST_SCHEMA");
    };
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ outcome: "failed", error: { status: 422, mayHaveLanded: true } });
  });

  test("the read-back fails as well: failed, may have landed", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.afterWrite = () => {
      api.beforeRead = () => {
        throw lost();
      };
    };
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({
      outcome: "failed",
      error: { mayHaveLanded: true, message: expect.stringContaining("could not be verified") },
    });
  });
});

describe("after an answer", () => {
  test("case 58: that campaign alone is failed, with the words of the API", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE }, [TWO]: { audience: BEFORE } }, clock);
    api.beforeWrite = (id) => {
      if (id === ONE) throw refusal(400, "CDP_ETL.VALIDATION.REQUEST_INVALID");
    };
    const { results } = await planAndApply({ api, clock, desired: { [ONE]: AFTER, [TWO]: AFTER } });
    expect(results).toMatchObject([
      { outcome: "failed", error: { status: 400, message: "The API said no.", mayHaveLanded: false } },
      { outcome: "applied" },
    ]);
  });

  test("case 60: the read after the write differs: failed as not converged", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.afterWrite = () => api.edit(ONE, { audience: binding([1, 2]) });
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({
      outcome: "failed",
      reason: "not-converged",
      error: { mayHaveLanded: true },
    });
  });

  test("200, but nothing is stored: looked at for half a minute, then not converged", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.afterWrite = () => api.edit(ONE, { audience: BEFORE });
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ outcome: "failed", reason: "not-converged" });
    expect(clock.monotonic()).toBeGreaterThanOrEqual(30_000);
    expect(api.writes).toHaveLength(1);
  });

  test("a read-back from a copy that lags is looked at again", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    const reads = { ...api.reader };
    let lagging = 2;
    const reader = {
      async readCampaign(id: string) {
        const live = await reads.readCampaign(id);
        const lags = api.writes.length > 0 && lagging > 0;
        if (lags) lagging -= 1;
        return lags ? { ...live, audience: BEFORE } : live;
      },
    };
    const { results } = await planAndApply({ api: { ...api, reader }, clock });
    expect(only(results).outcome).toBe("applied");
  });
});

describe("credentials", () => {
  const denied = () =>
    new AccessError("The token lacks campaigns:update.", {
      status: 403,
      code: "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE",
      method: "PUT",
      path: "/x",
      correlationId: null,
    });

  test("a refused write stops the run: at most parallelism writes are tried", async () => {
    const clock = fakeClock();
    const ids = Array.from({ length: 9 }, (_, index) => campaignId(index));
    const api = fakeApi(Object.fromEntries(ids.map((id) => [id, { audience: BEFORE }])), clock);
    api.beforeWrite = () => {
      throw denied();
    };
    const desired = Object.fromEntries(ids.map((id) => [id, AFTER]));
    const { results } = await planAndApply({ api, clock, desired, options: { ...WAIT, parallelism: 3 } });
    expect(api.writes.length).toBeLessThanOrEqual(3);
    const outcomes = results.map(({ outcome, reason }) => `${outcome} ${reason}`);
    expect(new Set(outcomes)).toEqual(new Set(["failed no-access", "not-attempted no-access"]));
  });

  test("a refused poll ends the wait, not the result of the write", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeRead = (_, count) => {
      if (count > 3) throw denied();
    };
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({
      outcome: "applied",
      unconfirmedReason: "stopped",
      reach: { confirmed: false },
    });
  });
});

describe("a read after a write that fails", () => {
  const ids = [1, 2, 3].map(campaignId);
  const desired = Object.fromEntries(ids.map((id) => [id, AFTER]));

  /** Each write takes a second, one at a time; something happens when the first one is to be read back. */
  async function applySlowly(atReadBack: (api: FakeApi) => void) {
    const clock = fakeClock();
    const api = fakeApi(Object.fromEntries(ids.map((id) => [id, { audience: BEFORE }])), clock);
    const { replaceAudience } = api.writer;
    const writer: FakeApi["writer"] = {
      replaceAudience: (...write) => clock.sleep(1000).then(() => replaceAudience(...write)),
    };
    api.beforeRead = (id, count) => id === ONE && count === 3 && atReadBack(api);
    const options: ApplyOptions = { parallelism: 1, wait: "none" };
    const { results } = await planAndApply({ api: { ...api, writer }, clock, desired, options });
    return results.map(({ outcome }) => outcome);
  }

  test("for want of access lets no other campaign begin", async () => {
    const facts = { status: 403, code: "SCOPE", method: "GET", path: "/x", correlationId: null };
    const outcomes = await applySlowly(() => {
      throw new AccessError("The API refused the credentials.", facts);
    });
    expect(outcomes).toEqual(["failed", "not-attempted", "not-attempted"]);
  });

  test("for any other reason is that campaign's own", async () => {
    const outcomes = await applySlowly((api) => api.edit(ONE, { audience: binding([7]) }));
    expect(outcomes).toEqual(["failed", "applied", "applied"]);
  });
});

describe("interruption", () => {
  test("while planning: what could not be read is not attempted, not failed", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeRead = () => {
      throw new InterruptedError("SIGINT");
    };
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ outcome: "not-attempted", reason: "interrupted", error: null });
  });

  test("case 71: before its turn a campaign is not attempted; a write under way ends and is read back", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const api = fakeApi({ [ONE]: { audience: BEFORE }, [TWO]: { audience: BEFORE } }, clock);
    api.beforeWrite = () => controller.abort(new InterruptedError("SIGINT"));
    const { results } = await planAndApply({
      api,
      clock,
      controller,
      desired: { [ONE]: AFTER, [TWO]: AFTER },
      options: { ...WAIT, parallelism: 1 },
    });
    expect(api.writes).toHaveLength(1);
    expect(results).toMatchObject([
      { outcome: "applied", waited: true, unconfirmedReason: "interrupted" },
      { outcome: "not-attempted", reason: "interrupted" },
    ]);
  });

  test("an answer lost while being interrupted is read after, but never written again", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeWrite = () => {
      controller.abort(new InterruptedError("SIGTERM"));
      throw lost();
    };
    const { results } = await planAndApply({ api, clock, controller });
    expect(api.writes).toHaveLength(1);
    expect(only(results)).toMatchObject({
      outcome: "failed",
      error: { code: "no-answer", mayHaveLanded: true },
    });
  });

  test("case 71: a wait ends, and the write before it stays applied", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeRead = (_, count) => {
      if (count === 4) controller.abort(new InterruptedError("SIGINT"));
    };
    const { results } = await planAndApply({ api, clock, controller });
    expect(only(results)).toMatchObject({
      outcome: "applied",
      waited: true,
      unconfirmedReason: "interrupted",
    });
  });
});

describe("waiting", () => {
  test("cases 65, 66: applied, and a failed evaluation is told apart from one that never ended", async () => {
    const clock = fakeClock();
    const failing = fakeApi({ [ONE]: { audience: BEFORE } }, clock, (ms) => ({
      status: ms < 400 ? "pending" : "failed",
    }));
    expect(only((await planAndApply({ api: failing, clock })).results)).toMatchObject({
      outcome: "applied",
      unconfirmedReason: "evaluation-failed",
      reach: { status: "failed", confirmed: false },
    });
    const stuck = fakeApi({ [ONE]: { audience: BEFORE } }, clock, () => ({ status: "pending" }));
    const start = clock.monotonic();
    expect(only((await planAndApply({ api: stuck, clock })).results)).toMatchObject({
      outcome: "applied",
      unconfirmedReason: "timeout",
      reach: { status: "pending", confirmed: false },
    });
    expect(clock.monotonic() - start).toBe(600_000);
  });

  test("idle for ever is a time-out, not success", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock, () => ({ status: "idle" }));
    expect(only((await planAndApply({ api, clock })).results).unconfirmedReason).toBe("timeout");
  });

  test("cases 67, 68: the old ok that is still shown for a while is not taken for done", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock, (ms, before) => {
      if (ms < 2000) return before;
      if (ms < 4000) return { status: "pending", evaluatedAt: null };
      return { status: "ok", evaluatedCount: 7 };
    });
    const { results, events } = await planAndApply({ api, clock });
    expect(only(results).reach).toMatchObject({ confirmed: true, evaluatedCount: 7 });
    expect(events.flatMap((event) => (event.kind === "waiting" ? [event.status] : []))).toEqual([
      "ok",
      "pending",
    ]);
  });

  test("case 70: waited for until the deadline, then the word that was seen is told", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock, () => ({ status: "rethinking" }));
    const { results, events } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ unconfirmedReason: "timeout", reach: { status: "rethinking" } });
    expect(events).toContainEqual(expect.objectContaining({ kind: "unconfirmed", status: "rethinking" }));
  });

  test("a poll that fails is no verdict; one that fails to the end is told as such", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeRead = (_, count) => {
      if (count === 4) throw lost();
    };
    expect(only((await planAndApply({ api, clock })).results).reach?.confirmed).toBe(true);
    const down = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    down.beforeRead = (_, count) => {
      if (count > 3) throw lost();
    };
    expect(only((await planAndApply({ api: down, clock })).results).unconfirmedReason).toBe("unreadable");
  });

  test.each([409, 500])("a poll that is answered with %i is no verdict either", async (status) => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeRead = (_, count) => {
      if (count === 4) throw refusal(status, "SUMMARY_UNAVAILABLE");
    };
    expect(only((await planAndApply({ api, clock })).results).reach?.confirmed).toBe(true);
  });

  test("a poll that failed once does not turn a time-out into an unreadable campaign", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock, () => ({ status: "pending" }));
    api.beforeRead = (_, count) => {
      if (count === 4) throw lost();
    };
    expect(only((await planAndApply({ api, clock })).results).unconfirmedReason).toBe("timeout");
  });

  test("a campaign deleted meanwhile ends its wait at once", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeRead = (_, count) => {
      if (count > 3) throw refusal(404, "NOT_FOUND");
    };
    expect(only((await planAndApply({ api, clock })).results).unconfirmedReason).toBe("unreadable");
    expect(api.reads).toHaveLength(4);
  });

  test("edited while waiting: not confirmed, and it says so", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
    api.beforeRead = (_, count) => {
      if (count === 4) api.edit(ONE, { audience: binding([5]) });
    };
    expect(only((await planAndApply({ api, clock })).results).unconfirmedReason).toBe("live-differs");
  });

  test("a waiting campaign holds no slot: with parallelism 1 the waits overlap", async () => {
    const clock = fakeClock();
    const ids = [1, 2, 3, 4].map(campaignId);
    const api = fakeApi(Object.fromEntries(ids.map((id) => [id, { audience: BEFORE }])), clock, (ms) => ({
      status: ms < 60_000 ? "pending" : "ok",
    }));
    const desired = Object.fromEntries(ids.map((id) => [id, AFTER]));
    const { results } = await planAndApply({ api, clock, desired, options: { ...WAIT, parallelism: 1 } });
    expect(results.every(({ reach }) => reach?.confirmed)).toBe(true);
    expect(clock.monotonic()).toBeLessThan(75_000);
  });
});

describe("a campaign already as declared", () => {
  const settled = { audience: AFTER };
  const open = (status: string) => ({ ...settled, reach: { ...OLD_REACH, status } });

  test("pending is waited for, so that a second apply ends what an interrupted one began", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: open("pending") }, clock);
    api.beforeRead = (_, count) => {
      if (count === 3) api.edit(ONE, { reach: { ...OLD_REACH, evaluatedCount: 5 } });
    };
    const { results } = await planAndApply({ api, clock });
    expect(api.writes).toEqual([]);
    expect(only(results)).toMatchObject({
      outcome: "unchanged",
      waited: true,
      reach: { confirmed: true, evaluatedCount: 5 },
    });
  });

  test("where nothing is to be written, it is told how many are waited for", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: open("idle"), [TWO]: settled }, clock);
    const { events } = await planAndApply({ api, clock, desired: { [ONE]: AFTER, [TWO]: AFTER } });
    expect(events[0]).toEqual({ kind: "confirming", of: 1 });
  });

  test("an evaluation that ends only after half a minute is given the time that proves it", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: open("pending") }, clock);
    api.edit(ONE, { updatedAt: clock.now() - 1_000 });
    let evaluatedAt: string | null = null;
    api.beforeRead = () => {
      if (evaluatedAt !== null || clock.monotonic() < 40_000) return;
      evaluatedAt = new Date(clock.now()).toISOString();
      api.edit(ONE, {
        reach: { ...OLD_REACH, evaluatedCount: 5, evaluatedAt },
        updatedAt: clock.now() - 41_000,
      });
    };
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ waited: true, reach: { confirmed: true, evaluatedCount: 5 } });
  });

  test.each([
    ["idle", open("idle")],
    ["stale", { ...settled, reach: { ...OLD_REACH, isStale: true } }],
  ])("%s is waited for at most 30 seconds", async (_, campaign) => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: campaign }, clock);
    const { results } = await planAndApply({ api, clock });
    expect(only(results)).toMatchObject({ outcome: "unchanged", waited: true, unconfirmedReason: "timeout" });
    expect(clock.monotonic()).toBe(30_000);
  });

  test("a shorter time-out beats the thirty seconds", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: open("idle") }, clock);
    await planAndApply({ api, clock, options: { ...WAIT, timeoutMs: 5000 } });
    expect(clock.monotonic()).toBe(5000);
  });

  test("settled reach is not waited for: ok or failed", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: settled, [TWO]: open("failed") }, clock);
    const { results } = await planAndApply({ api, clock, desired: { [ONE]: AFTER, [TWO]: AFTER } });
    expect(results.map(({ waited }) => waited)).toEqual([false, false]);
    expect(clock.slept).toEqual([]);
  });

  test("right after an edit that it was not evaluated since, it is waited for, but only a warning is made of it", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: settled, [TWO]: open("failed") }, clock);
    const edited = { updatedAt: clock.now() - 1000 };
    api.edit(ONE, edited);
    api.edit(TWO, edited);
    const { results } = await planAndApply({ api, clock, desired: { [ONE]: AFTER, [TWO]: AFTER } });
    expect(results).toMatchObject([
      { waited: true, unconfirmedReason: "not-proven", reach: { confirmed: false } },
      { waited: true, unconfirmedReason: "evaluation-failed", reach: { confirmed: false } },
    ]);
    expect(clock.monotonic()).toBe(30_000);
    expect(results.some((result) => countsAsUnconfirmed(result, "apply-report"))).toBe(false);
  });

  test("still pending at the time-out is not confirmed, and that is more than a warning", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: open("pending") }, clock);
    const result = only((await planAndApply({ api, clock })).results);
    expect(result).toMatchObject({ outcome: "unchanged", waited: true, unconfirmedReason: "timeout" });
    expect(clock.monotonic()).toBe(WAIT.timeoutMs);
    expect(countsAsUnconfirmed(result, "apply-report")).toBe(true);
  });

  test("of a saved plan nothing is known any more, so it is not waited for", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: open("pending") }, clock);
    const { plan: saved } = await planAndApply({ api, clock, options: { ...WAIT, wait: "none" } });
    const ports = { reader: api.reader, writer: api.writer, clock, onEvent: () => undefined };
    const { signal } = new AbortController();
    expect(only(await applyPlan(saved, new Map(), WAIT, ports, signal))).toMatchObject({
      outcome: "unchanged",
      waited: false,
    });
  });

  test("a locked one is not ours to wait for", async () => {
    const clock = fakeClock();
    const api = fakeApi({ [ONE]: { ...open("pending"), authoringStatus: "scheduled" } }, clock);
    expect(only((await planAndApply({ api, clock })).results)).toMatchObject({
      outcome: "unchanged",
      waited: false,
    });
  });
});
