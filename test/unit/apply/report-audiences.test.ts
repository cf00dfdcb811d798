import { expect, test } from "vitest";
import { reportAudiences } from "../../../src/apply/report-audiences.ts";
import type { Campaign } from "../../../src/domain/model.ts";
import { audienceNamed } from "../../support/samples/audiences.ts";
import { audience, binding, sampleReach, sampleResult } from "../../support/samples/plan.ts";

const stale = sampleResult(1, { live: binding([audience(1), audience(5)], [audience(6)]) });

/** A campaign whose live answer calls an audience so. */
const calling = (n: number, name: string): Campaign => ({
  campaignId: stale.campaignId,
  name: null,
  authoringStatus: "draft",
  audience: binding([]),
  channel: "email",
  schedule: null,
  repeatedAudienceIds: [],
  liveAudiences: [{ audienceId: audience(n).audienceId, name, memberCount: null }],
  reach: sampleReach(),
  updatedAt: null,
  serverTime: null,
});

const namesIn = (facts: ReturnType<typeof reportAudiences>) =>
  Object.entries(facts).map(([id, { name, nameFrom }]) => [id.slice(-1), name, nameFrom]);

test("every audience of before, after and live is there once, and what the plan said of it counts", () => {
  const planned = { ...audienceNamed(1, "Planned"), ...audienceNamed(8, "In no result") };
  const met = [calling(1, "Renamed since"), calling(5, "Added in the console")];
  expect(namesIn(reportAudiences([stale], { planned, met, known: null }))).toEqual([
    ["1", "Planned", "live"],
    ["2", null, null],
    ["5", "Added in the console", "live"],
    ["6", null, null],
  ]);
});

test("the catalogue names what the plan did not know of", () => {
  const entry = { name: "vip", type: "segment", owner: null, description: null, groups: [], previewId: null };
  const known = new Map([[audience(5).audienceId, { ...entry, type: "segment" as const }]]);
  const facts = reportAudiences([stale], { planned: {}, met: [calling(5, "VIP")], known });
  expect(namesIn(facts)[2]).toEqual(["5", "vip", "catalogue"]);
});
