import { findingMarkdown } from "../../render/markdown/finding-markdown.ts";
import type { Section } from "../../render/markdown/fit.ts";
import { diagnosticItem, tableHead } from "../../render/markdown/markdown-parts.ts";
import { ruleChangeSections } from "../../render/markdown/rule-change-markdown.ts";
import type { ChangeEntry, UpdateEntry } from "../../render/page/change-entry.ts";
import type { PlanPage } from "../../render/page/plan-page.ts";
import { weightsOf } from "../../render/page/same-reason.ts";
import { quantity } from "../../text/figures.ts";
import type { FileUrl } from "./file-link.ts";
import type { LeftOut } from "./footer.ts";
import { FOLD_END, foldStart } from "./markup.ts";
import { skipDetail, unreadableItem, updateDetails } from "./plan-details.ts";
import { type Origins, SKIP_TITLES, skipRow, UPDATE_TITLES, updateRow } from "./plan-table.ts";
import { RULES_ROOM } from "./rules-alert.ts";

/** What only GitHub has to say of a plan. */
export type PlanOnGitHub = {
  readonly origins: Origins;
  readonly fileUrl: FileUrl;
  readonly leftOut: LeftOut;
  /** Whether locked campaigns that differ are history: then one line counts them. */
  readonly isHistory?: boolean;
};

/**
 * A plan as sections: the table of changed campaigns, unreadable ones, skipped ones, then details, what widens first, then
 * warnings. Rows come before details when room is short, and trouble has its share.
 */
export function planSections(page: PlanPage, here: PlanOnGitHub): readonly Section[] {
  const { updates, unread, warnings } = page;
  const { origins, fileUrl, leftOut } = here;
  const unreadItems = unread.items.map((told) => unreadableItem(told, fileUrl));
  const forCampaigns = { leftOut: leftOut("campaign") };
  const [refused, told] = findingMarkdown(page.findings, leftOut("finding"));
  const rules = ruleChangeSections(page.ruleChanges, RULES_ROOM, leftOut);
  return [
    rules.weaker,
    rules.refused,
    refused,
    ...updateTables(updates.items, here),
    paragraphSection(driftNote(updates.items, origins)),
    blockSection(`### ${unread.title}`, unreadItems, {
      ...forCampaigns,
      rank: 1,
      share: 0.25,
      weights: weightsOf(unread.items),
    }),
    ...skipSections(page.skips.items, here),
    blockSection(`### ${updates.title}`, updateDetails(updates.items), { ...forCampaigns, rank: 3 }),
    told,
    rules.stricter,
    blockSection(`### ${warnings.title}`, warnings.items.map(diagnosticItem), {
      rank: 5,
      leftOut: leftOut("warning"),
    }),
  ];
}

/** Rows that stay unfolded. */
const OPEN_ROWS = 20;

function updateTables(updates: readonly UpdateEntry[], here: PlanOnGitHub): readonly Section[] {
  const rows = updates.map((update) => updateRow(update, here));
  const fit = { rank: 2, leftOut: here.leftOut("row") };
  const folded = rows.slice(OPEN_ROWS);
  const summary = foldStart(`${quantity(folded.length, "campaign")} more, what widens first`, "folded");
  return [
    { ...tableSection("", UPDATE_TITLES, rows.slice(0, OPEN_ROWS)), ...fit },
    { ...tableSection(summary, UPDATE_TITLES, folded), ...fit, tail: FOLD_END },
  ];
}

/** Locked campaigns that differ: those that this pull request touches, and in one line all others. */
function skipSections(
  skips: readonly ChangeEntry[],
  { origins, fileUrl, leftOut, isHistory = false }: PlanOnGitHub,
): readonly Section[] {
  const isElsewhere = ({ campaignId }: ChangeEntry) => isHistory || origins?.get(campaignId) === "drift";
  const touched = skips.filter((skip) => !isElsewhere(skip));
  const others = skips.filter(isElsewhere);
  const rowsOf = (entries: readonly ChangeEntry[]) => entries.map((skip) => skipRow(skip, fileUrl));
  const fit = { rank: 0, share: 0.25, leftOut: leftOut("row") };
  return [
    { ...tableSection(SKIP_HEADING, SKIP_TITLES, rowsOf(touched)), ...fit },
    blockSection("", touched.map(skipDetail), { rank: 4, leftOut: leftOut("campaign") }),
    {
      ...tableSection(
        foldStart(othersSkipped(others.length, isHistory), "folded"),
        SKIP_TITLES,
        rowsOf(others),
      ),
      ...fit,
      rank: 4,
      tail: FOLD_END,
    },
  ];
}

function othersSkipped(count: number, isHistory: boolean): string {
  const are =
    count === 1 ? "is not draft and differs from its file" : "are not draft and differ from their files";
  const campaigns = quantity(count, "campaign");
  return isHistory
    ? `${campaigns} ${are}: history, not drift, and no issue`
    : `${campaigns} that this pull request does not touch ${are}: left alone`;
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

function driftNote(updates: readonly UpdateEntry[], origins: Origins): string {
  const drifted = updates.map(({ campaignId }) => origins?.get(campaignId) ?? "this pull request");
  if (drifted.every((origin) => origin === "this pull request")) return "";
  return "`drift`: live is not what the base branch declares: it was changed elsewhere, or an earlier change was not applied. Merging replaces it with what the file says.";
}
