import { describe, expect, test } from "vitest";
import { apply } from "../../../src/commands/apply.ts";
import { plan } from "../../../src/commands/plan.ts";
import { NetworkError } from "../../../src/domain/errors.ts";
import type { Reach } from "../../../src/domain/model.ts";
import type { ProgressEvent } from "../../../src/domain/ports.ts";
import type { Rules } from "../../../src/guardrails/judge-plan.ts";
import { type FakeApi, fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";
import { rules, waiver } from "../../support/samples/guardrails.ts";

const ONE = campaignId(1);
const BEFORE = binding([1], [9]);
const AFTER = binding([1, 2], [9]);
const WAIT = { parallelism: 1, wait: "until-confirmed", timeoutMs: 60_000, idleMs: 2_000 } as const;

/** The API counts 4,242 people after each write. */
const NOT_COUNTED: Reach = { status: "idle", evaluatedCount: null, evaluatedAt: null, isStale: null };
const LIMITS = { min: null, max: 1_000, maxIncrease: null, maxDecrease: null };
const ON_BREACH = { onBreach: "restore" } as const;
const TOO_MANY = rules([{ reach: LIMITS }], ON_BREACH);

type Meanwhile = {
  readonly prepare?: (api: FakeApi) => void;
  /** What somebody does as soon as the API has counted, right before the old audiences would be written. */
  readonly onConfirmed?: (api: FakeApi, stop: AbortController) => void;
};

async function run(by: Rules, { prepare, onConfirmed }: Meanwhile = {}) {
  const clock = fakeClock();
  const api = fakeApi({ [ONE]: { audience: BEFORE, reach: NOT_COUNTED } }, clock);
  const stop = new AbortController();
  prepare?.(api);
  const tool = { name: "campaignctl", version: "0" };
  const input = {
    specs: [spec(ONE, AFTER)],
    warnings: [],
    environment: null,
    apiUrl: "https://a.test",
    tool,
  };
  const made = await plan(input, { reader: api.reader, clock }, stop.signal);
  if (made.kind === "no-access") throw made.error;
  const onEvent = ({ kind }: ProgressEvent) => {
    if (kind === "confirmed") onConfirmed?.(api, stop);
  };
  const ports = { reader: api.reader, writer: api.writer, clock, onEvent };
  const approval = { expectDigest: null, maxPlanAge: null, confirm: null };
  const given = { ...made, rules: by, tool, startedAt: 0 };
  const { report, conditions } = await apply(given, approval, WAIT, ports, stop.signal);
  const [result] = report.results;
  return { api, report, conditions, result, writes: result?.writes.map(({ kind }) => kind) };
}

describe("reach that breaks a rule after the write", () => {
  test("is put back by a guarded write, verified and waited for; the report has both writes", async () => {
    const { api, report, conditions, result, writes } = await run(TOO_MANY);
    expect(api.audienceOf(ONE)).toEqual(BEFORE);
    expect(result).toMatchObject({
      outcome: "restored",
      before: BEFORE,
      after: AFTER,
      breach: { count: 4242, notRestored: null },
      reach: { confirmed: true },
    });
    expect(writes).toEqual(["apply", "restore"]);
    expect(report.summary).toMatchObject({ applied: 0, restored: 1 });
    expect(report.findings).toMatchObject([
      { rule: "reach-max", state: "broken", message: expect.stringContaining("4,242 people") },
    ]);
    expect(conditions).toEqual(["guardrail"]);
  });

  test("stays where the project only wants it reported", async () => {
    const { api, result, conditions } = await run(rules([{ reach: LIMITS }]));
    expect(api.audienceOf(ONE)).toEqual(AFTER);
    expect(result).toMatchObject({ outcome: "applied", breach: null });
    expect(conditions).toEqual(["guardrail"]);
  });

  test.each([
    [
      "waived",
      rules([{ reach: LIMITS }], {
        ...ON_BREACH,
        waivers: [waiver({ campaignId: ONE, rule: "reach-max", expires: "2030-01-01" })],
      }),
    ],
    ["allowed", rules([{ reach: LIMITS }], { ...ON_BREACH, allowed: new Map([["reach-max", null]]) })],
    ["broken", rules([{ reach: LIMITS }], { ...ON_BREACH, strength: { "reach-max": "warn" } })],
  ])("is never put back where it is let pass or only told (%s)", async (state, by) => {
    const { api, report, conditions } = await run(by);
    expect(api.audienceOf(ONE)).toEqual(AFTER);
    expect(report.findings).toMatchObject([{ rule: "reach-max", state }]);
    expect(conditions).toEqual([]);
  });

  test.each([
    ["somebody edited", (api: FakeApi) => api.edit(ONE, { audience: binding([7]) }), binding([7])],
    ["not draft", (api: FakeApi) => api.edit(ONE, { authoringStatus: "scheduled" }), AFTER],
  ])("is left alone where it cannot be put back, and the finding says why (%s)", async (why, act, live) => {
    const { api, report, result, writes } = await run(TOO_MANY, { onConfirmed: act });
    expect(api.audienceOf(ONE)).toEqual(live);
    expect(result).toMatchObject({
      outcome: "applied",
      breach: { notRestored: expect.stringContaining(why) },
    });
    expect(report.findings[0]?.message).toContain(why);
    expect(writes).toEqual(["apply"]);
  });

  test("whose second write failed stays applied, and says that it may have landed", async () => {
    const { result, report } = await run(TOO_MANY, {
      prepare: (api) => {
        api.beforeWrite = (_id, count) => {
          if (count > 1) throw new NetworkError("connection lost");
        };
      },
    });
    expect(result?.outcome).toBe("applied");
    expect(result?.breach?.notRestored).toContain("connection lost");
    expect(report.findings[0]).toMatchObject({ state: "broken" });
  });

  test("is not written again when the run is interrupted first, and the finding says so", async () => {
    const { api, result, conditions } = await run(TOO_MANY, { onConfirmed: (_api, stop) => stop.abort() });
    expect(api.audienceOf(ONE)).toEqual(AFTER);
    expect(api.writes).toHaveLength(1);
    expect(result).toMatchObject({ outcome: "applied", breach: { notRestored: "the run ended first." } });
    expect(conditions).toContain("guardrail");
  });
});

test("a freeze that began after the plan was made lets nothing be written", async () => {
  const frozen = { from: 0, to: Number.MAX_SAFE_INTEGER, until: "2030-01-01T00:00:00Z", reason: null };
  const { api, result, conditions } = await run(rules([{ freeze: [frozen] }]));
  expect(api.writes).toEqual([]);
  expect(result).toMatchObject({ outcome: "not-attempted", reason: "guardrail" });
  expect(conditions).toContain("guardrail");
});
