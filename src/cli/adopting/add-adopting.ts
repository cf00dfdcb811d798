import type { Command } from "commander";
import { PARALLELISM } from "../../text/option-values.ts";
import {
  type CommonOptions,
  commonFlags,
  type FileOptions,
  repeatableOption,
  type Surroundings,
  surroundingsOf,
  verboseOption,
  withFormat,
  withSurroundings,
} from "../common-options.ts";
import { IMPORT_EXAMPLES, INIT_EXAMPLES, REVERT_EXAMPLES } from "../help-text.ts";
import { inputOf, parseParallelism } from "../options.ts";
import type { ImportFlags } from "./run-import.ts";
import type { InitFlags } from "./run-init.ts";
import type { RevertFlags } from "./run-revert.ts";

/** One command on the way from live campaigns to files, or back, with its flags, checked and with defaults. */
export type AdoptingInvocation =
  | { readonly command: "init"; readonly flags: InitFlags }
  | { readonly command: "import"; readonly flags: ImportFlags }
  | { readonly command: "revert"; readonly flags: RevertFlags };

type Take = (invocation: AdoptingInvocation, surroundings: Surroundings) => Promise<void>;

type AskingOptions = FileOptions & { readonly apiUrl?: string; readonly parallelism: number };

type ImportOptions = AskingOptions & {
  readonly all?: boolean;
  readonly status?: string;
  readonly dir?: string;
  readonly force?: boolean;
  readonly catalogue?: boolean;
};

/** Adds `init`, `import` and `revert`. */
export function addAdopting(program: Command, take: Take): void {
  addInit(program, take);
  addImport(program, take);
  addRevert(program, take);
}

type InitOptions = Pick<FileOptions, "C" | "quiet" | "color"> & {
  readonly apiUrl?: string;
  readonly environment: readonly string[];
};

function addInit(program: Command, take: Take): void {
  const command = program
    .command("init")
    .description("write a starter repository; asks on a terminal for what no flag says")
    .addHelpText("after", INIT_EXAMPLES)
    .option("--api-url <url>", "base URL of the API (default: https://api.experiture.ai/public/v1)")
    .addOption(repeatableOption("--environment <name>", "an environment", "production"));
  withSurroundings(command).action((options: InitOptions) => {
    const { apiUrl = null, environment: environments } = options;
    return take({ command: "init", flags: { apiUrl, environments } }, surroundingsOf(options));
  });
}

function addRevert(program: Command, take: Take): void {
  withFormat(withAsking(program.command("revert")), ["text", "json", "markdown"])
    .argument("<report>", "the report of an apply (apply --report); - is stdin", inputOf)
    .description("make a plan that puts back what an apply changed; never writes")
    .addHelpText("after", REVERT_EXAMPLES)
    .option("-o, --out <file>", "also write the plan as JSON to this file, for apply --plan; - is stdout")
    .addOption(verboseOption())
    .action((report: string, options: Omit<CommonOptions, "progress">) => {
      const { paths: _, ...flags } = commonFlags([], options);
      return take({ command: "revert", flags: { ...flags, report } }, surroundingsOf(options));
    });
}

function addImport(program: Command, take: Take): void {
  withAsking(program.command("import"))
    .argument("[campaign-ids...]", "ids of live campaigns")
    .description("write one file per live campaign; asks the API to read, never to write")
    .addHelpText("after", IMPORT_EXAMPLES)
    .option("--all", "every campaign that the API lists")
    .option("--status <status>", "with --all: only campaigns of this status, such as draft")
    .option("--dir <dir>", "folder of new files (default: campaigns beside the project file)")
    .option("--catalogue", "put audiences into the catalogue too, by names made from their live names")
    .option("--force", "put live audiences into the file that declares a campaign already")
    .action((campaignIds: string[], options: ImportOptions) => {
      const { config = null, environment = null, apiUrl = null, parallelism } = options;
      const { all = false, force = false, catalogue = false, status = null, dir = null } = options;
      const asking = { config, environment, apiUrl, parallelism };
      const flags: ImportFlags = { ...asking, campaignIds, all, force, catalogue, status, dir };
      return take({ command: "import", flags }, surroundingsOf(options));
    });
}

/** Adds the flags of a command that asks the API, and has no paths. */
function withAsking(command: Command): Command {
  command
    .option("--config <file>", "project file (default: campaignctl.yaml)")
    .option("--environment <name>", "which environment: its campaign ids and its API URL")
    .option("--api-url <url>", "base URL of the API (default: as for plan)")
    .option("--parallelism <n>", "requests under way at once", parseParallelism, PARALLELISM.usual);
  return withSurroundings(command);
}
