import validate from "../../generated/validate-sandbox.js";
import { isObject } from "../body.ts";
import type { CampaignChange, SandboxSeed } from "../world/model.ts";

/** A change that may be made, or what is wrong with it, with its place in the body. */
export type CheckedChange =
  | { readonly kind: "change"; readonly change: CampaignChange }
  | { readonly kind: "refused"; readonly problem: string };

/** Reads a change of a campaign from JSON; it may hold what a campaign in the seed may hold, but the id. */
export function checkChange(campaignId: string, text: string): CheckedChange {
  const value = parseObject(text);
  if (value === null || "campaignId" in value) {
    return {
      kind: "refused",
      problem: "The body must be a JSON object of fields to change, without campaignId.",
    };
  }
  const seed: unknown = { campaigns: [{ ...value, campaignId }] };
  if (validate(seed)) return { kind: "change", change: (seed as SandboxSeed).campaigns[0] ?? {} };
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath.replace("/campaigns/0", "") || "/"} ${message} ${JSON.stringify(params)}`,
  );
  return { kind: "refused", problem: problems.join("; ") };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
