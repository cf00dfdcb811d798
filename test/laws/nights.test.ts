import { expect, test } from "vitest";
import { conditionsOfPlan, plan } from "../../src/commands/plan.ts";
import { AccessError, InterruptedError } from "../../src/domain/errors.ts";
import type { CampaignReader, Clock } from "../../src/domain/ports.ts";
import { createLimiter } from "../../src/patience/limiter.ts";
import { afterRun, type LastChecked } from "../../src/plan/last-checked.ts";
import { lastCheckedJson, nothingChecked, readLastChecked } from "../../src/plan/last-checked-json.ts";
import { fakeApi, fakeClock } from "../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../support/samples/bindings.ts";

const DESTINATION = { apiUrl: "https://api.example.test/public/v1", environment: null };
const TOOL = { name: "campaignctl", version: "0" };
const NIGHT_MS = 24 * 3_600_000;

const SPECS = Array.from({ length: 500 }, (_, index) => spec(campaignId(index), binding([1])));

/** An API that takes a second for each answer and gives ten at once; what `asked` throws is its answer. */
function slowReader(clock: Clock, asked: (id: string) => void = () => undefined): CampaignReader {
  const live = SPECS.map(({ campaignId: id, audience }) => [id, { audience }]);
  const { reader } = fakeApi(Object.fromEntries(live), clock);
  const slots = createLimiter(10);
  return {
    readCampaign: (id, signal) =>
      slots.run(async () => {
        await clock.sleep(1_000, signal);
        asked(id);
        return reader.readCampaign(id, signal);
      }),
  };
}

async function look(
  clock: Clock,
  last: LastChecked,
  more: { maxMs?: number; reader?: CampaignReader; signal?: AbortSignal } = {},
) {
  const { maxMs = 12_500, reader = slowReader(clock), signal = new AbortController().signal } = more;
  const input = { ...DESTINATION, specs: SPECS, warnings: [], tool: TOOL, maxMs, lastChecked: last };
  const planned = await plan(input, { reader, clock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  const next = afterRun(last, planned.plan.changes, clock.now());
  return { ...planned, next, ids: planned.plan.changes.map(({ campaignId: id }) => id) };
}

/** As a cache keeps it from one night to the next. */
function kept(last: LastChecked): LastChecked {
  const read = readLastChecked(lastCheckedJson(last, TOOL), DESTINATION);
  if (typeof read === "string") throw new Error(read);
  return read;
}

test("case 84: nights of which each has time for a quarter get round in five, and then begin with the oldest", async () => {
  const clock = fakeClock();
  let last = nothingChecked(DESTINATION);
  const nights: (readonly string[])[] = [];
  for (let night = 0; night < 10; night += 1) {
    const ended = await look(clock, last);
    expect(conditionsOfPlan(ended)).toEqual([]);
    expect(ended.plan.scope).toEqual({
      kind: "all",
      since: null,
      shard: null,
      planned: 120,
      declared: 500,
      outOfTime: 380,
    });
    nights.push(ended.ids);
    last = kept(ended.next);
    await clock.sleep(NIGHT_MS);
  }
  expect(new Set(nights.slice(0, 4).flat()).size).toBe(480);
  expect(new Set(nights.slice(0, 5).flat()).size).toBe(500);
  // Of a round that is complete the campaigns of its first night are the oldest again.
  expect(new Set(nights.slice(5, 10).flat()).size).toBe(500);
});

test("case 85: a file that is lost half-way costs no campaign more than the round that begins anew", async () => {
  const clock = fakeClock();
  const { next } = await look(clock, nothingChecked(DESTINATION));
  const lost = await look(clock, nothingChecked(DESTINATION));
  expect(lost.ids).toEqual((await look(clock, nothingChecked(DESTINATION))).ids);
  expect(lost.ids.filter((id) => next.campaigns.has(id))).toEqual(lost.ids);
});

test("without a limit every campaign is looked at, whatever the file says", async () => {
  const clock = fakeClock();
  const { ids, plan: made } = await look(clock, nothingChecked(DESTINATION), { maxMs: NIGHT_MS });
  expect(ids).toEqual(SPECS.map(({ campaignId: id }) => id));
  expect(made.scope).toEqual({ kind: "all", since: null, shard: null, planned: 500, declared: 500 });
});

test("case 84: a run whose time is up before the first answer has reached nothing", async () => {
  const clock = fakeClock();
  const ended = await look(clock, nothingChecked(DESTINATION), { maxMs: 500 });
  expect(ended.plan.changes).toEqual([]);
  expect(ended.next.campaigns.size).toBe(0);
  expect(conditionsOfPlan(ended)).toEqual(["unreachable"]);
});

test("a signal is no end of the time: what it leaves is told as an error, and is still to be looked at", async () => {
  const clock = fakeClock();
  const controller = new AbortController();
  void clock.sleep(3_500).then(() => controller.abort(new InterruptedError("SIGTERM")));
  const ended = await look(clock, nothingChecked(DESTINATION), { signal: controller.signal });
  expect(ended.plan.summary).toMatchObject({ noOp: 30, error: 470 });
  expect(ended.next.campaigns.size).toBe(30);
});

test("credentials that are refused as the time is up are told", async () => {
  const clock = fakeClock();
  const facts = { method: "GET", path: "/x", correlationId: null, status: 401, code: "NO" };
  const reader = slowReader(clock, () => {
    if (clock.monotonic() > 2_000) throw new AccessError("No.", facts);
  });
  const ended = await look(clock, nothingChecked(DESTINATION), { reader, maxMs: 3_500 });
  expect(ended.accessError).toMatchObject({ status: 401 });
  expect(conditionsOfPlan(ended)).toEqual(["no-access", "incomplete"]);
});
