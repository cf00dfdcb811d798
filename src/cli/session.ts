import { colourStyle, plainStyle, type Style } from "../render/style.ts";
import type { Variables } from "../settings.ts";
import { systemCode } from "../system-code.ts";

/** What a run may know of the process it is in. */
export type Session = {
  /** The working directory; empty when it is gone. */
  readonly cwd: string;
  readonly variables: Variables;
  /** Both the question can be seen and the answer typed. */
  readonly isInteractive: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
};

/** One stream, and how to write on it. */
export type Output = {
  readonly style: Style;
  readonly isTerminal: boolean;
  /** Columns, of a terminal; 80 where unknown. */
  readonly width: () => number;
  readonly height: () => number;
  /** Writes text as it is. A reader that has gone away is not an error. */
  write(text: string): void;
};

/** Looks at the process once, at the beginning of a run. */
export function openSession(process: NodeJS.Process, colour: "auto" | "never"): Session {
  return {
    cwd: workingDirectory(process),
    variables: process.env,
    isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    stdout: outputOf(process.stdout, process.env, colour),
    stderr: outputOf(process.stderr, process.env, colour),
  };
}

/** A shell can stand in a folder that somebody has deleted. */
function workingDirectory(process: NodeJS.Process): string {
  try {
    return process.cwd();
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return "";
  }
}

/**
 * `| head` closes the pipe early: the run goes on, and its exit code still counts. An output that cannot be written for
 * another reason, such as a full disk, is told, and a run that went well ends with 1. Call once.
 */
export function tolerateClosedReaders(process: NodeJS.Process): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`error: The result could not be printed (${error.code ?? error.message}).\n`);
    process.once("exit", (code) => {
      if (code === 0 || code === 2) process.exitCode = 1;
    });
  });
}

function outputOf(stream: NodeJS.WriteStream, variables: Variables, colour: "auto" | "never"): Output {
  const isTerminal = stream.isTTY === true && variables.TERM !== "dumb";
  return {
    style: colour === "auto" && wantsColour(isTerminal, variables) ? colourStyle : plainStyle,
    isTerminal,
    width: () => stream.columns ?? 80,
    height: () => stream.rows ?? 24,
    write(text) {
      stream.write(text);
    },
  };
}

/** NO_COLOR beats FORCE_COLOR beats the terminal. */
function wantsColour(isTerminal: boolean, variables: Variables): boolean {
  if (variables.NO_COLOR) return false;
  const forced = variables.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTerminal;
}
