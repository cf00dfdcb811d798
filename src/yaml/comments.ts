import { tokensOf } from "./tokens.ts";

/** A comment of a text: its words from `#` on, where it begins, and whether nothing but blanks stands before it. */
export type Comment = { readonly text: string; readonly offset: number; readonly isAlone: boolean };

/** What the tokens of a text say that its nodes do not. */
export type Marks = {
  readonly comments: readonly Comment[];
  /** Where the hyphens of list entries stand, in order. */
  readonly hyphens: readonly number[];
};

/** Finds comments and hyphens by their offsets: a parser would give a comment to whatever node it stands behind. */
export function marksOf(text: string): Marks {
  const comments: Comment[] = [];
  const hyphens: number[] = [];
  for (const { lexeme, type, offset } of tokensOf(text)) {
    if (type === "seq-item-ind") hyphens.push(offset);
    if (type !== "comment") continue;
    comments.push({ text: lexeme.trimEnd(), offset, isAlone: indentAt(text, offset) !== null });
  }
  return { comments, hyphens };
}

/** How far in something begins that has nothing but blanks before it on its line; null for anything else. */
export function indentAt(text: string, offset: number): number | null {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return text.slice(start, offset).trim() === "" ? offset - start : null;
}

/** Whether a line without a word stands above the line of an offset, which must be the first on its line. */
export function isAfterBlank(text: string, offset: number): boolean {
  return indentAt(text, offset) !== null && /\n[ \t]*\n[ \t]*$/.test(text.slice(0, offset));
}
