import type { CampaignError } from "../../../src/domain/model.ts";
import { sampleError, sampleResult } from "./plan.ts";

/** What is told of a campaign that the API does not know: no two are told with the same words. */
export const refused = (n: number): CampaignError => ({
  ...sampleError,
  message: `GET /campaigns/${sampleResult(n).campaignId}/summary was refused: 404.`,
  correlationId: `id-${n}`,
});

/** So many of one sample, each by its number from 0. */
export const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
