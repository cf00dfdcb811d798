import { describe, expect, test } from "vitest";
import { confirmDeclared } from "../../../src/apply/confirm-declared.ts";
import type { Change, Reach, ReadRecord, Report } from "../../../src/domain/model.ts";
import type { ProgressEvent } from "../../../src/domain/ports.ts";
import { fakeApi, fakeClock, OLD_REACH } from "../../support/api/fake-api.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";
import {
  sampleNoOp,
  samplePlan,
  sampleReport,
  sampleResult,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../support/samples/plan.ts";

const ID = campaignId(1);
const AUDIENCE = binding([1]);
const NO_OP = sampleNoOp(1, { campaignId: ID, before: AUDIENCE, after: AUDIENCE });
const WAIT = { wait: "until-confirmed", timeoutMs: 600_000, idleMs: 600_000 } as const;
const NEVER = new AbortController().signal;

const NOTHING_MORE: Partial<Reach> = {};

async function wait(
  change: Change,
  {
    status = "pending",
    options = WAIT as Parameters<typeof confirmDeclared>[2],
    reach: shown = NOTHING_MORE as Partial<Reach>,
    after = null as Report | null,
  } = {},
) {
  const clock = fakeClock();
  const reach = { ...OLD_REACH, status, ...shown };
  const api = fakeApi({ [ID]: { audience: AUDIENCE, reach } }, clock);
  const live = new Map([[ID, await api.reader.readCampaign(ID)]]);
  api.beforeRead = (_, count) =>
    count === 4 && shown === NOTHING_MORE && api.edit(ID, { reach: { ...OLD_REACH, evaluatedCount: 9 } });
  const events: ProgressEvent[] = [];
  const ports = { reader: api.reader, clock, onEvent: (event: ProgressEvent) => events.push(event) };
  const [result] = await confirmDeclared(samplePlan([change]), { live, after }, options, ports, NEVER);
  return { result, events, reads: api.reads.length - 1, at: clock.monotonic() };
}

test("a draft as declared is waited for until it is evaluated, and told of on the way", async () => {
  const { result, events, reads } = await wait(NO_OP);
  expect(result).toMatchObject({
    outcome: "unchanged",
    waited: true,
    reach: { confirmed: true, evaluatedCount: 9 },
  });
  expect(reads).toBe(3);
  const told = { campaignId: ID, name: "Campaign 1" };
  expect(events).toEqual([
    { kind: "confirming", of: 1 },
    { ...told, kind: "waiting", status: "pending" },
    { ...told, kind: "confirmed", evaluatedCount: 9, previousCount: 18_432, reachedBefore: 18_432 },
  ]);
});

test("a draft that differs from its file is at once not confirmed: no evaluation could be of the declared audiences", async () => {
  const { result, reads } = await wait(sampleUpdate(1, { campaignId: ID }));
  expect(result).toMatchObject({ outcome: "unchanged", waited: true, unconfirmedReason: "live-differs" });
  expect(reads).toBe(0);
});

test.each<[string, Change, string]>([
  ["a locked campaign that differs", sampleSkip(1, { campaignId: ID }), "skipped"],
  ["a locked campaign as declared", { ...NO_OP, authoringStatus: "scheduled" }, "skipped"],
  ["a campaign that could not be read", sampleUnreadable(1, { campaignId: ID }), "failed"],
])("%s is not waited for", async (_, change, outcome) => {
  const { result, reads, events } = await wait(change);
  expect(result).toMatchObject({ outcome, waited: false });
  expect({ reads, events }).toEqual({ reads: 0, events: [] });
});

test("pending is waited for up to the time-out, anything that has not begun only as long as idle", async () => {
  const options = { wait: "until-confirmed", timeoutMs: 300, idleMs: 100 } as const;
  expect(await wait(NO_OP, { options })).toMatchObject({ at: 300, result: { unconfirmedReason: "timeout" } });
  expect(await wait(NO_OP, { options, status: "idle" })).toMatchObject({ at: 100 });
});

test("without waiting, what is open is not confirmed, and nothing sleeps", async () => {
  const { result, events, at } = await wait(NO_OP, { options: { wait: "none" } });
  expect(result).toMatchObject({ reach: { confirmed: false }, unconfirmedReason: "timeout" });
  expect(events.at(-1)).toEqual({
    campaignId: ID,
    name: "Campaign 1",
    kind: "unconfirmed",
    reason: "timeout",
    status: "pending",
  });
  expect(at).toBe(0);
});

describe("after an apply whose report is at hand", () => {
  /** Live was last changed at 09:00 on the 20th, by a later edit; the apply wrote the day before. */
  const read = (at: string, updatedAt: string, reach: Partial<Reach> = {}): ReadRecord => ({
    at: `2026-11-19T${at}Z`,
    updatedAt: `2026-11-19T${updatedAt}Z`,
    reach: { ...OLD_REACH, evaluatedAt: "2026-11-18T00:00:00Z", evaluatedCount: 77, ...reach },
  });
  const applied = (change: Parameters<typeof sampleResult>[1] = {}) =>
    sampleReport([
      sampleResult(1, {
        campaignId: ID,
        after: AUDIENCE,
        writes: [
          {
            ...{ at: "2026-11-19T10:00:00.000Z", clock: "server", status: 200 },
            ...{ correlationId: "c-1", kind: "apply" },
          },
        ],
        guard: read("09:59:59.000", "08:00:00.000"),
        readBack: read("10:00:01.000", "10:00:00.500", { status: "pending" }),
        ...change,
      }),
    ]);
  /** Of after the write, and of before the later edit. */
  const reach = { status: "ok", evaluatedAt: "2026-11-19T10:00:07.000Z" };
  const options = { wait: "until-confirmed", timeoutMs: 300, idleMs: 300 } as const;

  test("its write decides, not the later edit of something else", async () => {
    expect((await wait(NO_OP, { reach, options })).result).toMatchObject({
      reach: { confirmed: false },
      unconfirmedReason: "not-proven",
      writes: [],
    });
    const after = applied();
    expect((await wait(NO_OP, { reach, options, after })).result).toMatchObject({
      outcome: "unchanged",
      reach: { confirmed: true, previousCount: 77 },
      unconfirmedReason: null,
      writes: after.results[0]?.writes,
      guard: after.results[0]?.guard,
      readBack: after.results[0]?.readBack,
    });
  });

  test("an evaluation from before its write is not proven, however old the last edit is", async () => {
    const early = { ...reach, evaluatedAt: "2026-11-19T10:00:00.499Z" };
    const { result } = await wait(NO_OP, { reach: early, options, after: applied() });
    expect(result).toMatchObject({ reach: { confirmed: false }, unconfirmedReason: "not-proven" });
  });

  test("where an older evaluation was under way at the write, the first one must stand", async () => {
    const after = applied({ guard: read("09:59:59.000", "08:00:00.000", { status: "pending" }) });
    expect((await wait(NO_OP, { reach, options, after })).result).toMatchObject({
      unconfirmedReason: "not-proven",
    });
    const long = { ...options, timeoutMs: 60_000, idleMs: 60_000 };
    const stood = await wait(NO_OP, { reach, options: long, after });
    expect(stood.result).toMatchObject({ reach: { confirmed: true } });
    expect(stood.at).toBeGreaterThanOrEqual(10_000);
  });

  test("a write whose answer was lost is not later than the read that verified it", async () => {
    const lost = { at: "2026-11-19T11:00:00.000Z", clock: "local", status: null } as const;
    const writes = [{ ...lost, correlationId: null, kind: "apply" as const }];
    const unmoved = read("10:00:01.000", "08:00:00.000");
    const after = applied({ writes, readBack: unmoved });
    expect((await wait(NO_OP, { reach, options, after })).result).toMatchObject({
      reach: { confirmed: true },
    });
    const dateless = applied({ writes, readBack: { ...unmoved, at: null } });
    expect((await wait(NO_OP, { reach, options, after: dateless })).result).toMatchObject({
      unconfirmedReason: "not-proven",
    });
  });

  test.each([
    ["wrote other audiences than the file names", applied({ after: binding([2]) })],
    [
      "did not write the campaign",
      applied({ outcome: "unchanged", writes: [], guard: null, readBack: null }),
    ],
    ["could not verify its write", applied({ outcome: "failed", reason: "not-converged" })],
    ["does not name the campaign", sampleReport([])],
  ])("a report that %s is no evidence", async (_, after) => {
    const { result } = await wait(NO_OP, { reach, options, after });
    expect(result).toMatchObject({ unconfirmedReason: "not-proven", writes: [], guard: null });
  });
});

test("a campaign that was planned but is not at hand is a bug", async () => {
  const ports = { reader: fakeApi({}, fakeClock()).reader, clock: fakeClock(), onEvent: () => undefined };
  await expect(
    confirmDeclared(samplePlan([NO_OP]), { live: new Map(), after: null }, WAIT, ports, NEVER),
  ).rejects.toThrow(`Campaign ${ID} was planned but is not at hand.`);
});
