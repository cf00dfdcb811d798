import { describe, expect, test } from "vitest";
import { buildApplyReport, buildWaitReport, conditionsOf } from "../../../src/apply/report.ts";
import type { ApplyResult, Plan } from "../../../src/domain/model.ts";
import { wholeScope } from "../../../src/domain/scope.ts";
import { OLD_REACH } from "../../support/api/fake-api.ts";
import { campaignId } from "../../support/samples/bindings.ts";

const ORIGIN = {
  tool: { name: "campaignctl", version: "0" },
  startedAt: Date.parse("2026-11-24T10:00:00.000Z"),
  finishedAt: Date.parse("2026-11-24T10:00:05.000Z"),
  environment: null,
  privacy: { minCount: 20 },
  scope: wholeScope(2),
  audiences: {},
  apiUrl: "https://api.example.test",
};

let next = 0;
function result(change: Partial<ApplyResult>): ApplyResult {
  next += 1;
  return {
    campaignId: campaignId(next),
    name: null,
    source: { file: "a.yaml", line: 1, column: 1 },
    outcome: "unchanged",
    reason: null,
    before: null,
    after: { include: [], exclude: [] },
    writes: [],
    guard: null,
    readBack: null,
    updatedAt: null,
    reach: { ...OLD_REACH, confirmed: false, previousCount: null, reachedBefore: null },
    waited: false,
    unconfirmedReason: null,
    breach: null,
    live: null,
    error: null,
    ...change,
  };
}

const confirmed = {
  waited: true,
  reach: { ...OLD_REACH, confirmed: true, previousCount: 1, reachedBefore: 1 },
};
const unconfirmed = { waited: true, unconfirmedReason: "timeout" } as const;
const pending = {
  reach: { ...OLD_REACH, status: "pending", confirmed: false, previousCount: null, reachedBefore: null },
};
const failed = (status: number | null, code: string, mayHaveLanded = false) =>
  ({
    outcome: "failed",
    reason: code,
    error: { code, status, message: "", correlationId: null, mayHaveLanded },
  }) as const;

const applyReport = (...results: ApplyResult[]) =>
  buildApplyReport({ digest: "sha256:x" } as Plan, results, ORIGIN);

test("the summary counts outcomes, and reach of what was waited for", () => {
  const report = applyReport(
    result({ outcome: "applied", ...confirmed }),
    result({ outcome: "applied", ...unconfirmed }),
    result({ outcome: "applied" }),
    result({ ...confirmed }),
    result({}),
    result({ outcome: "skipped" }),
    result({ outcome: "stale" }),
    result(failed(500, "x")),
    result({ outcome: "not-attempted" }),
  );
  expect(report.summary).toEqual({
    applied: 3,
    restored: 0,
    unchanged: 2,
    skipped: 1,
    stale: 1,
    failed: 1,
    notAttempted: 1,
    reachConfirmed: 2,
    reachUnconfirmed: 1,
  });
  expect(report).toMatchObject({
    kind: "apply-report",
    planDigest: "sha256:x",
    startedAt: "2026-11-24T10:00:00.000Z",
  });
});

describe("what decides the exit code of apply", () => {
  test.each<[string, ApplyResult[], string[]]>([
    ["all well", [result({ outcome: "applied", ...confirmed }), result({})], []],
    ["skipped alone", [result({ outcome: "skipped" })], []],
    ["applied, not confirmed", [result({ outcome: "applied", ...unconfirmed })], ["reach-unconfirmed"]],
    ["applied, not waited for", [result({ outcome: "applied" })], []],
    ["unchanged, not confirmed: a warning only", [result({ ...unconfirmed })], []],
    ["unchanged, and still pending", [result({ ...unconfirmed, ...pending })], ["reach-unconfirmed"]],
    ["unchanged and pending, but not waited for", [result({ ...pending })], []],
    ["stale", [result({ outcome: "stale" })], ["stale"]],
    ["failed among others", [result({}), result(failed(404, "NOT_FOUND"))], ["incomplete"]],
    ["not attempted", [result({}), result({ outcome: "not-attempted" })], ["incomplete"]],
    [
      "nothing reached",
      [result(failed(null, "no-answer")), result(failed(503, "http-503"))],
      ["unreachable", "incomplete"],
    ],
    [
      "nothing reached, but something may have landed",
      [result(failed(null, "no-answer", true))],
      ["incomplete"],
    ],
    [
      "one said not found",
      [result(failed(null, "no-answer")), result(failed(404, "NOT_FOUND"))],
      ["incomplete"],
    ],
    [
      "nothing reached, and the rest not attempted",
      [result(failed(null, "no-answer")), result({ outcome: "not-attempted" })],
      ["unreachable", "incomplete"],
    ],
    ["nothing asked for", [result({ outcome: "not-attempted" })], ["incomplete"]],
    [
      "no access for one of them",
      [result({}), result({ ...failed(403, "SCOPE"), reason: "no-access" })],
      ["no-access", "incomplete"],
    ],
    [
      "applied, and not even looked at again",
      [result({ outcome: "applied", waited: true, reach: null, unconfirmedReason: "interrupted" })],
      ["reach-unconfirmed"],
    ],
    ["no access", [result({ ...failed(403, "SCOPE"), reason: "no-access" })], ["no-access", "incomplete"]],
    [
      "no access while waiting",
      [result({ outcome: "applied", waited: true, unconfirmedReason: "stopped" })],
      ["no-access", "reach-unconfirmed"],
    ],
  ])("%s", (_, results, conditions) => {
    expect(conditionsOf(applyReport(...results))).toEqual(conditions);
  });

  test("of a saved plan only what was asked for can be out of reach", () => {
    const asked = [result(failed(null, "no-answer"))];
    const report = applyReport(result({}), ...asked);
    expect(conditionsOf(report)).toEqual(["incomplete"]);
    expect(conditionsOf(report, asked)).toEqual(["unreachable", "incomplete"]);
    expect(conditionsOf(report, [])).toEqual(["incomplete"]);
  });
});

test("wait counts every unconfirmed one", () => {
  const report = buildWaitReport([result({ ...unconfirmed }), result({ ...confirmed })], ORIGIN);
  expect(report).toMatchObject({ kind: "wait-report", planDigest: null });
  expect(conditionsOf(report)).toEqual(["reach-unconfirmed"]);
});
