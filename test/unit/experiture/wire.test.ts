import { describe, expect, it } from "vitest";
import { ApiResponseError } from "../../../src/errors.ts";
import { decodeReceipt, decodeRefusal, decodeSummary, encodeBinding } from "../../../src/experiture/wire.ts";
import { AUDIENCE_ID, CAMPAIGN_ID, SEGMENT_ID, sampleSummary } from "./sample-summary.ts";

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
      repeatedAudienceIds: [],
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
        ],
        excluded: [
          { id: SEGMENT_ID, type: "segment" },
          { id: SEGMENT_ID, type: "segment" },
        ],
      },
    });
    expect(campaign.repeatedAudienceIds).toEqual([SEGMENT_ID]);
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

  it.each([undefined, null, 3, "text", [], {}, { error: null }, { error: { code: 7, message: [] } }])(
    "says nothing in %j",
    (body) => {
      expect(decodeRefusal(body)).toEqual({ code: null, message: null, correlationId: null });
    },
  );
});
