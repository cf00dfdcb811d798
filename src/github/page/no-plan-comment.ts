import { fitSections } from "../../render/markdown/fit.ts";
import { escapeMarkdown, markdownCode } from "../../render/markdown/markdown-escape.ts";
import { encodeHeader } from "../review/comment-header.ts";
import { shortSha } from "../run/event-payload.ts";
import type { CommentHeader, PlanLabel, Target } from "../run/model.ts";
import { footer } from "./footer.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
import type { RenderedComment } from "./plan-comment.ts";
import { paragraphSection } from "./plan-sections.ts";
import { targetLine } from "./target-line.ts";

/** Why there is no plan of a commit: a few words, and a sentence with how to mend it. Plain text. */
export type NoPlan = { readonly words: string; readonly sentence: string };

/**
 * The comment of a commit that has no plan. Its header has no change, so that nothing an earlier plan in the same comment
 * showed is applied any more.
 *
 * @param replaced the commit whose plan stood here; null where none did, empty where nobody knows.
 */
export function renderNoPlanComment(input: {
  readonly why: NoPlan;
  readonly target: Target;
  readonly commit: string;
  readonly replaced: string | null;
  readonly runUrl: string;
  /** What the last plan labelled the pull request with: until there is a plan, nobody knows better. */
  readonly labels?: readonly PlanLabel[] | undefined;
}): RenderedComment {
  const { why, target, commit, replaced, runUrl, labels } = input;
  const reviewed = { kind: "changes", changes: [] } as const;
  const header: CommentHeader = { target: target.key, commit, state: "planned", reviewed, labels };
  const line = encodeHeader(header);
  const frame = {
    head: `### No plan: ${escapeMarkdown(why.words)}`,
    closing: footer({ line: null, commit, facts: [], runUrl, last: "Merging writes nothing." }),
  };
  const sections = [
    paragraphSection(targetLine(target, null)),
    paragraphSection(escapeMarkdown(why.sentence)),
    paragraphSection(replaced === null || replaced === "" ? "" : replacedText(replaced)),
  ];
  const room = COMMENT_LIMIT - utf8Length(line) - 1;
  return { body: `${line}\n${fitSections(frame, sections, room, utf8Length)}`, header, isCut: false };
}

function replacedText(commit: string): string {
  return `The plan that stood here is of the older commit ${markdownCode(shortSha(commit))} and holds no longer. The edit history of this comment has it.`;
}
