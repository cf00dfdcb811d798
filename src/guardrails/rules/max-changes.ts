import { quantity } from "../../text/figures.ts";
import type { Limit } from "../guardrails.ts";
import { type Broken, ofRun } from "./broken.ts";

/** Of so few campaigns a percentage says nothing. */
const FEWEST_FOR_PERCENT = 10;

/** How many campaigns a rule speaks of: those that would be written, and those that could be. */
export type Counted = { readonly changes: number; readonly campaigns: number };

/** More changes in one run than are allowed. A share is compared in whole numbers: a fraction would not be exact. */
export function maxChanges({ changes, campaigns }: Counted, limit: Limit, whose: string): readonly Broken[] {
  if (limit.unit === "number") {
    if (changes <= limit.value) return [];
    return [
      ofRun(
        "max-changes",
        `${quantity(changes, "campaign")}${whose} would change; at most ${limit.value} may.`,
      ),
    ];
  }
  if (campaigns < FEWEST_FOR_PERCENT || changes * 100 <= limit.value * campaigns) return [];
  const message = `${changes} of ${quantity(campaigns, "campaign")}${whose} would change; at most ${limit.value}% may.`;
  return [ofRun("max-changes", message)];
}
