import type { Argument, Command, Option } from "commander";
import { takesNext, valueFlagsOf } from "../flag-order.ts";

/** What may stand at a place of the command line. */
export type Candidate = { readonly word: string; readonly about: string };

/** Where words come from that are not known before a folder was looked at. */
export type WordSource = "campaigns" | "files" | "folders" | "environments" | "audiences" | "rules";

/** What can complete a word: these, or what a source has, each put behind the part of the word that stands already. */
export type Wanted = {
  /** The part of the word that stays as it is, such as `--format=`. */
  readonly before: string;
  /** The part of the word that is completed. */
  readonly begun: string;
  readonly from: readonly Candidate[] | WordSource;
  /** What was given with flags before: where to look. */
  readonly given: ReadonlyMap<string, string>;
};

/** How help calls a value, and where its words come from. For any other value nothing is known. */
const SOURCES: Readonly<Record<string, WordSource>> = {
  paths: "campaigns",
  file: "files",
  report: "files",
  dir: "folders",
  name: "environments",
  audience: "audiences",
  rule: "rules",
};

/**
 * What can complete the last of these words.
 *
 * @param words what was typed after the program's name, up to the cursor, without the quotes of the shell.
 */
export function wantedAt(words: readonly string[], program: Command): Wanted {
  const word = words.at(-1) ?? "";
  const { command, awaiting, position, onlyArguments, given } = readBefore(words.slice(0, -1), program);
  const whole = { before: "", begun: word, given };
  if (awaiting !== null) return { ...whole, from: valuesOf(awaiting, valueName(awaiting.flags)) };
  if (word.startsWith("-") && !onlyArguments) {
    const [, flag, begun = ""] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    if (flag === undefined) return { ...whole, from: flagsOf(command ?? program) };
    const option = (command ?? program).options.find(({ long }) => long === flag);
    const from = option?.required ? valuesOf(option, valueName(option.flags)) : [];
    return { before: `${flag}=`, begun, given, from };
  }
  if (command === null) return { ...whole, from: commandsOf(program) };
  const argument = command.registeredArguments[position] ?? variadic(command);
  if (argument === undefined) return { ...whole, from: [] };
  if (command.name() === "help") return { ...whole, from: commandsOf(program) };
  return { ...whole, from: valuesOf(argument, argument.name()) };
}

/** What the words before the cursor come to. */
type Before = {
  readonly command: Command | null;
  /** A flag whose value comes next. */
  readonly awaiting: Option | null;
  /** How many arguments the command has by now. */
  readonly position: number;
  /** After `--` nothing is a flag. */
  readonly onlyArguments: boolean;
  readonly given: ReadonlyMap<string, string>;
};

function readBefore(words: readonly string[], program: Command): Before {
  const given = new Map<string, string>();
  let command: Command | null = null;
  let awaiting: Option | null = null;
  let position = 0;
  let onlyArguments = false;
  for (const word of words) {
    if (awaiting !== null) {
      given.set(keyOf(awaiting), word);
      awaiting = null;
    } else if (onlyArguments || !/^-./.test(word)) {
      if (command === null) command = program.commands.find((each) => each.name() === word) ?? null;
      else position += 1;
    } else if (word === "--") onlyArguments = true;
    else {
      const options = command?.options ?? program.commands.flatMap((each) => each.options);
      const [, flag, value = ""] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
      if (flag !== undefined) given.set(flag.slice(2), value);
      awaiting = takesNext(word, valueFlagsOf(options)) ? flagNamed(word, options) : null;
    }
  }
  return { command, awaiting, position, onlyArguments, given };
}

function flagNamed(word: string, options: readonly Option[]): Option | null {
  const name = word.startsWith("--") ? word : `-${word.at(-1)}`;
  return options.find(({ short, long }) => long === name || short === name) ?? null;
}

function keyOf({ long, short }: Option): string {
  return (long ?? short ?? "").replace(/^-+/, "");
}

/** `<file>` in `-o, --out <file>`. */
function valueName(flags: string): string {
  return /<([\w-]+)/.exec(flags)?.[1] ?? "";
}

function valuesOf({ argChoices }: Option | Argument, name: string): readonly Candidate[] | WordSource {
  if (argChoices !== undefined) return argChoices.map((word) => ({ word, about: "" }));
  return SOURCES[name] ?? [];
}

function flagsOf(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ word: long ?? short ?? "", about: description }));
}

function commandsOf(program: Command): readonly Candidate[] {
  return program.commands.map((command) => ({ word: command.name(), about: command.description() }));
}

function variadic({ registeredArguments }: Command): Argument | undefined {
  const last = registeredArguments.at(-1);
  return last?.variadic ? last : undefined;
}
