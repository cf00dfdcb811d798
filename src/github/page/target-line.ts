import { escapeMarkdown, markdownCode } from "../../render/markdown/markdown-escape.ts";
import type { Target } from "../run/model.ts";
import { bold } from "./markup.ts";

/** Which target a comment is of, in words: a repository may have several. Safe Markdown. */
export function targetLine(
  { workflow, environment, config, paths, shard }: Target,
  result: { readonly apiUrl: string } | null,
): string {
  return [
    `Workflow ${escapeMarkdown(workflow)}`,
    ...(environment === null ? [] : [`environment ${bold(environment)}`]),
    ...(config === null ? [] : [`project file ${markdownCode(config)}`]),
    ...(paths.length === 0 ? [] : [`paths ${paths.map(markdownCode).join(" ")}`]),
    ...(shard === null ? [] : [`shard ${bold(shard)}`]),
    ...(result === null ? [] : [`API ${markdownCode(result.apiUrl)}`]),
  ].join(", ");
}
