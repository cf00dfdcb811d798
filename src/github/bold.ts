import { escapeInHtml } from "../render/markdown-escape.ts";

/** Foreign text in bold, escaped here. By tags, since asterisks next to a blank stay asterisks. */
export function bold(text: string): string {
  return `<b>${escapeInHtml(text)}</b>`;
}
