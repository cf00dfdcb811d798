import { Command, InvalidArgumentError, Option } from "commander";
import { TOOL } from "../domain/tool.ts";
import { type InjectedFault, parseFault } from "../sandbox/fault.ts";
import { type AdoptingInvocation, addAdopting } from "./adopting/add-adopting.ts";
import {
  allowOption,
  type CommonFlags,
  type CommonOptions,
  commonFlags,
  durationOption,
  type FileOptions,
  folderOption,
  type ReadingFlags,
  type ReadingOptions,
  readingFlags,
  type Surroundings,
  surroundingsOf,
  verboseOption,
  withCommon,
  withReadingCommon,
} from "./common-options.ts";
import { addFmt, addQuestions, addValidate, type FilesOnlyInvocation } from "./files-only/add-files-only.ts";
import {
  APPLY_EXAMPLES,
  PLAN_EXAMPLES,
  programHelp,
  SANDBOX_EXAMPLES,
  SHOW_EXAMPLES,
  WAIT_EXAMPLES,
} from "./help-text.ts";
import { inputOf, outputOf, parseDigest, parseDuration, parsePort, parseWhole } from "./options.ts";
import type { ApplyFlags } from "./run-apply.ts";
import type { PlanFlags } from "./run-plan.ts";
import type { SandboxFlags } from "./run-sandbox.ts";
import type { ShowFlags } from "./run-show.ts";
import type { WaitFlags } from "./run-wait.ts";

/** What was asked for on the command line: one command with its flags, checked and with defaults. */
export type Invocation =
  | FilesOnlyInvocation
  | AdoptingInvocation
  | { readonly command: "plan"; readonly flags: PlanFlags }
  | { readonly command: "apply"; readonly flags: ApplyFlags }
  | { readonly command: "wait"; readonly flags: WaitFlags }
  | { readonly command: "show"; readonly flags: ShowFlags }
  | { readonly command: "sandbox"; readonly flags: SandboxFlags };

/** Runs one invocation. Its code is loaded only then. */
type Take = (invocation: Invocation, surroundings: Surroundings) => Promise<void>;

/**
 * The command line as users see it.
 *
 * @param manual where more is to be read.
 */
export function buildProgram(take: Take, manual = "README.md"): Command {
  const program = new Command(TOOL.name)
    .description("Campaign audiences as code: plan what a campaign would reach, review it, apply it.")
    .version(TOOL.version, "-V")
    .version(TOOL.version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .addHelpText("after", programHelp(manual))
    .showHelpAfterError("  Run campaignctl --help, or campaignctl COMMAND --help.");
  program.options.find(({ short }) => short === "-V")?.hideHelp();
  addValidate(program, take);
  addPlan(program, take);
  addApply(program, take);
  addWait(program, take);
  addShow(program, take);
  addAdopting(program, take);
  addFmt(program, take);
  addQuestions(program, take);
  addSandbox(program, take);
  addHelp(program);
  return program;
}

/** Of commander's own help command a wrong name would only bring up the list of commands. */
function addHelp(program: Command): void {
  program
    .command("help")
    .argument("[command]")
    .description("print help for a command")
    .action(async (name?: string) => {
      const asked = program.commands.find((command) => command.name() === name);
      if (name === undefined) program.help();
      asked?.help();
      // As if it had been asked to run: that says what is wrong, and what may have been meant.
      await program.parseAsync([name], { from: "user" });
    });
}

function addPlan(program: Command, take: Take): void {
  withReadingCommon(program.command("plan"))
    .description("show what would change in the live campaigns; never writes")
    .addHelpText("after", PLAN_EXAMPLES)
    .option("--detailed-exitcode", "exit 2 when there are changes")
    .option(
      "--changed-since <revision>",
      "only campaigns that are declared otherwise than where git's revision and HEAD parted",
    )
    .option(
      "--sizes",
      "count the people in each audience that an update changes (scope cdp:audiences:preview)",
    )
    .addOption(
      new Option(
        "--max-duration <duration>",
        "read at most this long, such as 20m; what is left is told",
      ).argParser(parseDuration),
    )
    .option(
      "--last-checked <file>",
      "keep in this file when each campaign was looked at: who was so longest ago comes first",
    )
    .addOption(allowOption())
    .action((paths: string[], options: PlanOptions) => {
      const { detailedExitcode = false, sizes = false, maxDuration = null, lastChecked = null } = options;
      const own = { detailedExitcode, sizes, maxDuration, lastChecked, allow: options.allow };
      return take(
        { command: "plan", flags: { ...readingFlags(paths, options), ...own } },
        surroundingsOf(options),
      );
    });
}

type PlanOptions = ReadingOptions & Partial<Omit<PlanFlags, keyof ReadingFlags>> & Pick<PlanFlags, "allow">;

type ApplyOptions = CommonOptions &
  Partial<Omit<ApplyFlags, keyof CommonFlags>> &
  Pick<ApplyFlags, "maxPlanAge" | "wait" | "waitTimeout" | "allow">;

function addApply(program: Command, take: Take): void {
  withCommon(program.command("apply"))
    .description("replace the audiences of changed draft campaigns and wait for reach")
    .addHelpText("after", APPLY_EXAMPLES)
    .option("--plan <file>", "carry out this saved plan (made by plan --out); - is stdin", inputOf)
    .option("--expect-digest <digest>", "write only if the plan has this digest", parseDigest)
    .addOption(durationOption("--max-plan-age <duration>", "refuse a saved plan that is older", "24h"))
    .option("-y, --yes", "do not ask")
    .option("--no-wait", "do not wait for reach")
    .addOption(waitTimeoutOption())
    .option("--fail-on-skip", "exit 11 when a campaign was skipped")
    .option("--report <file>", "also write the report as JSON to this file; - is stdout", outputOf)
    .option("--after <report>", "an apply report: what it put back for a rule is not written again", inputOf)
    .addOption(allowOption())
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
        after: options.after ?? null,
        allow: options.allow,
      };
      return take({ command: "apply", flags }, surroundingsOf(options));
    });
}

