import { Command, InvalidArgumentError, Option } from "commander";
import { type Fault, parseFault } from "../sandbox/fault.ts";
import { TOOL } from "../tool.ts";
import {
  type Format,
  inputOf,
  outputOf,
  parseDigest,
  parseDuration,
  parseParallelism,
  parsePort,
  parseWhole,
} from "./options.ts";
import type { FileFlags } from "./run.ts";
import type { ApplyFlags } from "./run-apply.ts";
import type { CommonFlags } from "./run-plan.ts";
import type { SandboxFlags } from "./run-sandbox.ts";
import type { WaitFlags } from "./run-wait.ts";

/** What was asked for on the command line: one command with its flags, checked and with defaults. */
export type Invocation =
  | { readonly command: "validate"; readonly flags: FileFlags & { readonly format: "text" | "json" } }
  | { readonly command: "plan"; readonly flags: CommonFlags & { readonly detailedExitcode: boolean } }
  | { readonly command: "apply"; readonly flags: ApplyFlags }
  | { readonly command: "wait"; readonly flags: WaitFlags }
  | { readonly command: "sandbox"; readonly flags: SandboxFlags };

/** Runs one invocation. Its code is loaded only then. */
type Take = (invocation: Invocation, colour: "auto" | "never") => Promise<void>;

type FileOptions = { readonly config?: string; readonly environment?: string; readonly color: boolean };
type CommonOptions = FileOptions & {
  readonly format: Format;
  readonly out?: string;
  readonly apiUrl?: string;
  readonly parallelism: number;
};

