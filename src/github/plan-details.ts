import type { AudienceBinding, Skip, Unreadable, Update } from "../domain.ts";
import { type AudienceLine, bindingCounts, changeLines, differenceLines } from "../render/audience-lines.ts";
import {
  audienceChanges,
  directionSentences,
  directionWords,
  NO_EXCLUDE_WARNING,
  noExcludeIsLeft,
} from "../render/direction.ts";
import { shownName, unreadableFacts } from "../render/facts.ts";
import { escapeMarkdown, fenced, markdownCode } from "../render/markdown-escape.ts";
import { factList } from "../render/markdown-parts.ts";
import type { Compared } from "../render/plan-groups.ts";
import { bold } from "./bold.ts";
import { type FileUrl, fileLink } from "./file-link.ts";
import { fold } from "./fold.ts";

/** Diff lines that stay unfolded in all. Readers dislike a click before they see danger, and pages of lists. */
const OPEN_LINES = 10;

/** The details of changed campaigns, one block each: open from the first on while they are short, then folded. */
export function updateDetails(updates: readonly Compared<Update>[]): readonly string[] {
  let lines = 0;
  return updates.map((update) => {
    lines += update.audiences.length;
    return updateDetail(update, lines <= OPEN_LINES ? "open" : "folded");
  });
}

function updateDetail({ change, audiences }: Compared<Update>, state: "open" | "folded"): string {
  const loud = noExcludeIsLeft(change.before, change.after) ? [`**${NO_EXCLUDE_WARNING}**`] : [];
  const sentences = [...directionSentences(audiences).map(escapeMarkdown), ...loud].join("\\\n");
  const summary = `${bold(shownName(change.name))}: ${directionWords(audiences)}`;
  const content = [`Campaign ${markdownCode(change.campaignId)}`, sentences, bindingDiff(change)].join(
    "\n\n",
  );
  return fold(summary, content, state);
}

/** What a full replacement would change, as a diff that GitHub colours. */
export function bindingDiff({
  before,
  after,
}: {
  readonly before: AudienceBinding;
  readonly after: AudienceBinding;
}): string {
  const lines = changeLines(audienceChanges(before, after)).map(signedLine);
  return fenced("diff", [...lines, `  full replacement: ${bindingCounts(after)} afterwards`]);
}

/** The sign stands in the first column: only there GitHub colours the line. */
function signedLine({ sign, text }: AudienceLine): string {
  return `${sign} ${text}`;
}

/** How one locked campaign differs from its file, folded. */
export function skipDetail({ change, audiences }: Compared<Skip>): string {
  const lines = differenceLines(audiences).map(signedLine);
  const content = `Campaign ${markdownCode(change.campaignId)}\n\n${fenced("diff", lines)}`;
  return fold(`${bold(shownName(change.name))}: left alone`, content, "folded");
}

/** One campaign that could not be read: why, and how to mend it. */
export function unreadableItem(change: Unreadable, fileUrl: FileUrl): string {
  const facts = [{ label: "campaign", value: change.campaignId }, ...unreadableFacts(change)];
  return `${bold(shownName(change.name))} in ${fileLink(change.source, fileUrl)}\n\n${factList(facts)}`;
}
