import type { Plan, Unreadable, Update } from "../../domain/model.ts";
import { fitSections } from "../../render/markdown/fit.ts";
import { markdownCode } from "../../render/markdown/markdown-escape.ts";
import { factList } from "../../render/markdown/markdown-parts.ts";
import { shownName, unreadableFacts } from "../../render/page/facts.ts";
import { type IssueText, issueTitle } from "../review/issue-operation.ts";
import type { OwnIssue, Target } from "../run/model.ts";
import { type FileUrl, fileLink } from "./file-link.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
import { bindingList, knownButSizes } from "./plan-details.ts";
import { blockSection } from "./plan-sections.ts";
import { targetLine } from "./target-line.ts";

/** What the body of every drift issue of a target begins with, up to the campaign's id. */
export function driftMarker(target: Target): string {
  return `<!-- campaignctl:drift ${target.key} `;
}

/** The campaign that an issue of ours is about; null when its body does not begin with this target's marker. */
export function campaignOfDriftIssue({ body }: Pick<OwnIssue, "body">, target: Target): string | null {
  const marker = driftMarker(target);
  if (!body.startsWith(marker)) return null;
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) -->/.exec(body.slice(marker.length));
  return match?.[1] ?? null;
}

/**
 * The issue of one drifted campaign. It says nothing that moves by itself (no time, run or count), so that the same
 * drift gives the same text, and nothing need be written.
 *
 * @param facts `fileUrl`: addresses that stay, on a branch and not at a commit.
 */
export function renderDriftIssue(
  change: Update,
  target: Target,
  { fileUrl, audiences }: { readonly fileUrl: FileUrl; readonly audiences: Plan["audiences"] },
): IssueText {
  const frame = {
    head: [
      `${driftMarker(target)}${change.campaignId} -->`,
      "The live audiences of this draft are not those of its file: somebody changed them elsewhere, or an apply is still to come.",
      `Campaign ${markdownCode(change.campaignId)} in ${fileLink(change.source, fileUrl)}. ${targetLine(target, null)}.`,
      "Applying the file would make these changes:",
    ].join("\n\n"),
    closing:
      "To keep what is live, change the file. To have the file's audiences back, apply it. This issue is closed by itself when both are the same.",
  };
  const section = blockSection("", [bindingList(change, knownButSizes(audiences))], {
    rank: 0,
    leftOut: () => "_The list is too long to be shown here: run `campaignctl plan`._",
  });
  return {
    title: issueTitle(`Drift: ${shownName(change.name)}`),
    body: fitSections(frame, [section], COMMENT_LIMIT, utf8Length).trimEnd(),
  };
}

/**
 * The issue of a campaign that could not be read in several nights. As the other, it says nothing that moves by itself: of
 * an error its status and code.
 */
export function renderUnreadableIssue(change: Unreadable, target: Target, fileUrl: FileUrl): IssueText {
  const { campaignId, name, source, error } = change;
  const facts = unreadableFacts(change).filter(({ label }) => label === "reason" || label === "to mend");
  const status = error.status === null ? "" : `HTTP ${error.status}, `;
  const answer = { label: "answer", value: `${status}${error.code}` };
  return {
    title: issueTitle(`Cannot be read: ${shownName(name)}`),
    body: [
      `${driftMarker(target)}${campaignId} -->`,
      `This campaign could not be read in ${UNREADABLE_NIGHTS} nights: nobody knows whether it has drifted.`,
      `Campaign ${markdownCode(campaignId)} in ${fileLink(source, fileUrl)}. ${targetLine(target, null)}.`,
      factList([...facts.slice(0, 1), answer, ...facts.slice(1)]),
      "As soon as it can be read again, this issue says how it differs from its file, or is closed by itself.",
    ].join("\n\n"),
  };
}

/** A campaign that could not be read in so many nights in a row gets an issue; before that, a warning tells of it. */
export const UNREADABLE_NIGHTS = 3;
