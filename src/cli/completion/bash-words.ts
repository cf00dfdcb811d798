import { isOneLine } from "../../text/invisible.ts";

/** The words of a line as bash reads it, the last one as far as it is typed. */
export type BashLine = {
  /** Without their quotes. Nothing is expanded. */
  readonly words: readonly string[];
  /** The last word as it was typed. */
  readonly typed: string;
  /** The quote that is open at its end. */
  readonly quote: '"' | "'" | null;
};

/** Splits a line into words by the rules of bash for blanks, quotes and backslashes. Runs nothing that stands in it. */
export function splitBashLine(line: string): BashLine {
  const words: string[] = [];
  let [word, typed]: [string | null, string] = [null, ""];
  let quote: BashLine["quote"] = null;
  for (let index = 0; index < line.length; index += 1) {
    const char = line.charAt(index);
    if (quote === null && /[ \t\n]/.test(char)) {
      if (word !== null) words.push(word);
      [word, typed] = [null, ""];
      continue;
    }
    const start = index;
    if (char === quote) quote = null;
    else if (quote === null && (char === '"' || char === "'")) quote = char;
    else if (char === "\\" && escapes(line.charAt(index + 1), quote)) {
      index += 1;
      word = `${word ?? ""}${line.charAt(index)}`;
    } else word = `${word ?? ""}${char}`;
    word ??= "";
    typed += line.slice(start, index + 1);
  }
  return { words: [...words, word ?? ""], typed, quote };
}

/** Whether a backslash before a character stands for that character alone. */
function escapes(next: string, quote: BashLine["quote"]): boolean {
  if (quote === "'" || next === "") return false;
  return quote === null || /["$`\\]/.test(next);
}

/**
 * What bash puts in the place of the part of a word that it looks at.
 *
 * @param words those that the word can become, whole.
 * @param part the part that bash looks at: from its last `=`, `:` or open quote on.
 */
export function bashReplies(words: readonly string[], { typed }: BashLine, part: string): readonly string[] {
  if (!typed.endsWith(part)) return [];
  // What stands before the part stays as it was typed, with a quote that may be open.
  const before = splitBashLine(typed.slice(0, typed.length - part.length));
  const [kept = ""] = before.words.slice(-1);
  return words
    .filter((word) => word.startsWith(kept))
    .map((word) => {
      const rest = word.slice(kept.length);
      return before.quote === null ? `${quoteForBash(rest)}${ending(word)}` : quoteWithin(rest, before.quote);
    });
}

/** A space after a word that is whole; a folder and a flag with `=` go on. */
function ending(word: string): string {
  return /[/=]$/.test(word) ? "" : " ";
}

function quoteForBash(word: string): string {
  if (!isOneLine(word)) return `$'${[...word].map(inAnsiQuotes).join("")}'`;
  return word.replaceAll(/[^\p{L}\p{N}\p{M}_@%+=:,./~-]/gu, "\\$&");
}

function inAnsiQuotes(char: string): string {
  if (char < " ") return `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  return /['\\]/.test(char) ? `\\${char}` : char;
}

function quoteWithin(word: string, quote: '"' | "'"): string {
  if (quote === "'") return word.replaceAll("'", "'\\''");
  // Within these quotes nothing keeps bash from reading its history for an exclamation mark.
  return word.replaceAll(/["$`\\]/g, (char) => `\\${char}`).replaceAll("!", '"\\!"');
}
