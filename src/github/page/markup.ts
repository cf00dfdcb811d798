import { escapeInHtml, escapeMarkdown } from "../../render/markdown/markdown-escape.ts";
import { escapeText } from "../../text/invisible.ts";
import { displayWidth } from "../../text/width.ts";

/** Foreign text in bold, escaped here. By tags, since asterisks next to a blank stay asterisks. */
export function bold(text: string): string {
  return `<b>${escapeInHtml(text)}</b>`;
}

/**
 * A block that a reader can fold. The summary is HTML, not Markdown: escaped text and our own tags only. The content
 * must be safe already, with every fence in it closed.
 */
export function fold(summary: string, content: string, state: "open" | "folded"): string {
  return `${foldStart(summary, state)}\n\n${content}\n\n${FOLD_END}`;
}

/** How a block begins that a reader can fold. A blank line stands between it and what is in it. */
export function foldStart(summary: string, state: "open" | "folded"): string {
  return `<details${state === "open" ? " open" : ""}>\n<summary>${summary}</summary>`;
}

/** How such a block ends, after a blank line. */
export const FOLD_END = "</details>";

/** A word that is wider than this may be broken; an ordinary one never is. */
const LONGEST_WORD = 12;

/** Columns between two places where a long word may be broken. */
const PIECE = 8;

const GRAPHEMES = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * Foreign text for a cell of a table, escaped here. A word without an end gets places to be broken at, so that it pushes
 * no column out of sight; they are no characters, so a name can be copied.
 */
export function breakable(text: string): string {
  // A line may end at a blank and behind a hyphen anyway.
  const words = text.split(/( +|(?<=-))/);
  if (words.every((word) => widthOf(word) <= LONGEST_WORD)) return escapeMarkdown(text);
  return words
    .map((word) =>
      widthOf(word) <= LONGEST_WORD ? escapeMarkdown(word) : piecesOf(word).map(escapeMarkdown).join("<wbr>"),
    )
    .join("");
}

function piecesOf(word: string): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const { segment } of GRAPHEMES.segment(word)) {
    if (piece !== "" && widthOf(piece + segment) > PIECE) {
      pieces.push(piece);
      piece = "";
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** What is invisible is shown by its number, which takes room. */
function widthOf(text: string): number {
  return displayWidth(escapeText(text));
}
