import { Argument, type Command } from "commander";
import {
  type FileOptions,
  fileFlags,
  type Surroundings,
  surroundingsOf,
  withFiles,
  withFormat,
  withSurroundings,
} from "../common-options.ts";
import { SHELLS, type Shell } from "../completion/shells.ts";
import {
  COMPLETION_HELP,
  ENVIRONMENTS_EXAMPLES,
  FMT_EXAMPLES,
  SCHEMA_EXAMPLES,
  VALIDATE_EXAMPLES,
  WHO_USES_EXAMPLES,
} from "../help-text.ts";
import { type Format, inputOf, outputOf } from "../options.ts";
import type { EnvironmentsFlags } from "./run-environments.ts";
import type { FmtFlags } from "./run-fmt.ts";
import type { SchemaFlags } from "./run-schema.ts";
import type { ValidateFlags } from "./run-validate.ts";
import type { WhoUsesFlags } from "./run-who-uses.ts";

/** One command that reads files and asks no API, with its flags, checked and with defaults. */
export type FilesOnlyInvocation =
  | { readonly command: "validate"; readonly flags: ValidateFlags }
  | { readonly command: "fmt"; readonly flags: FmtFlags }
  | { readonly command: "who-uses"; readonly flags: WhoUsesFlags }
  | { readonly command: "schema"; readonly flags: SchemaFlags }
  | { readonly command: "environments"; readonly flags: EnvironmentsFlags }
  | { readonly command: "completion"; readonly flags: { readonly shell: Shell } };

type Take = (invocation: FilesOnlyInvocation, surroundings: Surroundings) => Promise<void>;

/** Adds `validate`. */
export function addValidate(program: Command, take: Take): void {
  withFormat(withFiles(program.command("validate")), ["text", "json"])
    .description("check campaign files: no network, no credentials")
    .addHelpText("after", VALIDATE_EXAMPLES)
    .option("--strict", "warnings fail too (exit 3), and names that nobody uses are warnings")
    .action((paths: string[], options: FileOptions & { format: "text" | "json"; strict?: boolean }) => {
      const { format, strict = false } = options;
      const flags = { ...fileFlags(paths, options), format, strict };
      return take({ command: "validate", flags }, surroundingsOf(options));
    });
}

/** Adds `fmt`. */
export function addFmt(program: Command, take: Take): void {
  withProject(program.command("fmt"))
    .argument("[paths...]", "files, folders or globs (default: the project file's, else campaigns/)")
    .description("put campaign files into the one canonical form; comments stay; no network, no credentials")
    .addHelpText("after", FMT_EXAMPLES)
    .option("--check", "write nothing, and exit 3 when a file is not in the form")
    .option("--diff", "write nothing, and show what would change")
    .action((paths: string[], options: FileOptions & { check?: boolean; diff?: boolean }) => {
      const { config = null, check = false, diff = false } = options;
      const flags = { paths: paths.map(inputOf), config, check, diff };
      return take({ command: "fmt", flags }, surroundingsOf(options));
    });
}

/** Adds the commands that answer what the files say: `who-uses`, `schema`, `environments`; and `completion`. */
export function addQuestions(program: Command, take: Take): void {
  withFormat(withProject(program.command("who-uses")), ["text", "json", "markdown"])
    .argument("<audience>", "a name of the catalogue, of an audience or a group, or an id")
    .description("list the campaigns that include or exclude an audience; no network, no credentials")
    .addHelpText("after", WHO_USES_EXAMPLES)
    .option("--environment <name>", "which environment: its campaign ids and its audience ids")
    .action((audience: string, options: FileOptions & { format: Format }) => {
      const { config, environment } = fileFlags([], options);
      const flags = { audience, config, environment, format: options.format };
      return take({ command: "who-uses", flags }, surroundingsOf(options));
    });
  withProject(program.command("schema"))
    .description("write a JSON Schema of this project's campaign files that knows the catalogue's names")
    .addHelpText("after", SCHEMA_EXAMPLES)
    .option("-o, --out <file>", "write it to this file (default: stdout)", outputOf)
    .action((options: FileOptions & { out?: string }) => {
      const flags = { config: options.config ?? null, out: options.out ?? null };
      return take({ command: "schema", flags }, surroundingsOf(options));
    });
  withFormat(withProject(program.command("environments")), ["text", "json"])
    .description("list the project's environments; as JSON, a matrix for a workflow")
    .addHelpText("after", ENVIRONMENTS_EXAMPLES)
    .action((options: FileOptions & { format: "text" | "json" }) => {
      const flags = { config: options.config ?? null, format: options.format };
      return take({ command: "environments", flags }, surroundingsOf(options));
    });
  addCompletion(program, take);
}

function addCompletion(program: Command, take: Take): void {
  program
    .command("completion")
    .addArgument(new Argument("<shell>", "the shell that it is for").choices(SHELLS))
    .description("print a script by which a shell completes commands, flags, names and files")
    .addHelpText("after", COMPLETION_HELP)
    .action((shell: Shell) => take({ command: "completion", flags: { shell } }, surroundingsOf({})));
}

function withProject(command: Command): Command {
  return withSurroundings(command.option("--config <file>", "project file (default: campaignctl.yaml)"));
}
