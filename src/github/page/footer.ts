import type { Section } from "../../render/markdown/fit.ts";
import { markdownCode } from "../../render/markdown/markdown-escape.ts";
import { quantity } from "../../text/figures.ts";
import { markdownLink } from "./file-link.ts";

/** The small print below a comment. Facts must be safe already; the stable line and `last` are sentences of ours. */
export function footer(parts: {
  /** The stable line; null where there is no result. */
  readonly line: string | null;
  readonly commit: string | null;
  readonly facts: readonly string[];
  readonly runUrl: string;
  readonly last: string;
}): string {
  const commit = parts.commit === null ? [] : [`commit ${markdownCode(parts.commit)}`];
  const facts = [...commit, ...parts.facts, markdownLink("run", parts.runUrl)].join(" · ");
  const line = parts.line === null ? "" : `${parts.line}<br>`;
  return `---\n\n<sub>${line}${facts}<br>${parts.last}</sub>`;
}

/** Says what found no room, of things such as `campaign` or `row`. */
export type LeftOut = (noun: string) => Section["leftOut"];

/** The output that names the whole result as JSON. */
type ResultOutput = "plan-path" | "report-path";

/** Says what a comment leaves out, and that the job summary and the JSON result have it. */
export function leftOutOfComment(runUrl: string, output: ResultOutput): LeftOut {
  const summary = markdownLink("summary of the run", runUrl);
  return (noun) => (count) =>
    `_${quantity(count, noun)} more left out here for want of room. See the ${summary}; the JSON result (output \`${output}\`) has them all._`;
}

/** Says what a job summary leaves out, and that the JSON result has it. */
export function leftOutOfSummary(output: ResultOutput): LeftOut {
  return (noun) => (count) =>
    `_${quantity(count, noun)} more left out here for want of room. The JSON result (output \`${output}\`) has them all._`;
}
