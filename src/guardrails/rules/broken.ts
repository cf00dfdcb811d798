import type { Change, Finding, Plan, RuleName, Unreadable } from "../../domain/model.ts";

/** What a rule says before its strength, waivers and allowances are looked at. */
export type Broken = Pick<Finding, "campaignId" | "source" | "message" | "audienceIds"> & {
  readonly rule: RuleName;
  readonly state: "broken" | "possible";
  /** Whether it stops nothing, whatever the strength of its rule. */
  readonly isOnlyTold: boolean;
};

/** A campaign that could be read. */
export type ReadChange = Exclude<Change, Unreadable>;

/** What else is known where one campaign is judged. */
export type PlanFacts = Pick<Plan, "audiences" | "privacy">;

/** What a rule says of one campaign. */
export function ofCampaign(
  rule: RuleName,
  { campaignId, source }: Pick<Change, "campaignId" | "source">,
  message: string,
  more: Partial<Pick<Broken, "audienceIds" | "state" | "isOnlyTold">> = {},
): Broken {
  return { rule, campaignId, source, message, audienceIds: [], state: "broken", isOnlyTold: false, ...more };
}

/** What a rule says of the whole run. */
export function ofRun(rule: RuleName, message: string): Broken {
  return {
    rule,
    campaignId: null,
    source: null,
    message,
    audienceIds: [],
    state: "broken",
    isOnlyTold: false,
  };
}