function addWait(program: Command, take: Take): void {
  withReadingCommon(program.command("wait"))
    .description("wait for reach of the declared draft campaigns; never writes")
    .addHelpText("after", WAIT_EXAMPLES)
    .addOption(waitTimeoutOption())
    .option("--after <report>", "an apply report: judge reach by when it wrote each campaign", inputOf)
    .action((paths: string[], options: ReadingOptions & { waitTimeout: number; after?: string }) => {
      const { waitTimeout, after = null } = options;
      return take(
        { command: "wait", flags: { ...readingFlags(paths, options), waitTimeout, after } },
        surroundingsOf(options),
      );
    });
}

type ShowOptions = Pick<CommonOptions, "C" | "color" | "verbose"> & Pick<ShowFlags, "format">;

function addShow(program: Command, take: Take): void {
  program
    .command("show")
    .argument("<file>", "a plan or a report that was saved; - is stdin", inputOf)
    .description("show a saved plan or report; no network, no credentials")
    .addHelpText("after", SHOW_EXAMPLES)
    .addOption(
      new Option("--format <format>", "how to print it").choices(["text", "markdown"]).default("text"),
    )
    .addOption(folderOption())
    .addOption(verboseOption())
    .option("--no-color", "never use colour")
    .action((file: string, options: ShowOptions) => {
      const { format, verbose = false } = options;
      return take({ command: "show", flags: { file, format, verbose } }, surroundingsOf(options));
    });
}

type SandboxOptions = Pick<FileOptions, "C"> & {
  readonly port: number;
  readonly seed?: string;
  readonly reachDelay: number;
  readonly latency: number;
  readonly fault?: readonly InjectedFault[];
  readonly faultSeed: number;
  readonly rate?: number;
  readonly burst?: number;
};

function addSandbox(program: Command, take: Take): void {
  program
    .command("sandbox")
    .description("serve a local stand-in for the API, for trials and tests")
    .addHelpText("after", SANDBOX_EXAMPLES)
    .addOption(folderOption())
    .option("--port <n>", "port on 127.0.0.1, 0 for any", parsePort, 4010)
    .option("--seed <file>", "the campaigns it begins with (default: those of the examples)")
    .addOption(durationOption("--reach-delay <duration>", "how long an evaluation of reach takes", "500ms"))
    .addOption(durationOption("--latency <duration>", "how long each answer takes", "0ms"))
    .option("--fault <kind:probability>", "misbehave, e.g. 503:0.2 (repeatable)", collectFault)
    .option("--fault-seed <n>", "makes faults come the same way again", wholeFrom(0), 1)
    .option("--rate <n>", "requests a second that are accepted", wholeFrom(1))
    .option("--burst <n>", "requests that are accepted at once", wholeFrom(1))
    .action((options: SandboxOptions) => {
      const { fault = [], rate, burst, seed, C: _, ...rest } = options;
      const flags = { ...rest, faults: fault, seed: seed ?? null, rate: rate ?? null, burst: burst ?? null };
      return take({ command: "sandbox", flags }, surroundingsOf(options));
    });
}

function waitTimeoutOption(): Option {
  return durationOption("--wait-timeout <duration>", "how long to wait for one campaign's reach", "10m");
}

function wholeFrom(min: number): (text: string) => number {
  return (text) => parseWhole(text, min, 1_000_000_000);
}

function collectFault(text: string, faults: readonly InjectedFault[] = []): readonly InjectedFault[] {
  const fault = parseFault(text);
  if (typeof fault === "string") throw new InvalidArgumentError(fault);
  return [...faults, fault];
}