/** The command line as users see it. */
export function buildProgram(take: Take): Command {
  const program = new Command(TOOL.name)
    .description("Campaign audiences as code: plan what a campaign would reach, review it, apply it.")
    .version(TOOL.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .showHelpAfterError("  Run campaignctl --help, or campaignctl COMMAND --help.");
  addValidate(program, take);
  addPlan(program, take);
  addApply(program, take);
  addWait(program, take);
  addSandbox(program, take);
  return program;
}

function addValidate(program: Command, take: Take): void {
  withFiles(program.command("validate"))
    .description("check campaign files: no network, no credentials")
    .addOption(formatOption(["text", "json"]))
    .action((paths: string[], options: FileOptions & { format: "text" | "json" }) =>
      take(
        { command: "validate", flags: { ...fileFlags(paths, options), format: options.format } },
        colourOf(options),
      ),
    );
}

function addPlan(program: Command, take: Take): void {
  withCommon(program.command("plan"))
    .description("show what would change in the live campaigns; never writes")
    .option("--detailed-exitcode", "exit 2 when there are changes")
    .action((paths: string[], options: CommonOptions & { detailedExitcode?: boolean }) => {
      const { detailedExitcode = false } = options;
      return take(
        { command: "plan", flags: { ...commonFlags(paths, options), detailedExitcode } },
        colourOf(options),
      );
    });
}

type ApplyOptions = CommonOptions & {
  readonly plan?: string;
  readonly expectDigest?: string;
  readonly maxPlanAge: number;
  readonly yes?: boolean;
  readonly wait: boolean;
  readonly waitTimeout: number;
  readonly failOnSkip?: boolean;
  readonly report?: string;
};

function addApply(program: Command, take: Take): void {
  withCommon(program.command("apply"))
    .description("replace the audiences of changed draft campaigns and wait for reach")
    .option("--plan <file>", "carry out this saved plan (made by plan --out); - is stdin", inputOf)
    .option("--expect-digest <digest>", "write only if the plan has this digest", parseDigest)
    .addOption(durationOption("--max-plan-age <duration>", "refuse a saved plan that is older", "24h"))
    .option("--yes", "do not ask")
    .option("--no-wait", "do not wait for reach")
    .addOption(waitTimeoutOption())
    .option("--fail-on-skip", "exit 11 when a campaign was skipped")
    .option("--report <file>", "also write the report as JSON to this file; - is stdout", outputOf)
    .action((paths: string[], options: ApplyOptions) => {
      const flags: ApplyFlags = {
        ...commonFlags(paths, options),
        plan: options.plan ?? null,
        expectDigest: options.expectDigest ?? null,
        maxPlanAge: options.maxPlanAge,
        yes: options.yes ?? false,
        wait: options.wait,
        waitTimeout: options.waitTimeout,
        failOnSkip: options.failOnSkip ?? false,
        report: options.report ?? null,
      };
      return take({ command: "apply", flags }, colourOf(options));
    });
}

function addWait(program: Command, take: Take): void {
  withCommon(program.command("wait"))
    .description("wait for reach of the declared draft campaigns; never writes")
    .addOption(waitTimeoutOption())
    .option("--after <report>", "an apply report: judge reach by when it wrote each campaign", inputOf)
    .action((paths: string[], options: CommonOptions & { waitTimeout: number; after?: string }) => {
      const { waitTimeout, after = null } = options;
      return take(
        { command: "wait", flags: { ...commonFlags(paths, options), waitTimeout, after } },
        colourOf(options),
      );
    });
}

type SandboxOptions = {
  readonly port: number;
  readonly seed?: string;
  readonly reachDelay: number;
  readonly latency: number;
  readonly fault?: readonly Fault[];
  readonly faultSeed: number;
  readonly rate?: number;
  readonly burst?: number;
};

function addSandbox(program: Command, take: Take): void {
  program
    .command("sandbox")
    .description("serve a local stand-in for the API, for trials and tests")
    .option("--port <n>", "port on 127.0.0.1, 0 for any", parsePort, 4010)
    .option("--seed <file>", "the campaigns it begins with (default: those of the examples)")
    .addOption(durationOption("--reach-delay <duration>", "how long an evaluation of reach takes", "500ms"))
    .addOption(durationOption("--latency <duration>", "how long each answer takes", "0ms"))
    .option("--fault <kind:probability>", "misbehave, e.g. 503:0.2 (repeatable)", collectFault)
    .option("--fault-seed <n>", "makes faults come the same way again", wholeFrom(0), 1)
    .option("--rate <n>", "requests a second that are accepted", wholeFrom(1))
    .option("--burst <n>", "requests that are accepted at once", wholeFrom(1))
    .action((options: SandboxOptions) => {
      const { fault = [], rate, burst, seed, ...rest } = options;
      const flags = { ...rest, faults: fault, seed: seed ?? null, rate: rate ?? null, burst: burst ?? null };
      return take({ command: "sandbox", flags }, "auto");
    });
}

function withFiles(command: Command): Command {
  return command
    .argument(
      "[paths...]",
      "files, folders or globs; - is stdin (default: the project file's, else campaigns/)",
    )
    .option("--config <file>", "project file (default: campaignctl.yaml)")
    .option("--environment <name>", "which environment: its campaign ids and its API URL")
    .option("--no-color", "never use colour");
}

function withCommon(command: Command): Command {
  return withFiles(command)
    .addOption(formatOption(["text", "json", "markdown"]))
    .option("--out <file>", "also write the result as JSON to this file; - is stdout")
    .option(
      "--api-url <url>",
      "base URL of the API (default: EXPERITURE_API_URL, else the environment's, else https://api.experiture.ai/public/v1)",
    )
    .option("--parallelism <n>", "requests under way at once", parseParallelism, 10);
}

function formatOption(formats: readonly Format[]): Option {
  return new Option("--format <format>", "how to print the result").choices(formats).default("text");
}

function waitTimeoutOption(): Option {
  return durationOption("--wait-timeout <duration>", "how long to wait for one campaign's reach", "10m");
}

function durationOption(flags: string, description: string, value: string): Option {
  return new Option(flags, description).argParser(parseDuration).default(parseDuration(value), value);
}

function wholeFrom(min: number): (text: string) => number {
  return (text) => parseWhole(text, min, 1_000_000_000);
}

function collectFault(text: string, faults: readonly Fault[] = []): readonly Fault[] {
  const fault = parseFault(text);
  if (typeof fault === "string") throw new InvalidArgumentError(fault);
  return [...faults, fault];
}

function fileFlags(paths: readonly string[], options: FileOptions): FileFlags {
  return {
    paths: paths.map(inputOf),
    config: options.config ?? null,
    environment: options.environment ?? null,
  };
}

function commonFlags(paths: readonly string[], options: CommonOptions): CommonFlags {
  const { format, parallelism } = options;
  return {
    ...fileFlags(paths, options),
    format,
    parallelism,
    out: options.out === undefined ? null : outputOf(options.out),
    apiUrl: options.apiUrl ?? null,
  };
}

function colourOf(options: FileOptions): "auto" | "never" {
  return options.color ? "auto" : "never";
}
