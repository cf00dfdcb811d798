#!/usr/bin/env node
import { CommanderError } from "commander";
import { accessLine } from "./cli/access-line.ts";
import { buildProgram, type Invocation } from "./cli/program.ts";
import { openSession, type Session, tolerateClosedReaders } from "./cli/session.ts";
import { stackOf } from "./error-text.ts";
import { AccessError, exitCodeOf, UsageError } from "./errors.ts";
import { escapeText } from "./render/escape.ts";

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
      return (await import("./cli/run-validate.ts")).runValidate(invocation.flags, session);
    case "plan":
      return (await import("./cli/run-plan.ts")).runPlan(invocation.flags, session);
    case "apply":
      return (await import("./cli/run-apply.ts")).runApply(invocation.flags, session);
    case "wait":
      return (await import("./cli/run-wait.ts")).runWait(invocation.flags, session);
    case "sandbox":
      return (await import("./cli/run-sandbox.ts")).runSandbox(invocation.flags, session);
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
  return 1;
}

/** What was typed, or read, and is shown again: nothing of it may move the cursor. */
function escapeLines(text: string): string {
  return text.split("\n").map(escapeText).join("\n");
}

async function main(): Promise<void> {
  tolerateClosedReaders(process);
  let session = openSession(process, "auto");
  // What nobody caught, an unhandled rejection too: nothing of this process can be relied on any more.
  process.once("uncaughtException", (error) => process.exit(explainBug(error, session)));
  const program = buildProgram(async (invocation, colour) => {
    if (colour === "never") session = openSession(process, colour);
    process.exitCode = await run(invocation, session);
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: (text, write) => write(escapeLines(text)) });
  }
  try {
    await program.parseAsync();
  } catch (error) {
    // Help and version come as errors with exit code 0; any other word from commander is about wrong flags.
    if (error instanceof CommanderError)
      process.exitCode = error.exitCode === 0 ? 0 : exitCodeOf(["invalid"]);
    else process.exitCode = explain(error, session);
  }
}

await main();
