import type { Plan, Update } from "../../domain/model.ts";
import { noExcludeIsLeft } from "../../render/direction.ts";
import type { Section } from "../../render/fit.ts";
import { diagnosticItem, tableHead } from "../../render/markdown-parts.ts";
import { type Compared, canReachMore, groupPlan } from "../../render/plan/plan-groups.ts";
import { tellUnreadable, weightsOf } from "../../render/same-reason.ts";
import { quantity } from "../../text/figures.ts";
import { alertBlock, nameList } from "./alert.ts";
import type { FileUrl } from "./file-link.ts";
import type { LeftOut } from "./footer.ts";
import { skipDetail, unreadableItem, updateDetails } from "./plan-details.ts";
import { type Origins, SKIP_TITLES, skipRow, updateRow, updateTitles } from "./plan-table.ts";

/** What a page about a plan needs besides the plan. */
export type PlanPage = {
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
export function planSections(plan: Plan, page: PlanPage): readonly Section[] {
  const { updates, skips, errors } = groupPlan(plan);
  const { origins, fileUrl, leftOut } = page;
  const unread = tellUnreadable(errors);
  return [
    {
      ...tableSection(
        "",
        updateTitles(origins),
        updates.map((update) => updateRow(update, page)),
      ),
      rank: 2,
      leftOut: leftOut("row"),
    },
    textSection(driftNote(origins)),
    blockSection(
      "### Could not be read",
      unread.map((told) => unreadableItem(told, fileUrl)),
      { rank: 1, share: 0.25, weights: weightsOf(unread), leftOut: leftOut("campaign") },
    ),
    {
      ...tableSection(
        page.skipHeading ?? SKIP_HEADING,
        SKIP_TITLES,
        skips.map((skip) => skipRow(skip, fileUrl)),
      ),
      rank: 0,
      share: 0.25,
      leftOut: leftOut("row"),
    },
    blockSection("", skips.map(skipDetail), { rank: 4, leftOut: leftOut("campaign") }),
    blockSection("### Changes", updateDetails(updates), { rank: 3, leftOut: leftOut("campaign") }),
    blockSection("### Warnings", plan.diagnostics.map(diagnosticItem), {
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
export function textSection(text: string): Section {
  return blockSection("", text === "" ? [] : [text], { rank: 0, leftOut: () => "" });
}

function driftNote(origins: Origins): string {
  const hasDrift = [...(origins?.values() ?? [])].some((origin) => origin !== "this pull request");
  if (!hasDrift) return "";
  return "`drift`: live was changed elsewhere, not by this pull request. Merging replaces it with what the file says.";
}

/** What a reviewer must not miss, named campaign by campaign; empty when nothing can reach more people. */
export function planBanners(plan: Plan): readonly string[] {
  const { updates } = groupPlan(plan);
  const widening = updates.filter(canReachMore);
  const bare = updates.filter(({ change }) => noExcludeIsLeft(change.before, change.after));
  return [
    ...banner("WARNING", widening, (count) => `${count} can reach more people`, ""),
    ...banner("CAUTION", bare, (count) => `No exclude is left in ${count}`, NO_EXCLUDE_MEANS),
  ];
}

const NO_EXCLUDE_MEANS = " Everybody in an included audience receives the campaign.";

function banner(
  kind: "WARNING" | "CAUTION",
  updates: readonly Compared<Update>[],
  title: (count: string) => string,
  more: string,
): readonly string[] {
  if (updates.length === 0) return [];
  const names = nameList(updates.map(({ change }) => change.name));
  return [alertBlock(kind, `**${title(quantity(updates.length, "campaign"))}**: ${names}.${more}`)];
}
