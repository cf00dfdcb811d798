import type { Update } from "../../domain/model.ts";
import { markdownCode } from "../../render/markdown-escape.ts";
import { bindingDiff } from "./plan-details.ts";
import { CUT_NOTE, planShownIn } from "./reviewed-fold.ts";

/**
 * Whether the text that people see in a plan comment shows the updates that its hidden line permits. Other workflows
 * post text with the same token, and such text may begin with a hidden line that was copied or made up: what nobody
 * could see was not reviewed. Updates that a long plan leaves out count as shown as far as the text says how many.
 *
 * @param body a comment's body, with its header.
 */
export function showsAll(body: string, permitted: readonly Update[]): boolean {
  if (permitted.length === 0) return true;
  const shown = planShownIn(body);
  const toChange = sumOf(shown, /^### Plan: ([\d,]+) to change\b/g);
  const hidden = permitted.filter((update) => !isShown(shown, update)).length;
  return permitted.length <= toChange && hidden <= leftOutOf(shown);
}

function isShown(shown: string, update: Update): boolean {
  const [, ...details] = shown.split(`\nCampaign ${markdownCode(update.campaignId)}\n`);
  const diff = bindingDiff(update);
  return details.some((detail) => (detail.split("\nCampaign ", 1)[0] ?? "").includes(diff));
}

/** How many campaigns the text says that it leaves out; of a plan that was cut when it was folded, nobody knows. */
function leftOutOf(shown: string): number {
  if (shown.includes(CUT_NOTE)) return Number.POSITIVE_INFINITY;
  return sumOf(shown, /^_([\d,]+) campaigns? more left out here for want of room\./gm);
}

function sumOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].reduce(
    (sum, [, digits = ""]) => sum + Number(digits.replaceAll(",", "")),
    0,
  );
}
