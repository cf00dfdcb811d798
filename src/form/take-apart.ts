import { marksOf } from "../yaml/comments.ts";
import { readDocument } from "../yaml/yaml-document.ts";
import { attachComments, type TakenApart } from "./attach-comments.ts";
import { outlineOf } from "./outline.ts";

/**
 * What the text of a campaign file without a mistake says, with its comments; null for any other text.
 *
 * @param text with plain line feeds.
 */
export function takeApart(text: string): TakenApart | null {
  const { root, diagnostics } = readDocument({ file: "", bytes: new TextEncoder().encode(text) });
  if (root === null || diagnostics.length > 0) return null;
  const { comments, hyphens } = marksOf(text);
  return attachComments(outlineOf(root, hyphens), comments, text);
}
