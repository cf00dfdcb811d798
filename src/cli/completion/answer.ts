import type { Command } from "commander";
import { escapeText } from "../../text/invisible.ts";
import { bashReplies, splitBashLine } from "./bash-words.ts";
import { SHELLS, type Shell } from "./shells.ts";
import { type Candidate, type Wanted, type WordSource, wantedAt } from "./wanted.ts";

/**
 * What a completion script is told: words that end in a NUL, for zsh and fish with what they are about. Never an error:
 * what cannot be read has no words.
 *
 * @param args the shell; for bash the line up to the cursor and the part of the word that it looks at, else the words, of
 * which fish gives the last as it was typed.
 */
export async function answerCompletion(
  [shell, ...args]: readonly string[],
  program: Command,
  cwd: string,
): Promise<string> {
  if (!SHELLS.some((each) => each === shell)) return "";
  const typed = splitBashLine((shell === "bash" ? args[0] : args.at(-1)) ?? "");
  const words = {
    bash: typed.words.slice(1),
    fish: [...args.slice(0, -1), typed.words.at(-1) ?? ""],
    zsh: args,
  }[shell as Shell];
  const found = await candidatesFor(words, program, cwd);
  const told = {
    bash: () =>
      bashReplies(
        found.map(({ word }) => word),
        typed,
        args[1] ?? "",
      ),
    fish: () =>
      found.flatMap(({ word, about }) => (word.includes("\t") ? [] : `${word}\t${escapeText(about)}`)),
    zsh: () => found.flatMap(({ word, about }) => [word, escapeText(about)]),
  }[shell as Shell]();
  return told.map((word) => `${word}\0`).join("");
}

async function candidatesFor(
  words: readonly string[],
  program: Command,
  cwd: string,
): Promise<readonly Candidate[]> {
  const wanted = wantedAt(words, program);
  const { before, begun, from } = wanted;
  const found = typeof from === "string" ? await lookedUp(from, wanted, cwd) : from;
  return found
    .filter(({ word }) => word.startsWith(begun))
    .map(({ word, about }) => ({ word: `${before}${word}`, about }));
}

async function lookedUp(source: WordSource, wanted: Wanted, cwd: string): Promise<readonly Candidate[]> {
  try {
    return (await import("./known-words.ts")).knownWords(source, wanted, cwd);
  } catch {
    return [];
  }
}
