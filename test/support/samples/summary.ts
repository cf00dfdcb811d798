import type { AudienceBinding, Reach } from "../../../src/domain/model.ts";

/** The API's answer to GET /campaigns/:id/summary, as its documentation shows it. */
export function summaryOf(
  campaignId: string,
  audience: AudienceBinding,
  change: { readonly authoringStatus?: string; readonly reach?: Partial<Reach> } = {},
) {
  const list = (refs: AudienceBinding["include"]) =>
    refs.map(({ audienceId, type }) => ({ id: audienceId, name: null, type, memberCount: null }));
  return {
    success: true,
    data: {
      campaignId,
      name: "A campaign",
      campaignType: "broadcast",
      channel: "email",
      authoringStatus: change.authoringStatus ?? "draft",
      createdAt: "2026-04-25T10:00:00.000Z",
      updatedAt: "2026-04-25T10:30:00.000Z",
      audience: {
        included: list(audience.include),
        excluded: list(audience.exclude),
        reach: {
          status: "ok",
          evaluatedCount: 18432,
          evaluatedAt: "2026-04-25T10:20:00.000Z",
          isStale: false,
          ...change.reach,
        },
      },
    },
  };
}
