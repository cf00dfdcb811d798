import type { AudienceBinding, Skip, Unreadable, Update } from "../../domain/model.ts";
import { audienceChanges, directionWords } from "../../render/direction.ts";
import { shownName } from "../../render/facts.ts";
import { markdownCode } from "../../render/markdown-escape.ts";
import { factList } from "../../render/markdown-parts.ts";
import type { Compared } from "../../render/plan/plan-groups.ts";
import { differenceDiff, directionBlock, replacementDiff } from "../../render/plan/plan-markdown.ts";
import type { Told } from "../../render/same-reason.ts";
import { type FileUrl, fileLink } from "./file-link.ts";
import { bold, fold } from "./markup.ts";

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
  const summary = `${bold(shownName(change.name))}: ${directionWords(audiences)}`;
  const content = [
    `Campaign ${markdownCode(change.campaignId)}`,
    directionBlock({ change, audiences }),
    replacementDiff(audiences, change.after),
  ].join("\n\n");
  return fold(summary, content, state);
}

/** {@link replacementDiff} of two bindings. */
export function bindingDiff({
  before,
  after,
}: {
  readonly before: AudienceBinding;
  readonly after: AudienceBinding;
}): string {
  return replacementDiff(audienceChanges(before, after), after);
}

/** How one locked campaign differs from its file, folded. */
export function skipDetail({ change, audiences }: Compared<Skip>): string {
  const content = `Campaign ${markdownCode(change.campaignId)}\n\n${differenceDiff(audiences)}`;
  return fold(`${bold(shownName(change.name))}: left alone`, content, "folded");
}

/** Campaigns that could not be read for one reason: why, and how to mend it. */
export function unreadableItem({ of, title, facts }: Told<Unreadable>, fileUrl: FileUrl): string {
  if (of.length > 1) return `${bold(title)}\n\n${factList(facts)}`;
  const [{ source }] = of;
  const told = facts.filter(({ label }) => label !== "file");
  return `${bold(title)} in ${fileLink(source, fileUrl)}\n\n${factList(told)}`;
}
