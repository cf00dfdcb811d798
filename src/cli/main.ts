import { CommanderError } from "commander";
import type { Machine } from "../commands/open.ts";
import { AccessError, UsageError } from "../domain/errors.ts";
import { BUG, exitCodeOf } from "../domain/exit-codes.ts";
import type { Variables } from "../domain/ports.ts";
import { messageOf, stackOf } from "../text/error-text.ts";
import { escapeLines, escapeText } from "../text/invisible.ts";
import { systemCode } from "../text/system-code.ts";
import { accessLine } from "./access-line.ts";
import { surroundingsOf } from "./common-options.ts";
import { ASK } from "./completion/shells.ts";
import { inEnvironment } from "./environment.ts";
import { commandFirst } from "./flag-order.ts";
import { hintFor } from "./other-words.ts";
import { buildProgram, type Invocation } from "./program.ts";
import { letGoOfClosedTerminals, tolerateClosedReaders } from "./terminal/closed.ts";
import { openSession, type Session } from "./terminal/session.ts";

type Process = NodeJS.Process;

/** Runs one command. Each is loaded only when it is asked for, so that `--help` costs nothing. */
async function run(invocation: Invocation, session: Session): Promise<number> {
  if (session.cwd === "") {
    throw new UsageError(
      "The working directory is gone. Nothing was sent.",
      "Change to a folder that is there.",
    );
  }
  switch (invocation.command) {
    case "validate":
      return (await import("./files-only/run-validate.ts")).runValidate(invocation.flags, session);
    case "fmt":
      return (await import("./files-only/run-fmt.ts")).runFmt(invocation.flags, session);
    case "who-uses":
      return (await import("./files-only/run-who-uses.ts")).runWhoUses(invocation.flags, session);
    case "schema":
      return (await import("./files-only/run-schema.ts")).runSchema(invocation.flags, session);
    case "environments":
      return (await import("./files-only/run-environments.ts")).runEnvironments(invocation.flags, session);
    case "completion":
      session.stdout.write(
        (await import("./completion/scripts.ts")).completionScript(invocation.flags.shell),
      );
      return 0;
    case "plan":
      return (await import("./run-plan.ts")).runPlan(invocation.flags, session);
    case "apply":
      return (await import("./run-apply.ts")).runApply(invocation.flags, session);
    case "wait":
      return (await import("./run-wait.ts")).runWait(invocation.flags, session);
    case "init":
      return (await import("./adopting/run-init.ts")).runInit(invocation.flags, session);
    case "import":
      return (await import("./adopting/run-import.ts")).runImport(invocation.flags, session);
    case "revert":
      return (await import("./adopting/run-revert.ts")).runRevert(invocation.flags, session);
    case "show":
      return (await import("./run-show.ts")).runShow(invocation.flags, session);
    case "sandbox":
      return (await import("./run-sandbox.ts")).runSandbox(invocation.flags, session);
  }
}

/** Explains an error on stderr and gives its exit code. What is none of ours is a bug: it shows its stack. */
function explain(error: unknown, session: Session): number {
  const { red } = session.stderr.style;
  if (error instanceof UsageError) {
    const hint = error.hint === null ? "" : `  ${escapeText(error.hint)}\n`;
    session.stderr.write(`${red("error:")} ${escapeText(error.message)}\n${hint}`);
    return exitCodeOf(["invalid"]);
  }
  if (error instanceof AccessError) {
    session.stderr.write(accessLine(error, session));
    return exitCodeOf(["no-access"]);
  }
  return explainBug(error, session);
}

function explainBug(error: unknown, session: Session): number {
  const { red } = session.stderr.style;
  session.stderr.write(
    `${red("bug:")} ${escapeLines(stackOf(error))}\n  This is a mistake in campaignctl. Please report it with these lines.\n`,
  );
  return BUG;
}

/** All that is named on the command line is then looked for there. */
function enter(folder: string, { chdir }: Process): void {
  try {
    chdir(folder);
  } catch (error) {
    const why =
      systemCode(error) === "ENOENT" ? "there is no such folder" : (systemCode(error) ?? messageOf(error));
    throw new UsageError(`-C ${folder}: ${why}. Nothing was sent.`);
  }
}

/**
 * Runs the command line of a process to its end, and sets its exit code.
 *
 * @param manual where more is to be read.
 * @param machine whose clock and chance it takes; this machine, when left out.
 */
export async function runCommandLine(
  process: Process,
  variables: Variables,
  manual: string,
  machine?: Machine,
): Promise<void> {
  letGoOfClosedTerminals(process);
  tolerateClosedReaders(process);
  let session = openSession(process, variables, surroundingsOf({}), machine);
  // What nobody caught, an unhandled rejection too: nothing of this process can be relied on any more.
  process.once("uncaughtException", (error) => process.exit(explainBug(error, session)));
  process.once("exit", () => session.stderr.show([]));
  const program = buildProgram(async (invocation, { folder, ...manner }) => {
    if (folder !== null) enter(folder, process);
    session = openSession(process, variables, manner, machine);
    process.exitCode = await run(inEnvironment(invocation, session.variables), session);
  }, manual);
  const args = process.argv.slice(2);
  if (args[0] === ASK) {
    const { answerCompletion } = await import("./completion/answer.ts");
    session.stdout.write(await answerCompletion(args.slice(1), program, session.cwd));
    return;
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void process.stdout.write(text),
      writeErr: (text) => void process.stderr.write(text),
      outputError: (text, write) => write(escapeLines(`${text}${hintFor(text)}`)),
    });
  }
  try {
    await program.parseAsync(commandFirst(args, program), { from: "user" });
  } catch (error) {
    // Help and version come as errors with exit code 0; any other word from commander is about wrong flags.
    if (error instanceof CommanderError)
      process.exitCode = error.exitCode === 0 ? 0 : exitCodeOf(["invalid"]);
    else process.exitCode = explain(error, session);
  }
}
