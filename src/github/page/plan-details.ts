import type { AudienceBinding, Unreadable } from "../../domain/model.ts";
import { comparisonDiff, meaningBlock } from "../../render/markdown/change-markdown.ts";
import { markdownCode } from "../../render/markdown/markdown-escape.ts";
import { factList } from "../../render/markdown/markdown-parts.ts";
import { replacementOf } from "../../render/page/audience-rows.ts";
import type { ChangeEntry, UpdateEntry } from "../../render/page/change-entry.ts";
import { DIRECTION_WORDS } from "../../render/page/effect-words.ts";
import type { Told } from "../../render/page/same-reason.ts";
import { type FileUrl, fileLink } from "./file-link.ts";
import { bold, fold } from "./markup.ts";

/** Diff lines that stay unfolded in all. Readers dislike a click before they see danger, and pages of lists. */
const OPEN_LINES = 10;

/** The details of changed campaigns, one block each: open from the first on while they are short, then folded. */
export function updateDetails(updates: readonly UpdateEntry[]): readonly string[] {
  let lines = 0;
  return updates.map((update) => {
    lines += update.comparison.rows.length;
    return updateDetail(update, lines <= OPEN_LINES ? "open" : "folded");
  });
}

function updateDetail(entry: UpdateEntry, state: "open" | "folded"): string {
  const summary = `${bold(entry.name)}: ${DIRECTION_WORDS[entry.direction]}`;
  const content = [
    `Campaign ${markdownCode(entry.campaignId)}`,
    meaningBlock(entry),
    comparisonDiff(entry.comparison),
  ].join("\n\n");
  return fold(summary, content, state);
}

/** What a full replacement of one binding by another would change, as a diff. */
export function bindingDiff(change: {
  readonly before: AudienceBinding;
  readonly after: AudienceBinding;
}): string {
  return comparisonDiff(replacementOf(change));
}

/** How one locked campaign differs from its file, folded. */
export function skipDetail({ campaignId, name, comparison }: ChangeEntry): string {
  const content = `Campaign ${markdownCode(campaignId)}\n\n${comparisonDiff(comparison)}`;
  return fold(`${bold(name)}: left alone`, content, "folded");
}

/** Campaigns that could not be read for one reason: why, and how to mend it. */
export function unreadableItem({ of, title, facts }: Told<Unreadable>, fileUrl: FileUrl): string {
  if (of.length > 1) return `${bold(title)}\n\n${factList(facts)}`;
  const [{ source }] = of;
  const told = facts.filter(({ label }) => label !== "file");
  return `${bold(title)} in ${fileLink(source, fileUrl)}\n\n${factList(told)}`;
}
