import { describe, expect, test } from "vitest";
import type { Written } from "../../../src/apply/evaluation.ts";
import {
  makeResult,
  resultOfWrite,
  settledResult,
  withheldResults,
  withWait,
} from "../../../src/apply/result.ts";
import type { Campaign } from "../../../src/domain/model.ts";
import {
  audience,
  binding,
  sampleError,
  sampleNoOp,
  samplePlan,
  sampleReach,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../support/samples/plan.ts";

const update = sampleUpdate(1);
const live: Campaign = {
  campaignId: update.campaignId,
  name: "Renamed",
  authoringStatus: "draft",
  audience: binding([audience(7)]),
  channel: "email",
  schedule: null,
  repeatedAudienceIds: [],
  liveAudiences: [],
  reach: sampleReach({ status: "pending", evaluatedCount: null }),
  updatedAt: null,
  serverTime: null,
};

describe("a result", () => {
  test("shows what was live last, and else what the plan knew", () => {
    expect(makeResult(update, { outcome: "unchanged", live })).toMatchObject({
      name: "Renamed",
      reach: { status: "pending", confirmed: false, previousCount: null },
    });
    expect(makeResult(update, { outcome: "unchanged" })).toMatchObject({
      name: "Campaign 1",
      reach: { status: "ok", evaluatedCount: 18_432, confirmed: false },
    });
    expect(makeResult(update, { outcome: "unchanged", live: { ...live, name: null } }).name).toBe(
      "Campaign 1",
    );
  });

  test("shows the live audiences where they are the news: only of a stale campaign", () => {
    expect(makeResult(update, { outcome: "stale", live }).live).toEqual(live.audience);
    expect(makeResult(update, { outcome: "stale" }).live).toBeNull();
    expect(makeResult(update, { outcome: "applied", live }).live).toBeNull();
  });
});

describe("what the plan says of a campaign that is not written is final", () => {
  test("no-op is unchanged, with its count", () => {
    expect(settledResult(sampleNoOp(1))).toMatchObject({
      outcome: "unchanged",
      reason: null,
      reach: { previousCount: 18_432 },
      error: null,
    });
  });

  test("skip is skipped", () => {
    expect(settledResult(sampleSkip(1))).toMatchObject({
      outcome: "skipped",
      reason: "not-draft",
      reach: { previousCount: null },
    });
  });

  test("error is failed, with the API's words, nothing written, and no reach", () => {
    expect(settledResult(sampleUnreadable(1))).toMatchObject({
      outcome: "failed",
      reason: "not-found",
      reach: null,
      error: { ...sampleError, mayHaveLanded: false },
    });
  });

  test("an error because of an interruption is not attempted", () => {
    const error = { code: "interrupted", status: null, message: "Interrupted.", correlationId: null };
    expect(settledResult(sampleUnreadable(1, { reason: "unreadable", error }))).toMatchObject({
      outcome: "not-attempted",
      reason: "interrupted",
      error: null,
    });
  });

  test("a plan that is withheld as a whole ends only its updates otherwise", () => {
    const plan = samplePlan([sampleUpdate(1), sampleNoOp(2), sampleSkip(3), sampleUnreadable(4)]);
    expect(withheldResults(plan, "stale", "digest-differs").map((r) => [r.outcome, r.reason])).toEqual([
      ["stale", "digest-differs"],
      ["unchanged", null],
      ["skipped", "not-draft"],
      ["failed", "not-found"],
    ]);
  });
});

describe("how a write ended", () => {
  const evidence: Written = {
    kind: "written",
    after: update.after,
    previous: { ...live, reach: sampleReach({ evaluatedCount: 77 }) },
    readBack: {
      ...live,
      updatedAt: "2026-11-24T10:00:05.400Z",
      serverTime: Date.parse("2026-11-24T10:00:06Z"),
    },
    latest: null,
    answeredAt: 0,
  };

  const writes = [
    { at: "2026-11-24T10:00:05.000Z", clock: "server", status: 200, correlationId: "c-1", kind: "apply" },
  ] as const;

  test("written says what was written when, and what the reads before and after it showed", () => {
    const result = resultOfWrite(update, { kind: "written", live, evidence, writes });
    expect(result).toMatchObject({ before: update.before, after: update.after, writes });
    expect(result.guard).toEqual({
      at: null,
      updatedAt: null,
      reach: sampleReach({ evaluatedCount: 77 }),
    });
    expect(result.readBack).toMatchObject({
      at: "2026-11-24T10:00:06.000Z",
      updatedAt: "2026-11-24T10:00:05.400Z",
    });
  });

  test("a campaign that was not written has no such evidence", () => {
    expect(makeResult(update, { outcome: "unchanged", live })).toMatchObject({
      before: update.before,
      after: update.after,
      writes: [],
      guard: null,
      readBack: null,
    });
    expect(settledResult(sampleUnreadable(1)).before).toBeNull();
  });

  test("written is applied, with the count from just before the write", () => {
    expect(resultOfWrite(update, { kind: "written", live, evidence, writes })).toMatchObject({
      outcome: "applied",
      reason: null,
      name: "Renamed",
      reach: { status: "pending", previousCount: 77, reachedBefore: 77 },
    });
  });

  test("a count that may be of before an edit is not said to be of the audiences before the write", () => {
    const edited = { ...evidence, previous: { ...evidence.previous, updatedAt: "2026-04-26T00:00:00.000Z" } };
    expect(resultOfWrite(update, { kind: "written", live, evidence: edited, writes })).toMatchObject({
      reach: { previousCount: 77, reachedBefore: null },
    });
  });

  test("locked is skipped, also when only a refusal says so", () => {
    const skipped = { outcome: "skipped", reason: "not-draft" };
    expect(resultOfWrite(update, { kind: "locked", live, writes: [] })).toMatchObject({
      ...skipped,
      name: "Renamed",
    });
    expect(resultOfWrite(update, { kind: "locked", live: null, writes: [] })).toMatchObject({
      ...skipped,
      name: "Campaign 1",
    });
  });

  test("failed has the code of the error for a reason, but refused credentials are told as such", () => {
    const failed = { kind: "failed", error: sampleError, mayHaveLanded: true, writes: [] } as const;
    expect(resultOfWrite(update, { ...failed, accessDenied: false })).toMatchObject({
      outcome: "failed",
      reason: sampleError.code,
      error: { ...sampleError, mayHaveLanded: true },
    });
    expect(resultOfWrite(update, { ...failed, accessDenied: true }).reason).toBe("no-access");
  });
});

test("a wait adds what it saw last and keeps the count from before", () => {
  const applied = makeResult(update, {
    outcome: "applied",
    live,
    previous: { previousCount: 5, reachedBefore: null },
  });
  const seen = { ...live, reach: sampleReach({ evaluatedCount: 9 }) };
  expect(withWait(applied, { confirmed: true, reason: null, live: seen })).toMatchObject({
    waited: true,
    unconfirmedReason: null,
    reach: { evaluatedCount: 9, confirmed: true, previousCount: 5, reachedBefore: null },
  });
  const unknown = { ...applied, reach: null };
  expect(withWait(unknown, { confirmed: false, reason: "timeout", live: seen })).toMatchObject({
    unconfirmedReason: "timeout",
    reach: { confirmed: false, previousCount: null },
  });
});
