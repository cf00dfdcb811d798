import { describe, expect, it } from "vitest";
import { ApiResponseError } from "../../../../src/domain/errors.ts";
import {
  decodeReceipt,
  decodeRefusal,
  decodeSummary,
  encodeBinding,
} from "../../../../src/experiture/wire/wire.ts";
import {
  AUDIENCE_ID,
  CAMPAIGN_ID,
  SEGMENT_ID,
  sampleSummary,
} from "../../../support/samples/documented-summary.ts";

const FACTS = { campaignId: CAMPAIGN_ID, status: 200, correlationId: "c-1", serverTime: 1_700_000_000_000 };

function decode(change: Parameters<typeof sampleSummary>[0] = {}) {
  return decodeSummary(sampleSummary(change), FACTS);
}

describe("a summary", () => {
  it("is decoded as documented", () => {
    expect(decode()).toEqual({
      campaignId: CAMPAIGN_ID,
      name: "Spring Re-engagement Direct Mail",
      authoringStatus: "draft",
      audience: { include: [{ audienceId: SEGMENT_ID, type: "segment" }], exclude: [] },
      channel: "direct_mail",
      schedule: null,
      repeatedAudienceIds: [],
      liveAudiences: [],
      reach: {
        status: "ok",
        evaluatedCount: 18432,
        evaluatedAt: "2026-04-25T10:20:00.000Z",
        isStale: false,
      },
      updatedAt: "2026-04-25T10:30:00.000Z",
      serverTime: 1_700_000_000_000,
    });
  });

  it("keeps name and size of an audience beside the binding, and leaves out what is odd in them", () => {
    const entry = (id: string, more: object) => ({ id, type: "segment", ...more });
    const { audience, liveAudiences } = decode({
      audience: {
        included: [entry(SEGMENT_ID, { name: "Spring", memberCount: 12 })],
        excluded: [
          entry(AUDIENCE_ID.toUpperCase(), { name: "", memberCount: 0 }),
          ...[-1, 1.5, "7", null, {}].map((memberCount, index) =>
            entry(AUDIENCE_ID.replace(/.$/, String(index)), { name: 7, memberCount }),
          ),
        ],
      },
    });
    expect(audience.include).toEqual([{ audienceId: SEGMENT_ID, type: "segment" }]);
    expect(liveAudiences).toEqual([
      { audienceId: SEGMENT_ID, name: "Spring", memberCount: 12 },
      { audienceId: AUDIENCE_ID, name: null, memberCount: 0 },
    ]);
  });

  it("may use the words of the write", () => {
    const entry = { audienceId: AUDIENCE_ID, type: "audience" };
    const written = decode({
      data: { campaignId: undefined, id: CAMPAIGN_ID.toUpperCase() },
      audience: { included: undefined, excluded: undefined, include: [entry], exclude: [] },
    });
    expect(written.audience).toEqual({ include: [entry], exclude: [] });
    expect(written.campaignId).toBe(CAMPAIGN_ID);
  });

  it("may use both words when they agree, in whatever order and case", () => {
    const both = decode({
      audience: {
        include: [
          { audienceId: SEGMENT_ID.toUpperCase(), id: SEGMENT_ID, type: "segment" },
          { audienceId: AUDIENCE_ID, type: "audience" },
        ],
        included: [
          { id: AUDIENCE_ID, type: "audience" },
          { id: SEGMENT_ID, type: "segment" },
        ],
      },
    });
    expect(both.audience.include.map((ref) => ref.audienceId)).toEqual([AUDIENCE_ID, SEGMENT_ID]);
  });

  it("case 45: entries that are listed twice are told, and one is kept, sorted, in lower case", () => {
    const campaign = decode({
      audience: {
        included: [
          { id: SEGMENT_ID.toUpperCase(), type: "segment" },
          { id: AUDIENCE_ID, type: "audience" },
          { id: SEGMENT_ID, type: "segment" },
          { id: AUDIENCE_ID, type: "audience" },
        ],
        excluded: [
          { id: SEGMENT_ID, type: "segment" },
          { id: SEGMENT_ID, type: "segment" },
        ],
      },
    });
    expect(campaign.repeatedAudienceIds).toEqual([AUDIENCE_ID, SEGMENT_ID]);
    expect(campaign.audience).toEqual({
      include: [
        { audienceId: AUDIENCE_ID, type: "audience" },
        { audienceId: SEGMENT_ID, type: "segment" },
      ],
      exclude: [{ audienceId: SEGMENT_ID, type: "segment" }],
    });
  });

  it("case 36: new fields are ignored, new words are kept as they are", () => {
    const campaign = decode({
      data: { authoringStatus: "paused_by_legal", brandNew: { deep: [1] }, name: null, updatedAt: 7 },
      reach: { status: "queued_for_review", evaluatedCount: -1, evaluatedAt: "soon", isStale: "no" },
      top: { success: undefined, meta: 1 },
    });
    expect(campaign).toMatchObject({ authoringStatus: "paused_by_legal", name: null, updatedAt: null });
    // Only a plain false says that it is not stale.
    expect(campaign.reach).toEqual({
      status: "queued_for_review",
      evaluatedCount: null,
      evaluatedAt: null,
      isStale: true,
    });
  });

  it.each([undefined, null])("has an unknown reach when it is %j, never a good one", (reach) => {
    expect(decode({ reach }).reach).toEqual({
      status: "unknown",
      evaluatedCount: null,
      evaluatedAt: null,
      isStale: null,
    });
    expect(decode({ reach: { status: 3 } }).reach.status).toBe("unknown");
    expect(decode({ reach: {} }).reach.isStale).toBeNull();
  });

  it.each(["", 3])("has an unknown reach when its status is %j", (status) => {
    expect(decode({ reach: { status } }).reach.status).toBe("unknown");
  });

  it("may reach nobody, which is a count, and may say nothing of being stale", () => {
    const { reach } = decode({ reach: { status: "ok", evaluatedCount: 0, isStale: null } });
    expect(reach).toMatchObject({ evaluatedCount: 0, isStale: null });
  });

  it.each(["2026-04-25T10:20:00Z", "2026-04-25T10:20:00.123456+02:00", "2026-04-25T10:20:00-11:30"])(
    "keeps the time stamp %s as the server gave it",
    (evaluatedAt) => {
      expect(decode({ reach: { status: "ok", evaluatedAt } }).reach.evaluatedAt).toBe(evaluatedAt);
    },
  );

  it.each([
    "2026-04-25T10:20:00",
    "2026-04-25 10:20:00Z",
    "2026-04-25T10:20Z",
    "2026-04-25T10:20:00+0200",
    "2026-04-25T10:20:00.Z",
    "26-04-25T10:20:00Z",
    "2026-13-25T10:20:00Z",
    "on 2026-04-25T10:20:00Z",
    "2026-04-25T10:20:00Z or so",
    ["2026-04-25T10:20:00Z"],
    1_777_112_400_000,
  ])("has no time stamp in %j", (evaluatedAt) => {
    expect(decode({ reach: { status: "ok", evaluatedAt } }).reach.evaluatedAt).toBeNull();
  });

  it("has no name when the name is empty", () => {
    expect(decode({ data: { name: "" } }).name).toBeNull();
  });

  it("may list an audience as often as 10,000 times", () => {
    const included = Array.from({ length: 10_000 }, () => ({ id: SEGMENT_ID, type: "segment" }));
    expect(decode({ audience: { included } }).audience.include).toHaveLength(1);
  });

  it("has no count when an ok comes without one", () => {
    expect(decode({ reach: { status: "ok", evaluatedCount: null } }).reach.evaluatedCount).toBeNull();
    expect(decode({ reach: { status: "ok" } }).reach.evaluatedCount).toBeNull();
  });
});

