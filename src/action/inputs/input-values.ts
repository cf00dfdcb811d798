import { posix } from "node:path";
import { UsageError } from "../../domain/errors.ts";
import { isOneLine } from "../../text/invisible.ts";
import { quote } from "../../text/quote.ts";

/** A refusal that names the input, what it holds, and how to mend it. */
export function inputError(name: string, text: string, hint: string): UsageError {
  return new UsageError(`Input ${name} is ${quote(text)}.`, hint);
}

/** One of the words that an input may hold, in exactly this spelling. */
export function wordOf<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === text);
  if (word === undefined) throw inputError(name, text, `Write one of: ${words.join(", ")}.`);
  return word;
}

/** `true` or `false` and nothing else: YAML has many more words for them, and a typo must not pass for one. */
export function booleanOf(name: string, text: string): boolean {
  return wordOf(name, text, ["true", "false"]) === "true";
}

/** Text on one line; null for nothing. */
export function lineOf(name: string, text: string): string | null {
  if (!isOneLine(text)) {
    throw inputError(name, text, "Write it on one line, without control characters.");
  }
  return text === "" ? null : text;
}

/** As `lineOf`, for what must not be shown: a refusal does not quote it. */
export function secretLineOf(name: string, text: string): string | null {
  try {
    return lineOf(name, text);
  } catch {
    throw new UsageError(
      `Input ${name} has a line end or another control character in it.`,
      "Write it on one line.",
    );
  }
}

/** One value a line. Blank lines count for nothing. */
export function linesOf(name: string, text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => lineOf(name, line.trim()));
  return lines.filter((line) => line !== null);
}

/** Between two rules: a reason may have a comma in it, unless one word, or one that is given a reason, comes after it. */
const NEXT_RULE = /,(?=\s*[\w-]*\s*(?:[=,]|$))/;

/** Rules to let pass, `RULE` or `RULE=REASON` each: one a line, or with commas between them. */
export function allowancesOf(name: string, text: string): readonly string[] {
  return linesOf(name, text)
    .flatMap((line) => line.split(NEXT_RULE))
    .map((allowance) => allowance.trim())
    .filter((allowance) => allowance !== "");
}

/**
 * A path inside of the repository, made short: without `.`, `..` and a slash at the end. `.` is the root.
 *
 * @param base the folder that the path is relative to, itself such a path.
 */
export function repositoryPathOf(name: string, text: string, base: string): string {
  const path = posix.join(base, text).replace(/(?<=.)\/+$/, "");
  if (/^(?:[/\\]|[a-z]:)/i.test(text) || text.includes("\\") || /^\.\.(?:\/|$)/.test(path)) {
    throw inputError(name, text, "Write a path inside of the repository, relative, with forward slashes.");
  }
  return path;
}
