import { escapeInHtml } from "../../render/markdown/markdown-escape.ts";

/** Foreign text in bold, escaped here. By tags, since asterisks next to a blank stay asterisks. */
export function bold(text: string): string {
  return `<b>${escapeInHtml(text)}</b>`;
}

/**
 * A block that a reader can fold. The summary is HTML, not Markdown: escaped text and our own tags only. The content
 * must be safe already, with every fence in it closed.
 */
export function fold(summary: string, content: string, state: "open" | "folded"): string {
  const start = state === "open" ? "<details open>" : "<details>";
  return `${start}\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
