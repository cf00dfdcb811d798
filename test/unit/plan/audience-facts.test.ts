import { describe, expect, test } from "vitest";
import type { Campaign, LiveAudience } from "../../../src/domain/model.ts";
import { audienceFacts, factsOf } from "../../../src/plan/audience-facts.ts";
import {
  audience,
  binding,
  sampleNoOp,
  sampleReach,
  sampleUnreadable,
  sampleUpdate,
} from "../../support/samples/plan.ts";

const [ONE, TWO, NINE] = [audience(1).audienceId, audience(2).audienceId, audience(9).audienceId];
const NOTHING = { nameFrom: null, name: null, owner: null, description: null, groups: [], size: null };

function campaign(campaignId: string, liveAudiences: readonly LiveAudience[]): Campaign {
  const audience = binding([]);
  const rest = {
    name: null,
    authoringStatus: "draft",
    channel: "email",
    schedule: null,
    repeatedAudienceIds: [],
    updatedAt: null,
    serverTime: null,
  };
  return { campaignId, audience, liveAudiences, reach: sampleReach(), ...rest };
}

describe("what is known of the audiences of a plan", () => {
  test("every id of before and after once, in order, with what the API calls it", () => {
    const live = [
      campaign("b", [
        { audienceId: ONE, name: "Spring", memberCount: null },
        { audienceId: NINE, name: "Unsubscribed", memberCount: 12_004 },
      ]),
      campaign("a", [{ audienceId: ONE, name: "Spring buyers", memberCount: 7 }]),
    ];
    const facts = audienceFacts([sampleUpdate(1)], live);
    expect(facts).toEqual({
      [ONE]: { ...NOTHING, name: "Spring buyers", nameFrom: "live", type: "segment", size: size(7) },
      [TWO]: { ...NOTHING, type: "segment" },
      [NINE]: { ...NOTHING, name: "Unsubscribed", nameFrom: "live", type: "audience", size: size(12_004) },
    });
    expect(Object.keys(facts)).toEqual([ONE, TWO, NINE]);
  });

  test("a name of one campaign and a size of another are both kept", () => {
    const live = [
      campaign("a", [{ audienceId: ONE, name: null, memberCount: 0 }]),
      campaign("b", [{ audienceId: ONE, name: "Spring", memberCount: 5 }]),
    ];
    expect(audienceFacts([sampleNoOp(1)], live)[ONE]).toMatchObject({ name: "Spring", size: size(0) });
  });

  test("the type is the declared one where that differs, and a campaign that could not be read has its own", () => {
    const retyped = sampleUpdate(1, {
      before: binding([audience(1)]),
      after: binding([audience(1, "audience")]),
    });
    expect(audienceFacts([retyped, sampleUnreadable(2, { after: binding([audience(3)]) })], [])).toEqual({
      [ONE]: { ...NOTHING, type: "audience" },
      [audience(3).audienceId]: { ...NOTHING, type: "segment" },
    });
  });

  test("the catalogue's word comes before the API's, with owner, description and groups; the size stays the API's", () => {
    const entry = {
      name: "vip",
      type: "audience" as const,
      owner: "crm",
      description: "Best",
      groups: ["all"],
    };
    const known = new Map([[ONE, { ...entry, previewId: "aud_1" }]]);
    const live = [campaign("a", [{ audienceId: ONE, name: "Spring", memberCount: 5 }])];
    expect(audienceFacts([sampleNoOp(1)], live, known)[ONE]).toEqual({
      ...entry,
      type: "segment",
      nameFrom: "catalogue",
      size: size(5),
    });
  });

  test("a part of a plan keeps the facts of its own audiences", () => {
    const facts = audienceFacts([sampleUpdate(1)], []);
    expect(Object.keys(factsOf([sampleNoOp(1)], facts))).toEqual([ONE]);
    expect(factsOf([sampleNoOp(1)], {})).toEqual({});
  });
});

function size(count: number) {
  return { count, isExact: null, at: null };
}
