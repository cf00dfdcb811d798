import { expect, test } from "vitest";
import { createGuard, NotSent } from "../../../src/apply/write-guard.ts";
import { InterruptedError, NetworkError } from "../../../src/domain/errors.ts";
import { fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";
import { sampleUpdate } from "../../support/samples/plan.ts";

const ID = campaignId(1);
const UPDATE = sampleUpdate(1, { campaignId: ID, before: binding([1]), after: binding([1, 2]) });

function open(wallTime: () => number = () => 0, mayWrite: () => boolean = () => true) {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience: binding([1]) } }, clock);
  const stop = new AbortController();
  const ports = {
    reader: api.reader,
    clock: { ...clock, now: () => clock.now() + wallTime() },
    onSending: () => undefined,
    onRefused: () => undefined,
    mayWrite,
  };
  return { clock, api, stop, guard: createGuard(UPDATE, ports, stop.signal) };
}

test("nothing passes before the campaign was read, nor after a signal", async () => {
  const { guard, stop } = open();
  expect(guard.pass()).toBe(false);
  expect(await guard.look()).toBeNull();
  expect(guard.pass()).toBe(true);
  stop.abort();
  expect(guard.pass()).toBe(false);
});

test("what was read lets a write pass for a second, and not longer", async () => {
  const { guard, clock } = open();
  await guard.look();
  await clock.sleep(1_000);
  expect(guard.pass()).toBe(true);
  await clock.sleep(1);
  expect(guard.pass()).toBe(false);
  await guard.readAgain();
  expect(guard.pass()).toBe(true);
});

test("nor while the machine slept, in which the monotonic clock stands still", async () => {
  let slept = 0;
  const { guard } = open(() => slept);
  await guard.look();
  slept = 3_600_000;
  expect(guard.pass()).toBe(false);
  await guard.readAgain();
  expect(guard.pass()).toBe(true);
});

test("nor when the wall clock was set back meanwhile", async () => {
  let passed = 0;
  const { guard, clock } = open(() => -passed);
  await guard.look();
  passed = 1_001;
  await clock.sleep(1_001);
  expect(guard.pass()).toBe(false);
});

test("a write that must wait goes out a little before what was read is too old", async () => {
  const { guard, clock } = open();
  await clock.sleep(5_000);
  await guard.look();
  expect(guard.freshUntil()).toBe(5_000 + 850);
});

test("a campaign that was never read has not been seen", async () => {
  const { guard } = open();
  expect(() => guard.seen()).toThrow("A campaign was to be written before it was read.");
  await guard.look();
  expect(guard.seen()).toMatchObject({ campaignId: ID, audience: binding([1]) });
});

test("a campaign that moved keeps its write from being sent, and so does one that cannot be read again", async () => {
  const { api, guard, stop } = open();
  await guard.look();
  api.edit(ID, { audience: binding([7]) });
  const moved = await guard.readAgain().catch((error: unknown) => error);
  expect(moved).toBeInstanceOf(NotSent);
  expect(moved).toMatchObject({ message: "The write was not sent.", end: { kind: "stale" } });
  api.beforeRead = () => {
    throw new NetworkError("No answer.");
  };
  await expect(guard.readAgain()).rejects.toMatchObject({ end: { kind: "failed", mayHaveLanded: false } });
  stop.abort(new InterruptedError("SIGINT"));
  await expect(guard.readAgain()).rejects.toBeInstanceOf(InterruptedError);
});

test("nor once a rule forbids it: then it is looked at once more, and not sent", async () => {
  let isAllowed = true;
  const { guard } = open(
    () => 0,
    () => isAllowed,
  );
  expect(await guard.look()).toBeNull();
  isAllowed = false;
  expect(guard.pass()).toBe(false);
  const refused = await guard.readAgain().catch((error: unknown) => error);
  expect(refused).toMatchObject({ end: { kind: "not-attempted", reason: "guardrail" } });
});
