import { type Command, Option } from "commander";
import type { Shard } from "../domain/shard.ts";
import { PARALLELISM } from "../text/option-values.ts";
import { type Format, inputOf, outputOf, parseDuration, parseParallelism, parseShard } from "./options.ts";
import type { Manner, ProgressManner } from "./terminal/session.ts";

/** What every command but `sandbox` is told by its flags, as commander gives it. */
export type FileOptions = {
  readonly config?: string;
  readonly environment?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly C?: string;
};

/** What `plan`, `apply` and `wait` are told by their common flags. */
export type CommonOptions = FileOptions & {
  readonly format: Format;
  readonly out?: string;
  readonly apiUrl?: string;
  readonly parallelism: number;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  readonly progress: ProgressManner;
};

/** Where a command works, and how much it says. */
export type Surroundings = Manner & { readonly folder: string | null };

/** The flags that say which files are meant. */
export type FileFlags = {
  readonly paths: readonly string[];
  readonly config: string | null;
  readonly environment: string | null;
};

/** The flags that `plan`, `apply` and `wait` share. */
export type CommonFlags = FileFlags & {
  readonly format: Format;
  readonly out: string | null;
  readonly apiUrl: string | null;
  readonly parallelism: number;
  readonly verbose: boolean;
};

/** What the commands that only read are told as well. */
export type ReadingOptions = CommonOptions & { readonly shard?: Shard; readonly changedSince?: string };

/** The flags that `plan` and `wait` share. */
export type ReadingFlags = CommonFlags & {
  readonly shard: Shard | null;
  /** A revision of git; `wait` never has one. */
  readonly changedSince: string | null;
};

/** Adds paths, and the flags that every command has that reads files. */
export function withFiles(command: Command): Command {
  command
    .argument(
      "[paths...]",
      "files, folders or globs; - is stdin (default: the project file's, else campaigns/)",
    )
    .option("--config <file>", "project file (default: campaignctl.yaml)")
    .option("--environment <name>", "which environment: its campaign ids and its API URL");
  return withSurroundings(command);
}

/** Adds the flags that say where a command works, and how much it says. */
export function withSurroundings(command: Command): Command {
  return command
    .addOption(folderOption())
    .option("-q, --quiet", "on stderr only warnings and errors")
    .option("--no-color", "never use colour");
}

/** Adds the flags that `plan`, `apply` and `wait` share. */
export function withCommon(command: Command): Command {
  return withFormat(withFiles(command), ["text", "json", "markdown"])
    .option("-o, --out <file>", "also write the result as JSON to this file; - is stdout")
    .option(
      "--api-url <url>",
      "base URL of the API (default: EXPERITURE_API_URL, else the environment's, else https://api.experiture.ai/public/v1)",
    )
    .option("--parallelism <n>", "requests under way at once", parseParallelism, PARALLELISM.usual)
    .addOption(
      new Option("--progress <how>", "how stderr tells what goes on: json is a line an event")
        .choices(["auto", "json", "none"])
        .default("auto"),
    )
    .addOption(verboseOption())
    .option("--debug", "tell each request on stderr: method, path, status, time, correlation id");
}

/** Adds the flags that `plan` and `wait` share. */
export function withReadingCommon(command: Command): Command {
  return withCommon(command).option(
    "--shard <i/n>",
    "only this part of the campaigns, such as 2/3; which one a campaign is in depends on its id alone",
    parseShard,
  );
}

/** Where to work: every file that is named, and the project, is looked for there. */
export function folderOption(): Option {
  return new Option("-C <dir>", "work in this folder");
}

/** A flag for all that a person may want to read. */
export function verboseOption(): Option {
  return new Option("--verbose", "show every changed campaign, and how skipped ones differ");
}

/** Adds how a result is printed. Of several words on that the last one counts. */
export function withFormat(command: Command, formats: readonly Format[]): Command {
  return command
    .addOption(new Option("--format <format>", "how to print the result").choices(formats).default("text"))
    .option("--json", "short for --format json")
    .on("option:json", () => command.setOptionValueWithSource("format", "json", "cli"));
}

/** A flag with a duration and its default. */
export function durationOption(flags: string, description: string, value: string): Option {
  return new Option(flags, description).argParser(parseDuration).default(parseDuration(value), value);
}

/** A flag that lets a soft rule pass this once. */
export function allowOption(): Option {
  return repeatableOption(
    "--allow <rule[=reason]>",
    "let this soft rule of the project pass this once",
    "none",
  );
}

/** A flag that may come several times, and what help says that it is without. */
export function repeatableOption(flags: string, description: string, otherwise: string): Option {
  return new Option(flags, `${description} (repeatable)`)
    .argParser((word: string, words: readonly string[]) => [...words, word])
    .default([], otherwise);
}

/** The flags that say which files are meant. */
export function fileFlags(paths: readonly string[], options: FileOptions): FileFlags {
  return {
    paths: paths.map(inputOf),
    config: options.config ?? null,
    environment: options.environment ?? null,
  };
}

/** The flags that `plan`, `apply` and `wait` share. */
export function commonFlags(paths: readonly string[], options: Omit<CommonOptions, "progress">): CommonFlags {
  const { format, parallelism } = options;
  return {
    ...fileFlags(paths, options),
    format,
    parallelism,
    out: options.out === undefined ? null : outputOf(options.out),
    apiUrl: options.apiUrl ?? null,
    verbose: options.verbose ?? false,
  };
}

/** The flags that `plan` and `wait` share. */
export function readingFlags(paths: readonly string[], options: ReadingOptions): ReadingFlags {
  const { shard = null, changedSince = null } = options;
  return { ...commonFlags(paths, options), shard, changedSince };
}

/** Where to work and how much to say. */
export function surroundingsOf(
  options: Partial<Pick<CommonOptions, "C" | "color" | "quiet" | "debug" | "progress">>,
): Surroundings {
  return {
    folder: options.C ?? null,
    colour: options.color === false ? "never" : "auto",
    isQuiet: options.quiet ?? false,
    isDebug: options.debug ?? false,
    progress: options.progress ?? "auto",
  };
}
