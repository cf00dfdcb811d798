import { findCampaign, type Handler } from "../handler.ts";
import { campaignRefusal } from "../reply.ts";
import { noticeRead } from "../world/evaluation.ts";
import { fullShape, summaryShape } from "../world/shapes.ts";

/** GET /campaigns/:id/summary. */
export const readSummary: Handler = ({ id }, world) => {
  const found = findCampaign(id, "read", world);
  if (found.kind === "refused") return found.refusal;
  if (found.campaign.missingState) return campaignRefusal("SUMMARY_UNAVAILABLE");
  noticeRead(found.campaign, world);
  return { kind: "data", data: summaryShape(found.campaign, world) };
};

/** GET /campaigns/:id. */
export const readCampaign: Handler = ({ id }, world) => {
  const found = findCampaign(id, "read", world);
  return found.kind === "refused" ? found.refusal : { kind: "data", data: fullShape(found.campaign, world) };
};