describe("a write", () => {
  it("carries both lists, the ids under the write's name and nothing else", () => {
    const ref = { audienceId: SEGMENT_ID, type: "segment" as const, name: "not ours" };
    expect(JSON.parse(encodeBinding({ include: [ref], exclude: [] }))).toEqual({
      include: [{ audienceId: SEGMENT_ID, type: "segment" }],
      exclude: [],
    });
  });

  it("is accepted by an answer that says so, whatever its campaign looks like", () => {
    expect(() => decodeReceipt({ success: true, data: { anything: 1 } }, FACTS)).not.toThrow();
    for (const body of [{ success: false }, { success: true }, null, "ok"]) {
      expect(() => decodeReceipt(body, FACTS)).toThrow(ApiResponseError);
    }
  });
});

describe("a refusal", () => {
  it("is read as documented, and in the OAuth form", () => {
    expect(
      decodeRefusal({
        success: false,
        correlationId: "c",
        error: { code: "A.B", message: "no", details: {} },
      }),
    ).toEqual({ code: "A.B", message: "no", correlationId: "c" });
    expect(decodeRefusal({ error: "invalid_token", error_description: "old" })).toEqual({
      code: "invalid_token",
      message: "old",
      correlationId: null,
    });
  });

  it.each([
    undefined,
    null,
    3,
    "text",
    [],
    {},
    { error: null },
    { error: { code: 7, message: [] } },
    { correlationId: "", error: { code: "", message: "" } },
  ])("says nothing in %j", (body) => {
    expect(decodeRefusal(body)).toEqual({ code: null, message: null, correlationId: null });
  });
});
