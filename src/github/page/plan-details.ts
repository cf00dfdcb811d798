import type { AudienceBinding, Plan, Unreadable } from "../../domain/model.ts";
import { comparisonList, updateList } from "../../render/markdown/change-markdown.ts";
import { markdownCode } from "../../render/markdown/markdown-escape.ts";
import { factList } from "../../render/markdown/markdown-parts.ts";
import { type AudienceKnowledge, NOTHING_KNOWN } from "../../render/page/audience-knowledge.ts";
import { replacementOf } from "../../render/page/audience-sentences.ts";
import type { ChangeEntry, UpdateEntry } from "../../render/page/change-entry.ts";
import { directionText } from "../../render/page/effect-words.ts";
import type { Told } from "../../render/page/same-reason.ts";
import { type FileUrl, fileLink } from "./file-link.ts";
import { bold, fold } from "./markup.ts";

/** Lines that stay unfolded in all. Readers dislike a click before they see danger, and pages of lists. */
const OPEN_LINES = 10;

/** The details of changed campaigns, one block each: open from the first on while they are short, then folded. */
export function updateDetails(updates: readonly UpdateEntry[]): readonly string[] {
  let lines = 0;
  return updates.map((update) => {
    lines += update.comparison.sentences.length;
    return updateDetail(update, lines <= OPEN_LINES ? "open" : "folded");
  });
}

/** The details of one changed campaign. */
export function updateDetail(entry: UpdateEntry, state: "open" | "folded"): string {
  const summary = `${bold(entry.name)}: ${directionText(entry.direction)}`;
  const content = [`Campaign ${markdownCode(entry.campaignId)}`, updateList(entry)].join("\n\n");
  return fold(summary, content, state);
}

/** What a full replacement of one binding by another would change, an audience a line. */
export function bindingList(
  change: { readonly before: AudienceBinding; readonly after: AudienceBinding },
  known: AudienceKnowledge,
): string {
  return comparisonList(replacementOf(change, known));
}

/** What a text may tell of audiences that is to stay the same: sizes move by themselves. */
export function knownButSizes(audiences: Plan["audiences"]): AudienceKnowledge {
  const facts = Object.entries(audiences).map(([id, known]) => [id, { ...known, size: null }] as const);
  return { ...NOTHING_KNOWN, audiences: Object.fromEntries(facts) };
}

/** How one locked campaign differs from its file, folded. */
export function skipDetail({ campaignId, name, comparison }: ChangeEntry): string {
  const content = `Campaign ${markdownCode(campaignId)}\n\n${comparisonList(comparison)}`;
  return fold(`${bold(name)}: left alone`, content, "folded");
}

/** Campaigns that could not be read for one reason: why, and how to mend it. */
export function unreadableItem({ of, title, facts }: Told<Unreadable>, fileUrl: FileUrl): string {
  if (of.length > 1) return `${bold(title)}\n\n${factList(facts)}`;
  const [{ source }] = of;
  const told = facts.filter(({ label }) => label !== "file");
  return `${bold(title)} in ${fileLink(source, fileUrl)}\n\n${factList(told)}`;
}
