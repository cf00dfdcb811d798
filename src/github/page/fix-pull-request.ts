import type { Plan, Update } from "../../domain/model.ts";
import { fitSections } from "../../render/markdown/fit.ts";
import { escapeMarkdown, markdownCode } from "../../render/markdown/markdown-escape.ts";
import { shownName } from "../../render/page/facts.ts";
import { quantity } from "../../text/figures.ts";
import { type IssueText, issueTitle } from "../review/issue-operation.ts";
import type { Target } from "../run/model.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
import { bold } from "./markup.ts";
import { bindingList, knownButSizes } from "./plan-details.ts";
import { blockSection } from "./plan-sections.ts";
import { targetLine } from "./target-line.ts";

/** A campaign whose file is left as it is, and why. */
export type LeftCampaign = { readonly update: Update; readonly why: string };

/** What a pull request that makes files say what is live is about. */
export type FixFacts = {
  readonly target: Target;
  readonly plan: Plan;
  /** Fingerprint of the edits. */
  readonly digest: string;
  readonly fixed: readonly Update[];
  readonly left: readonly LeftCampaign[];
};

/** The fingerprint of the edits that a pull request of ours for a target was about; null for any other body. */
export function fixDigestOf(body: string, { key }: Target): string | null {
  const [, named, digest = null] = /^<!-- campaignctl:fix (\S+) ([0-9a-f]{16}) -->/.exec(body) ?? [];
  return named === key ? digest : null;
}

/** The body of a pull request that we close: what it was about may come again, and is proposed again then. */
export function withoutDigest(body: string, target: Target): string {
  const digest = fixDigestOf(body, target);
  return digest === null ? body : body.replace(digest, "0".repeat(digest.length));
}

/**
 * Title and body of the pull request that makes files say what is live. It says nothing that moves by itself, so that the
 * same drift gives the same text.
 */
export function renderFixPull({ target, plan, digest, fixed, left }: FixFacts): IssueText {
  const frame = {
    head: [
      `<!-- campaignctl:fix ${target.key} ${digest} -->`,
      `${quantity(fixed.length, "campaign")} ${fixed.length === 1 ? "was" : "were"} changed elsewhere. This makes ${fixed.length === 1 ? "its file" : "their files"} say what is live. Merging it writes nothing to the API.`,
      `${targetLine(target, null)}.`,
    ].join("\n\n"),
    closing:
      "---\n\n<sub>This pull request follows what is live, and is closed by itself when the drift is gone. Nobody merges it but you. To have the files' audiences back instead, apply them. Closed without a merge, the same drift is not proposed again. Commits of others on its branch are left alone.</sub>",
  };
  const leftOut = (count: number): string =>
    `_${quantity(count, "campaign")} more: the changed files have ${count === 1 ? "it" : "them"} all._`;
  const knowledge = knownButSizes(plan.audiences);
  const sections = [
    blockSection(
      "### What the files say then",
      fixed.map((update) => fixedItem(update, knowledge)),
      {
        rank: 0,
        leftOut,
      },
    ),
    blockSection("### Left as they are", left.map(leftItem), { rank: 1, leftOut }),
  ];
  return {
    title: issueTitle(`Make ${quantity(fixed.length, "campaign file")} say what is live`),
    body: fitSections(frame, sections, COMMENT_LIMIT, utf8Length).trimEnd(),
  };
}

/** From the file to what is live: the other way round than an apply would go. */
function fixedItem(update: Update, knowledge: Parameters<typeof bindingList>[1]): string {
  const { campaignId, name, source, before, after } = update;
  const head = `${bold(shownName(name))} (${markdownCode(campaignId)}) in ${markdownCode(source.file)}:`;
  return `${head}\n\n${bindingList({ before: after, after: before }, knowledge)}`;
}

function leftItem({ update: { campaignId, name, source }, why }: LeftCampaign): string {
  return `- ${bold(shownName(name))} (${markdownCode(campaignId)}) in ${markdownCode(source.file)}: ${escapeMarkdown(why)}`;
}
