import { describe, expect, test } from "vitest";
import { applyPlan } from "../../../src/apply/apply-plan.ts";
import { plan } from "../../../src/commands/plan.ts";
import { wait } from "../../../src/commands/wait.ts";
import type { ApplyResult, Reach } from "../../../src/domain/model.ts";
import { fakeApi, fakeClock, OLD_REACH, type ReachScript } from "../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const ID = campaignId(1);
const BEFORE = binding([1], [9]);
const AFTER = binding([1, 2], [9]);
const WRITTEN_AT = Date.parse("2026-11-24T10:00:00Z");
const NEVER = new AbortController().signal;

const endedAfter = (ms: number, evaluatedCount: number): Partial<Reach> => ({
  status: "ok",
  evaluatedCount,
  evaluatedAt: new Date(WRITTEN_AT + ms).toISOString(),
  isStale: false,
});
const PENDING: Partial<Reach> = { status: "pending", evaluatedAt: null };

/** Applies, with an evaluation of the old audiences under way at the write, and perhaps waits then. */
async function applyTo(
  script: ReachScript,
  { before = { ...OLD_REACH, ...PENDING }, timeoutMs = 60_000, wait: isWaiting = true } = {},
) {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience: BEFORE, reach: before } }, clock, script);
  const input = {
    ...{ specs: [spec(ID, AFTER)], warnings: [], environment: null, apiUrl: "https://a.test" },
    tool: { name: "campaignctl", version: "0" },
  };
  const ports = { ...api, clock, onEvent: () => undefined };
  const made = await plan(input, ports, NEVER);
  if (made.kind === "no-access") throw made.error;
  const options = isWaiting
    ? ({ parallelism: 1, wait: "until-confirmed", timeoutMs, idleMs: 30_000 } as const)
    : ({ parallelism: 1, wait: "none" } as const);
  const [result] = await applyPlan(made.plan, made.live, options, ports, NEVER);
  const waitFor = async (waitMs: number): Promise<ApplyResult | undefined> => {
    const waited = await wait({ ...input, timeoutMs: waitMs, after: null }, ports, NEVER);
    return waited.kind === "waited" ? waited.report.results[0] : undefined;
  };
  return { result, clock, waitFor };
}

describe("an evaluation of the old audiences that was under way at the write and ends a second after it", () => {
  /** Its result is shown for a while, then the new one is queued and evaluated. */
  const thenNew =
    (shownMs: number): ReachScript =>
    (ms) => {
      if (ms < 1_000) return PENDING;
      if (ms < 1_000 + shownMs) return endedAfter(1_000, 18_432);
      return ms < 20_000 ? PENDING : endedAfter(20_000, 4_242);
    };

  test.each([0, 500, 3_000, 9_000])(
    "is not taken for the new one, which is waited for (shown for %i ms)",
    async (shownMs) => {
      const { result } = await applyTo(thenNew(shownMs));
      expect(result).toMatchObject({
        outcome: "applied",
        reach: { confirmed: true, evaluatedCount: 4_242 },
        guard: { reach: { status: "pending" } },
      });
    },
  );

  test("and is not confirmed when there is no time for more", async () => {
    const { result } = await applyTo(thenNew(9_000), { timeoutMs: 5_000 });
    expect(result).toMatchObject({
      reach: { confirmed: false, evaluatedCount: 18_432 },
      unconfirmedReason: "not-proven",
    });
  });

  test.each<[string, Reach]>([
    ["idle", { ...OLD_REACH, status: "idle" }],
    ["stale", { ...OLD_REACH, isStale: true }],
    ["a word of a newer API", { ...OLD_REACH, status: "queued" }],
  ])("also where reach was %s before the write", async (_, before) => {
    const { result } = await applyTo(thenNew(3_000), { before });
    expect(result).toMatchObject({ reach: { confirmed: true, evaluatedCount: 4_242 } });
  });

  test("one that stands is believed after ten seconds: the API gave up the older one", async () => {
    const { result, clock } = await applyTo((ms) => (ms < 2_000 ? PENDING : endedAfter(2_000, 4_242)));
    expect(result).toMatchObject({ reach: { confirmed: true, evaluatedCount: 4_242 } });
    expect(clock.monotonic()).toBeGreaterThanOrEqual(12_000);
  });
});

test("apply --no-wait, 11 s, then wait does not confirm an evaluation of April, however long it waits", async () => {
  const april = { ...OLD_REACH, evaluatedAt: "2026-04-25T10:20:00.000Z" };
  const { clock, waitFor } = await applyTo(() => april, { before: april, wait: false });
  await clock.sleep(11_000);
  expect(await waitFor(60_000)).toMatchObject({
    reach: { confirmed: false, status: "ok" },
    unconfirmedReason: "not-proven",
    updatedAt: new Date(WRITTEN_AT).toISOString(),
  });
});

test("an API that tells neither evaluatedAt nor isStale is believed only when a cycle was seen", async () => {
  const bare = { evaluatedAt: null, isStale: null };
  const before = { ...OLD_REACH, ...bare };
  const standing = await applyTo(() => ({ ...before, status: "ok" }), { before });
  expect(standing.result).toMatchObject({ reach: { confirmed: false }, unconfirmedReason: "not-proven" });
  const cycle = await applyTo((ms) => ({ ...bare, status: ms < 2_000 ? "pending" : "ok" }), { before });
  expect(cycle.result).toMatchObject({ reach: { confirmed: true } });
});
