import { expect, test } from "vitest";
import type { Campaign } from "../../../src/domain/model.ts";
import { buildPlan, type LiveRead } from "../../../src/plan/build.ts";
import { OLD_REACH } from "../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const ORIGIN = {
  tool: { name: "campaignctl", version: "0.0.0" },
  createdAt: Date.parse("2026-11-24T10:00:00.000Z"),
  environment: null,
  apiUrl: "https://api.example.test/public/v1",
};

function live(number: number, change: Partial<Campaign>): LiveRead {
  return {
    campaign: {
      campaignId: campaignId(number),
      name: `Live ${number}`,
      authoringStatus: "draft",
      audience: binding([1], [9]),
      channel: "email",
      schedule: null,
      repeatedAudienceIds: [],
      liveAudiences: [],
      reach: OLD_REACH,
      updatedAt: null,
      serverTime: null,
      ...change,
    },
  };
}

function failed(status: number | null, code: string): LiveRead {
  return { error: { code, status, message: "no", correlationId: null } };
}

test("every declared campaign has one change, sorted by id, and is counted once", () => {
  const plan = buildPlan(
    [
      spec(campaignId(5), binding([1])),
      spec(campaignId(1), binding([1], [9])),
      spec(campaignId(2), binding([1, 2], [9])),
      spec(campaignId(4), binding([1], [9])),
      spec(campaignId(3), binding([1])),
    ],
    new Map([
      [campaignId(1), live(1, {})],
      [campaignId(2), live(2, {})],
      [campaignId(3), live(3, { authoringStatus: "scheduled" })],
      [campaignId(4), live(4, { authoringStatus: "sent" })],
      [campaignId(5), failed(404, "X.NOT_FOUND")],
    ]),
    ORIGIN,
    [],
  );
  expect(plan.changes.map(({ action, reason, direction }) => [action, reason, direction])).toEqual([
    ["no-op", null, "none"],
    ["update", null, "widens"],
    ["skip", "not-draft", "widens"],
    ["no-op", null, "none"],
    ["error", "not-found", "none"],
  ]);
  expect(plan.summary).toEqual({ update: 1, noOp: 2, skip: 1, error: 1, widens: 1 });
  expect(plan.createdAt).toBe("2026-11-24T10:00:00.000Z");
  expect(plan.diagnostics).toEqual([]);
});

test.each(["Draft", "DRAFT", "draft ", "", "scheduled", "archived", "something-new"])(
  "authoring status %j is locked: only exactly draft is not",
  (authoringStatus) => {
    const read = new Map([[campaignId(1), live(1, { authoringStatus })]]);
    const plan = buildPlan([spec(campaignId(1), binding([2]))], read, ORIGIN, []);
    expect(plan.changes[0]?.action).toBe("skip");
  },
);

test("mixed updates count as widening, narrowing ones do not, skipped ones never", () => {
  const plan = buildPlan(
    [
      spec(campaignId(1), binding([2], [9])),
      spec(campaignId(2), binding([1], [8, 9])),
      spec(campaignId(3), binding([1])),
      spec(campaignId(4), binding([3], [9])),
    ],
    new Map([
      [campaignId(1), live(1, {})],
      [campaignId(2), live(2, {})],
      [campaignId(3), live(3, { authoringStatus: "sent" })],
      [campaignId(4), live(4, {})],
    ]),
    ORIGIN,
    [],
  );
  expect(plan.changes.map(({ direction }) => direction)).toEqual(["mixed", "narrows", "widens", "mixed"]);
  expect(plan.summary.widens).toBe(2);
});

test.each([
  [404, "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND", "not-found"],
  [409, "JOURNEY_API.PUBLIC.CAMPAIGNS.TYPE_UNSUPPORTED", "unsupported-type"],
  [409, "SUMMARY_TYPE_UNSUPPORTED", "unsupported-type"],
  [409, "JOURNEY_API.PUBLIC.CAMPAIGNS.SUMMARY_UNAVAILABLE", "summary-unavailable"],
  [409, "JOURNEY_API.PUBLIC.CAMPAIGNS.SOMETHING_NEW", "unreadable"],
  [500, "SUMMARY_UNAVAILABLE", "unreadable"],
  [null, "no-answer", "unreadable"],
])("an error of status %s and code %s has the reason %s", (status, code, reason) => {
  const read = new Map([[campaignId(1), failed(status, code)]]);
  const [change] = buildPlan([spec(campaignId(1), binding([1]))], read, ORIGIN, []).changes;
  expect(change).toMatchObject({
    action: "error",
    reason,
    before: null,
    after: binding([1]),
    name: "Declared 01",
  });
});

test("the live name is shown, the declared one where there is none", () => {
  const specs = [spec(campaignId(1), binding([1])), spec(campaignId(2), binding([1]))];
  const reads = new Map([
    [campaignId(1), live(1, {})],
    [campaignId(2), live(2, { name: null })],
  ]);
  expect(buildPlan(specs, reads, ORIGIN, []).changes.map(({ name }) => name)).toEqual([
    "Live 1",
    "Declared 02",
  ]);
});

test("case 45: a repetition in the live lists is no change, and is told as a warning", () => {
  const id = campaignId(1);
  const repeated = binding([1, 2]).include.map((ref) => ref.audienceId);
  const reads = new Map([[id, live(1, { repeatedAudienceIds: repeated })]]);
  const plan = buildPlan([spec(id, binding([1], [9]))], reads, ORIGIN, []);
  expect(plan.summary.update).toBe(0);
  const start = { line: 2, column: 1 };
  expect(plan.diagnostics).toMatchObject([
    {
      severity: "warning",
      code: "repeated-live-audience",
      file: "campaigns/01.yaml",
      range: { start, end: start },
      detail: `The API lists ${repeated.join(", ")} more than once for campaign ${id}. It counts once here; the next write removes the repetition.`,
    },
  ]);
});

test("a campaign that was declared but never read is a bug, not an empty campaign", () => {
  expect(() => buildPlan([spec(campaignId(1), binding([1]))], new Map(), ORIGIN, [])).toThrow(/never read/);
});

test("a plan says of which campaigns it is, and which files changed one that is not its own", () => {
  const specs = [spec(campaignId(1), binding([1])), spec(campaignId(2), binding([1]))];
  const reads = new Map([1, 2].map((n) => [campaignId(n), live(n, {})] as const));
  const whole = buildPlan(specs, reads, ORIGIN, []);
  expect(whole.scope).toEqual({ kind: "all", since: null, shard: null, planned: 2, declared: 2 });
  expect(whole.changes.map(({ because }) => because)).toEqual([undefined, undefined]);
  const scope = { kind: "changed", since: "1".repeat(40), shard: null, planned: 2, declared: 9 } as const;
  const found = [
    { file: "campaignctl.yaml", kind: "setting", name: "audiences" },
    { file: "audiences.yaml", kind: "audience", name: "vip" },
    { file: "audiences.yaml", kind: "group", name: "baseline" },
  ] as const;
  const some = buildPlan(specs, reads, { ...ORIGIN, scope, causes: new Map([[campaignId(2), found]]) }, []);
  expect(some.scope).toEqual(scope);
  expect(some.changes.map((change) => change.because)).toEqual([
    undefined,
    ["audiences.yaml", "campaignctl.yaml"],
  ]);
  expect(some.changes.map(({ causes }) => causes)).toEqual([undefined, found]);
  expect(some.fingerprint).not.toBe(whole.fingerprint);
});
