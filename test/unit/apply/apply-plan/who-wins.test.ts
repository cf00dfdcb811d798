import { expect, test } from "vitest";
import { applyPlan } from "../../../../src/apply/apply-plan.ts";
import { plan } from "../../../../src/commands/plan.ts";
import { type FakeApi, fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../../support/samples/bindings.ts";

const ONE = campaignId(1);
const BEFORE = binding([1], [9]);
const OURS = binding([1, 2], [9]);
const THEIRS = binding([5], [9]);

/** Applies one change while somebody edits the campaign at a certain moment; what it came to and what is live then. */
async function applyWhile(edit: (api: FakeApi) => void) {
  const clock = fakeClock();
  const api = fakeApi({ [ONE]: { audience: BEFORE } }, clock);
  edit(api);
  const { signal } = new AbortController();
  const tool = { name: "campaignctl", version: "0" };
  const input = { specs: [spec(ONE, OURS)], warnings: [], environment: null, apiUrl: "x", tool };
  const planned = await plan(input, { reader: api.reader, clock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  const options = { parallelism: 1, wait: "until-confirmed", timeoutMs: 60_000, idleMs: 30_000 } as const;
  const ports = { reader: api.reader, writer: api.writer, clock, onEvent: () => undefined };
  const results = await applyPlan(planned.plan, planned.live, options, ports, signal);
  return { result: results[0], live: api.audienceOf(ONE), writes: api.writes.length };
}

const theirEdit = (api: FakeApi, audience = THEIRS) => api.edit(ONE, { audience });

test("an edit before the re-read stands: stale, nothing is written", async () => {
  const { result, live, writes } = await applyWhile((api) => {
    api.beforeRead = (_, count) => count === 2 && theirEdit(api);
  });
  expect(result).toMatchObject({ outcome: "stale", reason: "live-changed" });
  expect({ live, writes }).toEqual({ live: THEIRS, writes: 0 });
});

test("an edit between the re-read and the write is replaced, and nothing the API says can tell", async () => {
  const { result, live, writes } = await applyWhile((api) => {
    api.beforeWrite = () => theirEdit(api);
  });
  expect(result).toMatchObject({ outcome: "applied", reach: { confirmed: true } });
  expect({ live, writes }).toEqual({ live: OURS, writes: 1 });
});

test("an edit between the write and the read-back stands, and the report says so", async () => {
  const { result, live, writes } = await applyWhile((api) => {
    api.afterWrite = () => theirEdit(api);
  });
  expect(result).toMatchObject({
    outcome: "failed",
    reason: "not-converged",
    error: { mayHaveLanded: true },
  });
  expect(result?.error?.message).toBe(
    "After the write the campaign has neither the old nor the declared audiences: somebody edited it right after, and their edit stands; or the API stored something else. It was not written again. Run plan to see what is live.",
  );
  expect({ live, writes }).toEqual({ live: THEIRS, writes: 1 });
});

test("an edit back to the old audiences stands as well, and the report says so", async () => {
  const { result, live, writes } = await applyWhile((api) => {
    api.afterWrite = () => theirEdit(api, BEFORE);
  });
  expect(result).toMatchObject({
    outcome: "failed",
    reason: "not-converged",
    error: { mayHaveLanded: true },
  });
  expect(result?.error?.message).toMatch(
    /^The API accepted the write, but 31 s later the campaign still has the old audiences: .* not written again\. Run plan/,
  );
  expect({ live, writes }).toEqual({ live: BEFORE, writes: 1 });
});

test("an edit while reach is waited for stands: applied, but its reach is not confirmed", async () => {
  const { result, live, writes } = await applyWhile((api) => {
    api.beforeRead = (_, count) => count === 4 && theirEdit(api);
  });
  expect(result).toMatchObject({
    outcome: "applied",
    reach: { confirmed: false },
    unconfirmedReason: "live-differs",
  });
  expect({ live, writes }).toEqual({ live: THEIRS, writes: 1 });
});
