import { expect, test } from "vitest";
import { type ApplyOrder, beginApply } from "../../../../src/commands/apply.ts";
import { plan } from "../../../../src/commands/plan.ts";
import { NetworkError } from "../../../../src/domain/errors.ts";
import { exitCodeOf } from "../../../../src/domain/exit-codes.ts";
import { fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../../support/samples/bindings.ts";

const ONE = campaignId(1);
const TWO = campaignId(2);
const BEFORE = binding([1]);
const AFTER = binding([1, 2]);
const TOOL = { name: "campaignctl", version: "0" };

/** Two campaigns that differ, of which some are locked, and what begins an apply of them. */
async function ready(order: Partial<ApplyOrder> = {}, locked: readonly string[] = []) {
  const clock = fakeClock();
  const stateOf = (id: string) => ({
    audience: BEFORE,
    authoringStatus: locked.includes(id) ? "active" : "draft",
  });
  const api = fakeApi({ [ONE]: stateOf(ONE), [TWO]: stateOf(TWO) }, clock);
  const input = { specs: [spec(ONE, AFTER), spec(TWO, AFTER)], warnings: [], environment: null, tool: TOOL };
  const ports = { reader: api.reader, writer: api.writer, clock };
  const { signal } = new AbortController();
  const planned = await plan({ ...input, apiUrl: "https://api.example.test" }, ports, signal);
  if (planned.kind === "no-access") throw planned.error;
  const journal = { kind: "elsewhere", note: () => undefined } as const;
  const asked = { planned, approval: null, waitMs: null, failOnSkip: false, journal, ...order };
  const begin = (of: Partial<ApplyOrder> = {}) =>
    beginApply({ ...asked, ...of }, { tool: TOOL, startedAt: 0, parallelism: 1 }, ports);
  return { api, planned, begin, signal, told: () => undefined };
}

test("a refused update is reported as it was refused, in its place, and never asked about or written", async () => {
  const { api, planned, begin, signal, told } = await ready();
  const refused = new Map([[TWO, { outcome: "stale", reason: "not-reviewed" } as const]]);
  const applying = begin({ refused });
  const outcomes = () => applying.soFar().results.map(({ outcome, reason }) => `${outcome} ${reason}`);
  expect(outcomes()).toEqual(["not-attempted interrupted", "stale not-reviewed"]);
  api.beforeRead = (id) => {
    if (id === TWO) throw new Error("Asked about all the same.");
  };
  const { report, conditions } = await applying.carryOut(told, signal);
  expect(outcomes()).toEqual(["applied null", "stale not-reviewed"]);
  expect(report).toEqual(applying.soFar());
  expect(report.planDigest).toBe(planned.plan.digest);
  expect(api.writes.map(({ campaignId }) => campaignId)).toEqual([ONE]);
  expect(exitCodeOf(conditions)).toBe(7);
});

test("what was read for the plan and gives no answer later is incomplete, not unreachable", async () => {
  const { api, begin, signal, told } = await ready();
  api.beforeRead = () => {
    throw new NetworkError("no answer");
  };
  const { conditions } = await begin().carryOut(told, signal);
  expect(conditions).toEqual(["incomplete"]);
});

test.each([
  [true, 11],
  [false, 0],
])("a skipped campaign is a condition only where that was asked for: %s", async (failOnSkip, code) => {
  const { begin, signal, told } = await ready({ failOnSkip }, [ONE, TWO]);
  const { conditions } = await begin().carryOut(told, signal);
  expect(exitCodeOf(conditions)).toBe(code);
});
