export const CAMPAIGN_ID = "4130bada-9264-465f-bc0c-a26bebcfcc81";
export const SEGMENT_ID = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";
export const AUDIENCE_ID = "a1b2c3d4-0000-0000-0000-000000000099";

export type Json = Record<string, unknown>;

/** The documented sample of a summary (API sheet, 8), with some of its fields changed. */
export function sampleSummary(
  change: { data?: Json; audience?: Json; reach?: unknown; top?: Json } = {},
): Json {
  return {
    success: true,
    data: {
      campaignId: CAMPAIGN_ID,
      name: "Spring Re-engagement Direct Mail",
      campaignType: "broadcast",
      channel: "direct_mail",
      authoringStatus: "draft",
      createdAt: "2026-04-25T10:00:00.000Z",
      updatedAt: "2026-04-25T10:30:00.000Z",
      audience: {
        included: [{ id: SEGMENT_ID, name: null, type: "segment", memberCount: null }],
        excluded: [],
        reach:
          "reach" in change
            ? change.reach
            : {
                status: "ok",
                evaluatedCount: 18432,
                evaluatedAt: "2026-04-25T10:20:00.000Z",
                isStale: false,
              },
        ...change.audience,
      },
      preflight: { status: "not_evaluated", checks: [] },
      ...change.data,
    },
    ...change.top,
  };
}
