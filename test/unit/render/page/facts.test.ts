import { expect, test } from "vitest";
import type { CampaignError } from "../../../../src/domain/model.ts";
import { renderPlanText } from "../../../../src/render/text/plan-text.ts";
import { renderReportText } from "../../../../src/render/text/report-text.ts";
import {
  sampleError,
  samplePlan,
  sampleReport,
  sampleResult,
  sampleUnreadable,
} from "../../../support/samples/plan.ts";

const refused = (code: string): CampaignError => ({ ...sampleError, status: 404, code });

/** What a plan and a wait say of a campaign whose read was answered with this 404. */
function told(code: string): readonly string[] {
  const error = refused(code);
  const failed = { outcome: "failed", reason: "not-found", reach: null, waited: false } as const;
  const result = sampleResult(1, { ...failed, error: { ...error, mayHaveLanded: false } });
  return [
    renderPlanText(samplePlan([sampleUnreadable(1, { error })])),
    renderReportText(sampleReport([result], { kind: "wait-report", planDigest: null })),
  ];
}

test.each(["JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND", "CAMPAIGNS.NOT_FOUND"])(
  "a 404 with %s is of a campaign",
  (code) => {
    const [plan, wait] = told(code);
    expect(plan).toContain("the API knows no such campaign (not-found)");
    for (const text of [plan, wait]) expect(text).toContain("Check the campaignId, the API URL, and");
  },
);

test.each([
  "http-404",
  "CDP_ETL.NOT_FOUND",
  "NOT_FOUND",
  "CAMPAIGNS.ROUTE_UNKNOWN",
  "SUBCAMPAIGNS.NOT_FOUND",
])("any server may answer 404: with %s it may not be the API's", (code) => {
  const [plan, wait] = told(code);
  expect(plan).toContain("the answer is a 404 that is not about a campaign (not-found)");
  for (const text of [plan, wait]) {
    expect(text).not.toContain("knows no such campaign");
    expect(text).toContain("Is the API URL right (…/public/v1)? ");
  }
});
