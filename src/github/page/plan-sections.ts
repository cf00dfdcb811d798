import type { Section } from "../../render/markdown/fit.ts";
import { diagnosticItem, tableHead } from "../../render/markdown/markdown-parts.ts";
import type { PlanPage } from "../../render/page/plan-page.ts";
import { weightsOf } from "../../render/page/same-reason.ts";
import type { FileUrl } from "./file-link.ts";
import type { LeftOut } from "./footer.ts";
import { skipDetail, unreadableItem, updateDetails } from "./plan-details.ts";
import { type Origins, SKIP_TITLES, skipRow, updateRow, updateTitles } from "./plan-table.ts";

/** What only GitHub has to say of a plan. */
export type PlanOnGitHub = {
  readonly origins: Origins;
  readonly fileUrl: FileUrl;
  readonly leftOut: LeftOut;
  /** What stands above the locked campaigns that differ. */
  readonly skipHeading?: string;
};

/**
 * A plan as sections: the table of changed campaigns, unreadable ones, skipped ones, then details, those that can reach
 * more people first, then warnings. Rows come before details when room is short, and trouble has its share.
 */
export function planSections(page: PlanPage, here: PlanOnGitHub): readonly Section[] {
  const { updates, skips, unread, warnings } = page;
  const { origins, fileUrl, leftOut, skipHeading = SKIP_HEADING } = here;
  const rows = updates.items.map((update) => updateRow(update, here));
  const skipRows = skips.items.map((skip) => skipRow(skip, fileUrl));
  const unreadItems = unread.items.map((told) => unreadableItem(told, fileUrl));
  const forCampaigns = { leftOut: leftOut("campaign") };
  return [
    { ...tableSection("", updateTitles(origins), rows), rank: 2, leftOut: leftOut("row") },
    paragraphSection(driftNote(origins)),
    blockSection(`### ${unread.title}`, unreadItems, {
      ...forCampaigns,
      rank: 1,
      share: 0.25,
      weights: weightsOf(unread.items),
    }),
    { ...tableSection(skipHeading, SKIP_TITLES, skipRows), rank: 0, share: 0.25, leftOut: leftOut("row") },
    blockSection("", skips.items.map(skipDetail), { ...forCampaigns, rank: 4 }),
    blockSection(`### ${updates.title}`, updateDetails(updates.items), { ...forCampaigns, rank: 3 }),
    blockSection(`### ${warnings.title}`, warnings.items.map(diagnosticItem), {
      rank: 5,
      leftOut: leftOut("warning"),
    }),
  ];
}

const SKIP_HEADING =
  "### SKIPPED: not draft, nothing will be written\n\nOnly a draft can be changed. Make the file say what is live, or give it the id of a draft.";

function tableSection(heading: string, titles: readonly string[], items: readonly string[]) {
  const head = tableHead(titles);
  return { heading: heading === "" ? head : `${heading}\n\n${head}`, items, separator: "\n" as const };
}

/** A section of blocks, each kept or left out whole. */
export function blockSection(
  heading: string,
  items: readonly string[],
  fit: Pick<Section, "rank" | "share" | "weights" | "leftOut">,
): Section {
  return { heading, items, separator: "\n\n", ...fit };
}

/** A section of one paragraph, which is dropped without a word when there is no room. */
export function paragraphSection(text: string): Section {
  return blockSection("", text === "" ? [] : [text], { rank: 0, leftOut: () => "" });
}

function driftNote(origins: Origins): string {
  const hasDrift = [...(origins?.values() ?? [])].some((origin) => origin !== "this pull request");
  if (!hasDrift) return "";
  return "`drift`: live was changed elsewhere, not by this pull request. Merging replaces it with what the file says.";
}
