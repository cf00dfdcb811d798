import { expect, test } from "vitest";
import { type ApplyPorts, applyPlan } from "../../../src/apply/apply-plan.ts";
import { journaled } from "../../../src/apply/journaled.ts";
import { plan } from "../../../src/commands/plan.ts";
import { NetworkError } from "../../../src/errors.ts";
import { binding, campaignId, spec } from "../../support/bindings.ts";
import { fakeApi, fakeClock } from "../../support/fake-api.ts";

const [ONE, TWO, THREE] = [campaignId(1), campaignId(2), campaignId(3)];

test("each write is noted before it is sent, when it is answered, and when its outcome is known", async () => {
  const clock = fakeClock();
  const live = { audience: binding([1]) };
  const api = fakeApi({ [ONE]: live, [TWO]: live, [THREE]: { audience: binding([1, 2]) } }, clock);
  const steps: string[] = [];
  const told: string[] = [];
  api.beforeWrite = (id) => steps.push(`${id.slice(-1)} PUT`);
  api.afterWrite = (id, count) => {
    if (id === TWO && count === 1) throw new NetworkError("lost");
  };
  const ports: ApplyPorts = {
    ...{ reader: api.reader, writer: api.writer, clock },
    onEvent: ({ kind, campaignId: id }) => told.push(`${id.slice(-1)} ${kind}`),
  };
  const noted = journaled(ports, { note: (id, step) => steps.push(`${id.slice(-1)} ${step}`) });
  const { signal } = new AbortController();
  const specs = [ONE, TWO, THREE].map((id) => spec(id, binding([1, 2])));
  const input = { specs, warnings: [], environment: null, apiUrl: "x", tool: { name: "c", version: "0" } };
  const planned = await plan(input, noted, signal);
  if (planned.kind === "no-access") throw planned.error;
  await applyPlan(planned.plan, planned.live, { parallelism: 1, wait: "none" }, noted, signal);
  const of = (number: number) => steps.filter((step) => step.startsWith(`${number}`));
  expect(of(1)).toEqual(["1 sending", "1 PUT", "1 accepted", "1 settled"]);
  expect(of(2)).toEqual(["2 sending", "2 PUT", "2 not-accepted", "2 settled"]);
  expect(of(3)).toEqual([]);
  expect(told.sort()).toEqual(["1 written", "2 written"]);
});

test("an outcome settles a write, once, and nothing else does", async () => {
  const clock = fakeClock();
  const api = fakeApi({ [ONE]: { audience: binding([1]) } }, clock);
  const steps: string[] = [];
  const ports = { reader: api.reader, writer: api.writer, clock, onEvent: () => undefined };
  const noted = journaled(ports, { note: (id, step) => steps.push(`${id.slice(-1)} ${step}`) });
  await noted.writer.replaceAudience(ONE, binding([2]));
  const ended = { kind: "ended", name: null, outcome: "failed", reason: "not-converged" } as const;
  noted.onEvent({ kind: "waiting", campaignId: ONE, name: null, status: "idle" });
  noted.onEvent({ ...ended, campaignId: TWO });
  expect(steps).toEqual(["1 sending", "1 accepted"]);
  noted.onEvent({ ...ended, campaignId: ONE });
  noted.onEvent({ ...ended, campaignId: ONE });
  expect(steps).toEqual(["1 sending", "1 accepted", "1 settled"]);
});
