import type { Diagnostic } from "../../domain/model.ts";
import { fitSections } from "../../render/markdown/fit.ts";
import { diagnosticItem } from "../../render/markdown/markdown-parts.ts";
import { quantity } from "../../text/figures.ts";
import { encodeHeader } from "../review/comment-header.ts";
import type { CommentHeader, PlanLabel, Target } from "../run/model.ts";
import { markdownLink } from "./file-link.ts";
import { footer } from "./footer.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
import type { RenderedComment } from "./plan-comment.ts";
import { blockSection, paragraphSection } from "./plan-sections.ts";
import { targetLine } from "./target-line.ts";

/** Diagnostics in a comment: the first few, since the annotations and the job summary have the rest. */
const MAX_SHOWN = 20;

/**
 * The comment on a pull request whose files are not valid. Its header has no change, so that nothing an earlier plan in
 * the same comment showed is applied any more.
 */
export function renderInvalidComment(input: {
  readonly diagnostics: readonly Diagnostic[];
  readonly target: Target;
  readonly commit: string;
  readonly runUrl: string;
  /** What the last plan labelled the pull request with: until there is a plan, nobody knows better. */
  readonly labels?: readonly PlanLabel[] | undefined;
  readonly limit?: number;
}): RenderedComment {
  const { diagnostics, target, commit, runUrl, labels, limit = COMMENT_LIMIT } = input;
  const reviewed = { kind: "changes", changes: [] } as const;
  const header: CommentHeader = { target: target.key, commit, state: "planned", reviewed, labels };
  const line = encodeHeader(header);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const shown = errors.slice(0, MAX_SHOWN).map(diagnosticItem);
  const leftOut = leftOutOfInvalid(runUrl);
  const frame = {
    head: `### No plan: ${quantity(errors.length, "error")} in the files`,
    closing: footer({ line: null, commit, facts: [], runUrl, last: "Merging writes nothing." }),
  };
  const sections = [
    paragraphSection(targetLine(target, null)),
    blockSection("", shown, { rank: 1, leftOut }),
    paragraphSection(errors.length > shown.length ? leftOut(errors.length - shown.length) : ""),
  ];
  const room = limit - utf8Length(line) - 1;
  const visible = fitSections(frame, sections, room, utf8Length);
  const isCut = errors.length > shown.length || !shown.every((item) => visible.includes(item));
  return { body: `${line}\n${visible}`, header, isCut };
}

function leftOutOfInvalid(runUrl: string): (count: number) => string {
  const summary = markdownLink("summary of the run", runUrl);
  return (count) => `_${quantity(count, "error")} more. See the ${summary}._`;
}
