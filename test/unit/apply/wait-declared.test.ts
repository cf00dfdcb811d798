import { expect, test } from "vitest";
import { waitForDeclared } from "../../../src/apply/wait-declared.ts";
import type { Change } from "../../../src/domain.ts";
import type { ProgressEvent } from "../../../src/ports.ts";
import { binding, campaignId } from "../../support/bindings.ts";
import { fakeApi, fakeClock, OLD_REACH } from "../../support/fake-api.ts";
import {
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../support/sample-plan.ts";

const ID = campaignId(1);
const AUDIENCE = binding([1]);
const NO_OP = sampleNoOp(1, { campaignId: ID, before: AUDIENCE, after: AUDIENCE });
const WAIT = { wait: "until-confirmed", timeoutMs: 600_000, idleMs: 600_000 } as const;
const NEVER = new AbortController().signal;

async function wait(
  change: Change,
  { status = "pending", options = WAIT as Parameters<typeof waitForDeclared>[2] } = {},
) {
  const clock = fakeClock();
  const reach = { ...OLD_REACH, status };
  const api = fakeApi({ [ID]: { audience: AUDIENCE, reach } }, clock);
  const live = new Map([[ID, await api.reader.readCampaign(ID)]]);
  api.beforeRead = (_, count) => count === 4 && api.edit(ID, { reach: { ...OLD_REACH, evaluatedCount: 9 } });
  const events: ProgressEvent[] = [];
  const ports = { reader: api.reader, clock, onEvent: (event: ProgressEvent) => events.push(event) };
  const [result] = await waitForDeclared(samplePlan([change]), live, options, ports, NEVER);
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
    { ...told, kind: "waiting", status: "pending" },
    { ...told, kind: "confirmed", evaluatedCount: 9, previousCount: 18_432 },
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

test("a campaign that was planned but is not at hand is a bug", async () => {
  const ports = { reader: fakeApi({}, fakeClock()).reader, clock: fakeClock(), onEvent: () => undefined };
  await expect(waitForDeclared(samplePlan([NO_OP]), new Map(), WAIT, ports, NEVER)).rejects.toThrow(
    `Campaign ${ID} was planned but is not at hand.`,
  );
});
