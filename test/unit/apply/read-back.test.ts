import { expect, test } from "vitest";
import { readBack } from "../../../src/apply/read-back.ts";
import { ApiError, ApiResponseError, InterruptedError, NetworkError } from "../../../src/domain/errors.ts";
import { fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";
import { sampleUpdate } from "../../support/samples/plan.ts";

const ID = campaignId(1);
const BEFORE = binding([1]);
const AFTER = binding([1, 2]);
const UPDATE = { ...sampleUpdate(1), campaignId: ID, before: BEFORE, after: AFTER };
const NEVER = new AbortController().signal;

function begin(audience = AFTER) {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience } }, clock);
  return { clock, api, reader: api.reader };
}

/** The campaign as it was before the write, by the API's own time stamp. */
async function seenAt(time: string | null) {
  const { reader } = begin(BEFORE);
  return { ...(await reader.readCampaign(ID)), updatedAt: time };
}

test("one look is enough when it shows the new audiences, and it says what it is for", async () => {
  const { clock, reader } = begin();
  const purposes: unknown[] = [];
  const readCampaign: typeof reader.readCampaign = (id, signal, purpose) => {
    purposes.push(purpose);
    return reader.readCampaign(id, signal, purpose);
  };
  expect(
    await readBack(UPDATE, await seenAt(null), "accepted", { reader: { readCampaign }, clock }, NEVER),
  ).toMatchObject({
    kind: "equal",
  });
  expect(purposes).toEqual([{ kind: "verify" }]);
  expect(clock.slept).toEqual([]);
});

test("after a lost answer the old audiences are looked at four times, within two seconds, before they count", async () => {
  const { clock, api, reader } = begin(BEFORE);
  expect(await readBack(UPDATE, await seenAt(null), "lost", { reader, clock }, NEVER)).toMatchObject({
    kind: "still-before",
  });
  expect(api.reads).toHaveLength(4);
  expect(clock.slept).toEqual([250, 500, 1000]);
});

test("after an accepted write the old audiences are looked at for half a minute before they count", async () => {
  const { clock, reader } = begin(BEFORE);
  const back = await readBack(UPDATE, await seenAt(null), "accepted", { reader, clock }, NEVER);
  expect(back).toMatchObject({ kind: "still-before", lookedMs: 30_750 });
});

test.each([3_000, 10_000, 29_000])(
  "a read that lags %i ms behind an accepted write is waited for",
  async (lagMs) => {
    const { clock, api, reader } = begin(BEFORE);
    api.beforeRead = () => {
      if (clock.monotonic() >= lagMs) api.edit(ID, { audience: AFTER });
    };
    const back = await readBack(UPDATE, await seenAt(null), "accepted", { reader, clock }, NEVER);
    expect(back).toMatchObject({ kind: "equal" });
  },
);

test("a copy older than what was seen before the write is not taken for somebody's edit", async () => {
  const { clock, api, reader } = begin(binding([7]));
  const previous = await seenAt("2026-11-21T00:00:00Z");
  api.beforeRead = () => {
    if (clock.monotonic() >= 3_000) api.edit(ID, { audience: AFTER, updatedAt: Date.parse("2026-11-22") });
  };
  expect(await readBack(UPDATE, previous, "accepted", { reader, clock }, NEVER)).toMatchObject({
    kind: "equal",
  });
});

test("an interruption leaves a read-back four seconds", async () => {
  const { clock, reader } = begin(BEFORE);
  const interruption = new AbortController();
  interruption.abort(new InterruptedError("SIGINT"));
  const back = await readBack(UPDATE, await seenAt(null), "accepted", { reader, clock }, interruption.signal);
  expect(back).toMatchObject({ kind: "unreadable", error: { name: "InterruptedError" } });
  expect(clock.monotonic()).toBeLessThanOrEqual(4_000);
});

test.each([
  ["older than what was seen before the write", "2026-11-21T00:00:00Z", "unreadable"],
  ["as old", "2026-11-20T09:00:00.000Z", "equal"],
  ["newer", "2026-11-19T00:00:00Z", "equal"],
  ["of a time that nobody told", null, "equal"],
])("after a lost answer, a copy that shows the new audiences and is %s", async (_, seen, kind) => {
  const { clock, reader } = begin();
  const back = await readBack(UPDATE, await seenAt(seen), "lost", { reader, clock }, NEVER);
  expect(back.kind).toBe(kind);
});

test("a copy that says nothing of the write is told as an answer that is not understood", async () => {
  const { clock, reader } = begin(BEFORE);
  const back = await readBack(UPDATE, await seenAt("2026-11-21T00:00:00Z"), "lost", { reader, clock }, NEVER);
  expect(back).toMatchObject({ kind: "unreadable", error: { status: 200, pointer: "/data/updatedAt" } });
  expect("error" in back && back.error).toBeInstanceOf(ApiResponseError);
});

test("a look that fails is no verdict on an accepted write: the next one may succeed", async () => {
  const { clock, api, reader } = begin();
  api.beforeRead = (_, count) => {
    if (count <= 3) throw new NetworkError("lost");
  };
  expect(await readBack(UPDATE, await seenAt(null), "accepted", { reader, clock }, NEVER)).toMatchObject({
    kind: "equal",
  });
});

test("where every look fails, it is unreadable after half a minute, and a missing campaign at once", async () => {
  const { clock, api, reader } = begin();
  api.beforeRead = () => {
    throw new NetworkError("lost");
  };
  const back = await readBack(UPDATE, await seenAt(null), "accepted", { reader, clock }, NEVER);
  expect(back).toMatchObject({ kind: "unreadable", error: { message: "lost" } });
  expect(clock.monotonic()).toBeGreaterThanOrEqual(30_000);
  const facts = { status: 404, code: "A.NOT_FOUND", method: "GET", path: "/x", correlationId: null };
  api.beforeRead = () => {
    throw new ApiError("Gone.", facts);
  };
  const before = clock.monotonic();
  const gone = await readBack(UPDATE, await seenAt(null), "accepted", { reader, clock }, NEVER);
  expect(gone).toMatchObject({ kind: "unreadable", error: { status: 404 } });
  expect(clock.monotonic()).toBe(before);
});

test("a look that takes its time leaves room for fewer: after half a minute no further one is made", async () => {
  const { clock, api, reader } = begin(BEFORE);
  await clock.sleep(100_000);
  const readCampaign: typeof reader.readCampaign = async (id, signal, purpose) => {
    await clock.sleep(20_000);
    return reader.readCampaign(id, signal, purpose);
  };
  const slow = { reader: { readCampaign }, clock };
  const previous = await seenAt(null);
  expect(await readBack(UPDATE, previous, "accepted", slow, NEVER)).toMatchObject({
    kind: "still-before",
    lookedMs: 40_250,
  });
  expect(api.reads).toHaveLength(2);
});

test("an accepted write needs no more proof than its audiences, though the copy looks older", async () => {
  const { clock, reader } = begin();
  const previous = await seenAt("2026-11-21T00:00:00Z");
  expect(await readBack(UPDATE, previous, "accepted", { reader, clock }, NEVER)).toMatchObject({
    kind: "equal",
  });
});
