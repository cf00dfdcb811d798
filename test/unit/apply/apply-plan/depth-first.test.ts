import { describe, expect, test } from "vitest";
import { type ApplyOptions, applyPlan } from "../../../../src/apply/apply-plan.ts";
import { plan } from "../../../../src/commands/plan.ts";
import type { AudienceBinding } from "../../../../src/domain/model.ts";
import type { CampaignReader, CampaignWriter } from "../../../../src/domain/ports.ts";
import { type FakeApi, fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { OPEN } from "../../../support/api/write-guard.ts";
import { binding, campaignId, spec } from "../../../support/samples/bindings.ts";

type Change = { readonly live: AudienceBinding; readonly desired: AudienceBinding };

const WIDENS: Change = { live: binding([1]), desired: binding([1, 2]) };
const NARROWS: Change = { live: binding([1, 2]), desired: binding([1]) };
const MIXED: Change = { live: binding([1]), desired: binding([2]) };

/** Applies changes against an API that takes its time, and notes each step as it happens. */
async function run(
  changes: readonly Change[],
  parallelism: number,
  latencyMs: (method: "GET" | "PUT", id: string) => number,
) {
  const clock = fakeClock();
  const api: FakeApi = fakeApi(
    Object.fromEntries(changes.map(({ live }, index) => [campaignId(index), { audience: live }])),
    clock,
  );
  const steps: { readonly step: string; readonly number: number; readonly at: number }[] = [];
  const note = (step: string, id: string) =>
    steps.push({ step, number: Number.parseInt(id.slice(-12), 16), at: clock.monotonic() });
  const reader: CampaignReader = {
    async readCampaign(id, signal, purpose) {
      const live = await api.reader.readCampaign(id, signal, purpose);
      await clock.sleep(latencyMs("GET", id));
      note(purpose?.kind ?? "read", id);
      return live;
    },
  };
  const writer: CampaignWriter = {
    async replaceAudience(id, audience, guard) {
      while (!guard.pass()) await guard.readAgain();
      note("sent", id);
      const receipt = await api.writer.replaceAudience(id, audience, OPEN);
      await clock.sleep(latencyMs("PUT", id));
      note("accepted", id);
      return receipt;
    },
  };
  const { signal } = new AbortController();
  const specs = changes.map(({ desired }, index) => spec(campaignId(index), desired));
  const input = { specs, warnings: [], environment: null, apiUrl: "x", tool: { name: "c", version: "0" } };
  const planned = await plan(input, { reader: api.reader, clock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  const options: ApplyOptions = { parallelism, wait: "none" };
  const ports = { reader, writer, clock, onEvent: () => undefined };
  const results = await applyPlan(planned.plan, planned.live, options, ports, signal);
  return { results, steps };
}

describe("one campaign at a time to the end", () => {
  test("with parallelism 1 a campaign is read, written and read back before the next is read", async () => {
    const { steps } = await run([WIDENS, WIDENS, WIDENS], 1, () => 20);
    expect(steps.map(({ step, number }) => `${number} ${step}`)).toEqual(
      [0, 1, 2].flatMap((number) =>
        ["guard", "sent", "accepted", "verify"].map((step) => `${number} ${step}`),
      ),
    );
  });

  test.each([1, 3, 10])(
    "with parallelism %i so many accepted writes are unread at most",
    async (parallelism) => {
      const slow = (method: string, id: string) =>
        method === "GET" ? 10 + (Number.parseInt(id.slice(-1), 16) % 7) * 30 : 5;
      const { steps, results } = await run(
        Array.from({ length: 60 }, () => WIDENS),
        parallelism,
        slow,
      );
      const unread = new Set<number>();
      let most = 0;
      for (const { step, number } of steps) {
        if (step === "accepted") unread.add(number);
        if (step === "verify") unread.delete(number);
        most = Math.max(most, unread.size);
      }
      expect(most).toBeGreaterThan(0);
      expect(most).toBeLessThanOrEqual(parallelism);
      expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["applied"]));
    },
  );
});

describe("the order of writing", () => {
  const CHANGES = [WIDENS, MIXED, NARROWS, WIDENS, NARROWS, MIXED];

  test("changes that narrow come first, then mixed ones, then those that widen", async () => {
    const { steps } = await run(CHANGES, 1, () => 20);
    const sent = steps.filter(({ step }) => step === "sent").map(({ number }) => number);
    expect(sent).toEqual([2, 4, 1, 5, 0, 3]);
  });

  test("no change that can reach more people is sent before all that narrow are verified, however slow one is", async () => {
    const { steps } = await run(CHANGES, 10, (_, id) => (id === campaignId(4) ? 900 : 20));
    const at = (step: string, numbers: readonly number[]) =>
      steps.filter((each) => each.step === step && numbers.includes(each.number)).map((each) => each.at);
    expect(Math.min(...at("sent", [0, 1, 3, 5]))).toBeGreaterThanOrEqual(Math.max(...at("verify", [2, 4])));
  });
});
