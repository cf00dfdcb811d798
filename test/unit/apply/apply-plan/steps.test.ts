import { expect, test } from "vitest";
import { type ApplyPorts, applyPlan } from "../../../../src/apply/apply-plan.ts";
import { plan } from "../../../../src/commands/plan.ts";
import { ApiError, NetworkError } from "../../../../src/domain/errors.ts";
import { fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../../support/samples/bindings.ts";

const [ONE, TWO, THREE, FOUR] = [campaignId(1), campaignId(2), campaignId(3), campaignId(4)];

test("the journal is told each write as it goes out, when it is answered, and when nothing of it is open", async () => {
  const clock = fakeClock();
  const live = { audience: binding([1]) };
  const api = fakeApi(
    { [ONE]: live, [TWO]: live, [THREE]: { audience: binding([1, 2]) }, [FOUR]: live },
    clock,
  );
  const steps: string[] = [];
  const told: string[] = [];
  const of = (number: number) => steps.filter((step) => step.startsWith(`${number}`));
  api.beforeWrite = (id) => {
    steps.push(`${id.slice(-1)} PUT`);
    const facts = { status: 422, code: "NO", method: "PUT", path: "/x", correlationId: null };
    if (id === FOUR) throw new ApiError("No.", facts);
  };
  api.afterWrite = (id, count) => {
    if (id === TWO && count === 1) throw new NetworkError("lost");
  };
  const ports: ApplyPorts = {
    ...{ reader: api.reader, writer: api.writer, clock },
    onEvent: (event) => {
      if ("campaignId" in event) told.push(`${event.campaignId.slice(-1)} ${event.kind}`);
    },
    journal: { note: (id, step) => void steps.push(`${id.slice(-1)} ${step}`) },
  };
  const { signal } = new AbortController();
  const specs = [ONE, TWO, THREE, FOUR].map((id) => spec(id, binding([1, 2])));
  const input = { specs, warnings: [], environment: null, apiUrl: "x", tool: { name: "c", version: "0" } };
  const planned = await plan(input, ports, signal);
  if (planned.kind === "no-access") throw planned.error;
  await applyPlan(planned.plan, planned.live, { parallelism: 1, wait: "none" }, ports, signal);
  expect(of(1)).toEqual(["1 sending", "1 PUT", "1 accepted", "1 settled"]);
  expect(of(2)).toEqual(["2 sending", "2 PUT", "2 not-accepted", "2 settled"]);
  expect(of(3)).toEqual([]);
  expect(of(4).slice(0, 3)).toEqual(["4 sending", "4 PUT", "4 settled"]);
  expect(told.sort()).toEqual(["1 written", "2 written", "4 ended"]);
});
