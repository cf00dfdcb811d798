import { describe, expect, test } from "vitest";
import { NO_OUTPUTS, planOutputs, reportOutputs } from "../../../src/action/outputs.ts";
import type { Finding, Report } from "../../../src/domain/model.ts";
import { samplePlan, sampleUpdate } from "../../support/samples/plan.ts";

test("a plan", () => {
  const plan = {
    ...samplePlan([sampleUpdate(1)]),
    summary: { update: 3, noOp: 12, skip: 2, error: 4, widens: 1 },
  };
  expect(planOutputs(plan, "/tmp/plan.json")).toEqual({
    planned: "true",
    changes: "true",
    "to-update": "3",
    "in-sync": "12",
    skipped: "2",
    failed: "4",
    widens: "1",
    findings: "0",
    digest: plan.digest,
    "plan-path": "/tmp/plan.json",
    "report-path": "",
    "comment-url": "",
    "failure-reason": "",
  });
});

test("a plan without changes says false, not nothing", () => {
  expect(planOutputs(samplePlan([]), "/tmp/plan.json")).toMatchObject({ changes: "false", "to-update": "0" });
});

test("without a plan it says so, and nothing else", () => {
  const { planned, ...others } = NO_OUTPUTS;
  expect(planned).toBe("false");
  expect(new Set(Object.values(others))).toEqual(new Set([""]));
});

test("where a campaign could not be read, nobody knows that there is nothing to change", () => {
  const plan = { ...samplePlan([]), summary: { update: 0, noOp: 1, skip: 0, error: 1, widens: 0 } };
  expect(planOutputs(plan, "/tmp/plan.json")).toMatchObject({ planned: "true", changes: "", failed: "1" });
});

test("where nothing at all could be read, there is no plan", () => {
  const plan = { ...samplePlan([]), summary: { update: 0, noOp: 0, skip: 0, error: 2, widens: 0 } };
  expect(planOutputs(plan, "/tmp/plan.json")).toMatchObject({ planned: "false", changes: "", failed: "2" });
});

test("where the time was up before the first campaign, nobody knows anything", () => {
  const scope = { ...samplePlan([]).scope, planned: 0, declared: 9, outOfTime: 9 };
  expect(planOutputs(samplePlan([], { scope }), "/tmp/plan.json")).toMatchObject({
    planned: "false",
    changes: "",
  });
});

test("an apply: what was to change, and what became of the rest", () => {
  const plan = {
    ...samplePlan([sampleUpdate(1)]),
    summary: { update: 5, noOp: 7, skip: 1, error: 1, widens: 2 },
  };
  const report = {
    formatVersion: "1.0",
    kind: "apply-report",
    tool: plan.tool,
    startedAt: plan.createdAt,
    finishedAt: plan.createdAt,
    environment: null,
    apiUrl: plan.apiUrl,
    privacy: plan.privacy,
    planDigest: plan.digest,
    scope: plan.scope,
    summary: {
      applied: 1,
      restored: 0,
      unchanged: 8,
      skipped: 2,
      stale: 1,
      failed: 3,
      notAttempted: 0,
      reachConfirmed: 1,
      reachUnconfirmed: 0,
    },
    results: [],
    audiences: {},
    findings: [],
    fingerprint: "",
  } as const;
  expect(reportOutputs(plan, report, { plan: "/p.json", report: "/r.json" })).toEqual({
    ...NO_OUTPUTS,
    planned: "true",
    changes: "true",
    "to-update": "5",
    "in-sync": "8",
    skipped: "2",
    failed: "3",
    widens: "2",
    findings: "0",
    digest: plan.digest,
    "plan-path": "/p.json",
    "report-path": "/r.json",
  });
});

describe("broken rules", () => {
  const finding: Finding = {
    rule: "max-changes",
    strength: "soft",
    campaignId: null,
    source: null,
    message: "2 changes, 1 is allowed.",
    audienceIds: [],
    state: "broken",
    waiver: null,
    allowedReason: null,
  };
  const findings: readonly Finding[] = [
    finding,
    { ...finding, rule: "loses-all-excludes", strength: "warn" },
    { ...finding, rule: "freeze", state: "allowed" },
    { ...finding, rule: "require-exclude", state: "waived" },
    { ...finding, rule: "reach-max", state: "possible" },
  ];
  const unread = { update: 0, noOp: 0, skip: 0, error: 2, widens: 0 };

  test("are counted whatever their strength; what was let pass or is only possible is none", () => {
    expect(planOutputs({ ...samplePlan([]), findings }, "/p.json").findings).toBe("2");
  });

  test("are not known where nothing was read, unless one is broken all the same", () => {
    const plan = { ...samplePlan([]), summary: unread };
    expect(planOutputs(plan, "/p.json").findings).toBe("");
    expect(planOutputs({ ...plan, findings }, "/p.json").findings).toBe("2");
  });

  test("of an apply are those of its report", () => {
    const report = { summary: { unchanged: 0, skipped: 0, failed: 0 }, findings } as unknown as Report;
    const paths = { plan: "/p.json", report: "/r.json" };
    expect(reportOutputs(samplePlan([]), report, paths).findings).toBe("2");
    expect(reportOutputs({ ...samplePlan([]), findings }, { ...report, findings: [] }, paths).findings).toBe(
      "0",
    );
  });
});
