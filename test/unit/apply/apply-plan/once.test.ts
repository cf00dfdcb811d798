import { expect, test } from "vitest";
import { type ApplyPorts, applyPlan } from "../../../../src/apply/apply-plan.ts";
import { plan } from "../../../../src/commands/plan.ts";
import type { ProgressEvent } from "../../../../src/domain/ports.ts";
import { fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../../support/samples/bindings.ts";

const [ONE, TWO, THREE] = [campaignId(1), campaignId(2), campaignId(3)];
const { signal } = new AbortController();

/** Three campaigns: the first is to reach fewer people, the second more, the third is as declared. */
async function planned() {
  const clock = fakeClock();
  const api = fakeApi(
    {
      [ONE]: { audience: binding([1, 2]) },
      [TWO]: { audience: binding([1]) },
      [THREE]: { audience: binding([1]) },
    },
    clock,
  );
  const events: ProgressEvent[] = [];
  const steps: string[] = [];
  const ports: ApplyPorts = {
    ...{ reader: api.reader, writer: api.writer, clock },
    onEvent: (event) => void events.push(event),
    journal: { note: (id, step) => void steps.push(`${id.slice(-1)} ${step}`) },
  };
  const specs = [spec(ONE, binding([1])), spec(TWO, binding([1, 2])), spec(THREE, binding([1]))];
  const input = { specs, warnings: [], environment: null, apiUrl: "x", tool: { name: "c", version: "0" } };
  const made = await plan(input, { ...ports, onEvent: () => undefined }, signal);
  if (made.kind === "no-access") throw made.error;
  const apply = (more: Partial<ApplyPorts> = {}) =>
    applyPlan(made.plan, made.live, { parallelism: 1, wait: "none" }, { ...ports, ...more }, signal);
  return { api, events, steps, apply };
}

test("each campaign is written once and told once, whatever its direction", async () => {
  const { api, events, apply } = await planned();
  const results = await apply();
  expect(api.writes).toHaveLength(2);
  expect(events).toEqual([
    { kind: "writing", of: 2 },
    { kind: "written", campaignId: ONE, name: "Campaign 01" },
    { kind: "written", campaignId: TWO, name: "Campaign 02" },
  ]);
  expect(results.map(({ outcome, writes }) => [outcome, writes.map(({ status }) => status)])).toEqual([
    ["applied", [200]],
    ["applied", [200]],
    ["unchanged", []],
  ]);
});

test("a campaign that somebody else brought there has no line in the journal", async () => {
  const { api, events, steps, apply } = await planned();
  api.edit(ONE, { audience: binding([1]) });
  api.edit(TWO, { audience: binding([1, 2]) });
  await apply();
  expect(steps).toEqual([]);
  expect(events.slice(1)).toMatchObject([
    { kind: "ended", campaignId: ONE, outcome: "unchanged" },
    { kind: "ended", campaignId: TWO, outcome: "unchanged" },
  ]);
});

test("what a caller's `onEvent` throws ends the run, also where nothing can be interrupted", async () => {
  const { api, apply } = await planned();
  const onEvent = (event: ProgressEvent) => {
    if (event.kind === "written") throw new Error("The disk is full.");
  };
  await expect(apply({ onEvent })).rejects.toThrow("The disk is full.");
  expect(api.writes.length).toBeGreaterThan(0);
});
