import { expect, test } from "vitest";
import { createGuard } from "../../../src/apply/write-guard.ts";
import { fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";
import { sampleUpdate } from "../../support/samples/plan.ts";

const ID = campaignId(1);
const UPDATE = sampleUpdate(1, { campaignId: ID, before: binding([1]), after: binding([1, 2]) });

function open(wallTime: () => number = () => 0) {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience: binding([1]) } }, clock);
  const stop = new AbortController();
  const ports = {
    reader: api.reader,
    clock: { ...clock, now: () => clock.now() + wallTime() },
    onSending: () => undefined,
    onRefused: () => undefined,
  };
  return { clock, stop, guard: createGuard(UPDATE, ports, stop.signal) };
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
