import { describe, expect, test } from "vitest";
import validateReport from "../../src/generated/validate-apply-report.js";
import validatePlan from "../../src/generated/validate-plan.js";
import {
  audience,
  binding,
  sampleError,
  sampleNoOp,
  samplePlan,
  sampleReach,
  sampleReachResult,
  sampleReport,
  sampleResult,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../support/samples/plan.ts";

const plan = samplePlan([sampleUpdate(0), sampleNoOp(1), sampleSkip(2), sampleUnreadable(3)]);

const report = sampleReport([
  sampleResult(0, {
    writes: [
      { at: "2026-11-23T10:00:00.000Z", clock: "server", status: 200, correlationId: null, kind: "apply" },
    ],
    guard: { at: "2026-11-23T10:00:00.000Z", updatedAt: null, reach: sampleReach() },
    readBack: { at: null, updatedAt: "2026-11-23T10:00:00.250Z", reach: sampleReach({ status: "pending" }) },
  }),
  sampleResult(1, {
    outcome: "stale",
    reason: "live-changed",
    waited: false,
    live: binding([audience(1)]),
  }),
  sampleResult(2, {
    outcome: "failed",
    reason: "no-answer",
    waited: false,
    reach: null,
    error: { ...sampleError, mayHaveLanded: true },
  }),
  sampleResult(3, { reach: sampleReachResult({ confirmed: false }), unconfirmedReason: "timeout" }),
]);

/** A copy with one value set, or taken away (undefined), at a path such as `changes.0.action`. */
function altered(document: object, path: string, value: unknown): unknown {
  const copy = structuredClone(document);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce<Record<string, unknown>>(
    (at, key) => at[key] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** Where the validator complains, the place itself or one above or below it. */
function complaints(validate: typeof validatePlan, document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map((error) => error.instancePath);
}

describe("plan.schema.json", () => {
  test("accepts every kind of change, and keys that it does not know", () => {
    expect(complaints(validatePlan, plan)).toEqual([]);
    expect(complaints(validatePlan, altered(plan, "changes.0.badge", "this PR"))).toEqual([]);
    expect(complaints(validatePlan, altered(plan, "formatVersion", "1.7"))).toEqual([]);
  });

  const required = [
    ...Object.keys(plan),
    ...Object.keys(plan.summary).map((key) => `summary.${key}`),
    ...Object.keys(plan.scope).map((key) => `scope.${key}`),
    ...Object.keys(plan.changes[0] ?? {}).map((key) => `changes.0.${key}`),
    "tool.name",
    "tool.version",
    "changes.0.source.line",
    "changes.0.before.exclude",
    "changes.0.after.include",
    "changes.0.reach.isStale",
    "changes.0.operations.0.value",
    "changes.3.error.correlationId",
  ];

  test.each(required)("requires %s", (path) => {
    expect(complaints(validatePlan, altered(plan, path, undefined))).not.toEqual([]);
  });

  test.each([
    ["kind", "apply-report"],
    ["formatVersion", "2.0"],
    ["createdAt", "yesterday"],
    ["digest", `sha256:${"AB".repeat(32)}`],
    ["apiUrl", "file:///etc"],
    ["summary.update", -1],
    ["changes.0.campaignId", "4130BADA-0000-4000-8000-000000000000"],
    ["changes.0.action", "delete"],
    ["changes.0.authoringStatus", "scheduled"],
    ["changes.0.reason", "not-draft"],
    ["changes.0.direction", "none"],
    ["changes.0.before", null],
    ["changes.0.after.include", []],
    ["changes.0.after.include", Array.from({ length: 26 }, (_, index) => audience(index))],
    ["changes.0.after.exclude", Array.from({ length: 26 }, (_, index) => audience(index))],
    ["changes.0.after.include", [audience(1), audience(1)]],
    ["changes.0.after.include.0.type", "list"],
    ["changes.0.operations", []],
    ["changes.0.operations.0.path", "/campaignId"],
    ["changes.0.operations.0.value", { x: "segment" }],
    ["changes.0.operations.2.op", "move"],
    ["changes.0.operations.2.path", "/include/../x"],
    ["changes.0.operations.2.value", "list"],
    ["changes.0.reach", null],
    ["changes.0.error", sampleError],
    ["changes.0.source.line", 0],
    ["changes.0.because", []],
    ["changes.0.causes", []],
    ["changes.0.causes", [{ file: "audiences.yaml", kind: "list", name: null }]],
    ["scope.kind", "some"],
    ["scope.since", "main"],
    ["scope.shard", "0/3"],
    ["scope.planned", -1],
    ["scope.outOfTime", 0],
    ["changes.1.direction", "widens"],
    ["changes.1.operations", plan.changes[0]?.operations],
    ["changes.2.authoringStatus", "draft"],
    ["changes.2.reason", null],
    ["changes.3.reason", "not-draft"],
    ["changes.3.before", binding([audience(1)])],
    ["changes.3.error", null],
    ["diagnostics", [{ severity: "error" }]],
  ])("refuses %s: %j", (path, value) => {
    expect(complaints(validatePlan, altered(plan, path, value))).not.toEqual([]);
  });

  test("takes live lists as they are: empty, or longer than a file may have", () => {
    const live = Array.from({ length: 40 }, (_, index) => audience(index));
    const odd = samplePlan([
      sampleUpdate(0, { before: binding([]) }),
      sampleUpdate(1, { before: binding(live) }),
    ]);
    expect(complaints(validatePlan, odd)).toEqual([]);
  });
});

describe("apply-report.schema.json", () => {
  const waitReport = sampleReport([sampleResult(0, { outcome: "unchanged" })], {
    kind: "wait-report",
    planDigest: null,
  });

  test("accepts both kinds of report, and keys that it does not know", () => {
    expect(complaints(validateReport, report)).toEqual([]);
    expect(complaints(validateReport, waitReport)).toEqual([]);
    expect(complaints(validateReport, altered(report, "results.0.badge", 1))).toEqual([]);
  });

  const required = [
    ...Object.keys(report),
    ...Object.keys(report.summary).map((key) => `summary.${key}`),
    ...Object.keys(report.results[0] ?? {}).map((key) => `results.0.${key}`),
    ...Object.keys(report.results[0]?.writes[0] ?? {}).map((key) => `results.0.writes.0.${key}`),
    ...Object.keys(report.results[0]?.guard ?? {}).map((key) => `results.0.guard.${key}`),
    "results.0.readBack.reach.status",
    "results.0.before.exclude",
    "results.0.after.include",
    "results.0.reach.confirmed",
    "results.0.reach.previousCount",
    "results.1.live.include",
    "results.2.error.mayHaveLanded",
  ];

  test.each(required)("requires %s", (path) => {
    expect(complaints(validateReport, altered(report, path, undefined))).not.toEqual([]);
  });

  test.each([
    ["kind", "plan"],
    ["planDigest", null],
    ["scope.kind", "some"],
    ["finishedAt", "soon"],
    ["results.0.outcome", "done"],
    ["results.0.reason", "not-draft"],
    ["results.0.after", null],
    ["results.0.writes.0.at", "yesterday"],
    ["results.0.writes.0.clock", "sundial"],
    ["results.0.guard.at", "soon"],
    ["results.0.live", binding([audience(1)])],
    ["results.1.reason", null],
    ["results.1.unconfirmedReason", "timeout"],
    ["results.2.error", null],
    ["results.3.unconfirmedReason", "tired"],
  ])("refuses %s: %j", (path, value) => {
    expect(complaints(validateReport, altered(report, path, value))).not.toEqual([]);
  });

  test("a wait report has no plan digest", () => {
    expect(complaints(validateReport, altered(waitReport, "planDigest", report.planDigest))).not.toEqual([]);
  });
});
