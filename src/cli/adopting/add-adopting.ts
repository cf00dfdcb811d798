import type { Command } from "commander";
import { PARALLELISM } from "../../text/option-values.ts";
import { type FileOptions, folderOption, type Surroundings, surroundingsOf } from "../common-options.ts";
import { IMPORT_EXAMPLES } from "../help-text.ts";
import { parseParallelism } from "../options.ts";
import type { ImportFlags } from "./run-import.ts";

/** One command on the way from live campaigns to files, or back, with its flags, checked and with defaults. */
export type AdoptingInvocation = { readonly command: "import"; readonly flags: ImportFlags };

type Take = (invocation: AdoptingInvocation, surroundings: Surroundings) => Promise<void>;

type AskingOptions = FileOptions & { readonly apiUrl?: string; readonly parallelism: number };

type ImportOptions = AskingOptions & {
  readonly all?: boolean;
  readonly status?: string;
  readonly dir?: string;
  readonly force?: boolean;
  readonly catalogue?: boolean;
};

/** Adds `import`. */
export function addImport(program: Command, take: Take): void {
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
  return command
    .option("--config <file>", "project file (default: campaignctl.yaml)")
    .option("--environment <name>", "which environment: its campaign ids and its API URL")
    .option("--api-url <url>", "base URL of the API (default: as for plan)")
    .option("--parallelism <n>", "requests under way at once", parseParallelism, PARALLELISM.usual)
    .addOption(folderOption())
    .option("-q, --quiet", "on stderr only warnings and errors")
    .option("--no-color", "never use colour");
}
