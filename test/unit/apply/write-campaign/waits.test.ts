import { expect, test } from "vitest";
import { writeCampaign } from "../../../../src/apply/write-campaign.ts";
import { ApiError, InterruptedError } from "../../../../src/domain/errors.ts";
import { fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { binding, campaignId } from "../../../support/samples/bindings.ts";
import { sampleUpdate } from "../../../support/samples/plan.ts";

const ID = campaignId(1);
const UPDATE = sampleUpdate(1, { campaignId: ID, before: binding([1]), after: binding([1, 2]) });

/** Writes a campaign of which each write in turn is answered so; after the last answer they are accepted. */
async function answered(
  answers: readonly { readonly status: number; readonly retryAfterMs?: number }[],
  signal = new AbortController().signal,
) {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience: UPDATE.before } }, clock);
  api.beforeWrite = (_, count) => {
    const answer = answers[count - 1];
    if (answer === undefined) return;
    const facts = { method: "PUT", path: "/x", code: `http-${answer.status}`, correlationId: null };
    throw new ApiError("Not now.", { ...facts, ...answer });
  };
  const ports = {
    ...api,
    clock,
    note: () => undefined,
    record: () => undefined,
    mayWrite: () => true,
    kind: "apply",
  } as const;
  const end = await writeCampaign(UPDATE, ports, signal);
  return { end, writes: api.writes.length, slept: clock.slept };
}

const later = (retryAfterMs: number) => ({ status: 503, retryAfterMs });

test("a pause that the API asks for is slept, and the campaign is written again", async () => {
  const { end, writes, slept } = await answered([later(7_000)]);
  expect(end).toMatchObject({ kind: "written" });
  expect(writes).toBe(2);
  expect(slept).toContain(7_000);
});

test("a campaign is written as often as the API asks for a pause, not three times only", async () => {
  const { end, writes } = await answered(Array.from({ length: 5 }, () => later(1_000)));
  expect(end).toMatchObject({ kind: "written" });
  expect(writes).toBe(6);
});

test("two minutes are slept, and not a moment more", async () => {
  expect((await answered([later(120_000)])).end).toMatchObject({ kind: "written" });
  const { end, writes } = await answered([later(120_001)]);
  expect(writes).toBe(1);
  expect(end).toMatchObject({
    kind: "failed",
    mayHaveLanded: true,
    error: { message: "Not now. The API asks to wait 121 s, which is not slept. Come back after that." },
  });
});

test("five minutes in all are waited for one campaign", async () => {
  const { end, writes, slept } = await answered(Array.from({ length: 9 }, () => later(100_000)));
  expect(writes).toBe(3);
  expect(slept.filter((ms) => ms === 100_000)).toHaveLength(2);
  expect(end).toMatchObject({
    kind: "failed",
    mayHaveLanded: true,
    error: {
      message:
        "Not now. The API has asked to come back later for 3 min now, the last time in 100 s. Come back later.",
    },
  });
});

test("an interruption ends the pause: the write before it may have landed", async () => {
  const stop = new AbortController();
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience: UPDATE.before } }, clock);
  api.beforeWrite = () => {
    const facts = { method: "PUT", path: "/x", code: "http-503", correlationId: null };
    throw new ApiError("Not now.", { ...facts, ...later(7_000) });
  };
  const sleep = async (ms: number, signal?: AbortSignal) => {
    if (ms === 7_000) stop.abort(new InterruptedError("SIGINT"));
    signal?.throwIfAborted();
    return clock.sleep(ms);
  };
  const ports = {
    ...api,
    clock: { ...clock, sleep },
    note: () => undefined,
    record: () => undefined,
    mayWrite: () => true,
    kind: "apply",
  } as const;
  expect(await writeCampaign(UPDATE, ports, stop.signal)).toMatchObject({
    kind: "failed",
    mayHaveLanded: true,
    error: { message: "Not now." },
  });
  expect(api.writes).toHaveLength(1);
});

test("an answer that promises nothing is never written after, though the old audiences are live", async () => {
  const { end, writes } = await answered([{ status: 304 }]);
  expect(writes).toBe(1);
  expect(end).toMatchObject({
    kind: "failed",
    mayHaveLanded: true,
    error: { message: "Not now. The campaign still has the old audiences." },
  });
});
