import type { Machine } from "../../commands/open.ts";
import type { Variables } from "../../domain/ports.ts";
import { colourStyle, plainStyle, type Style } from "../../render/text/style.ts";
import { systemCode } from "../../text/system-code.ts";
import { openScreen } from "./screen.ts";

/** What a run may know of the process it is in. */
export type Session = {
  /** The working directory; empty when it is gone. */
  readonly cwd: string;
  readonly variables: Variables;
  /** This machine, when undefined. */
  readonly machine: Machine | undefined;
  readonly isDebug: boolean;
  readonly progress: ProgressManner;
  /** Both the question can be seen and the answer typed. */
  readonly isInteractive: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Stderr for what a run can do without: nothing is seen of it with `--quiet`. */
  readonly asides: Output;
};

/** One stream, and how to write on it. */
export type Output = {
  readonly style: Style;
  readonly isTerminal: boolean;
  /** Columns, of a terminal; 80 where unknown. */
  readonly width: () => number;
  /** Writes text as it is. A reader that has gone away is not an error. */
  write(text: string): void;
  /** On a terminal, shows lines below all that is written, in place of those shown before; none takes them away. */
  show(lines: readonly string[]): void;
};

/**
 * How progress is told: `auto` for who reads stderr, quiet with `--quiet`; `json` a line an event, for programs; or not at
 * all.
 */
export type ProgressManner = "auto" | "json" | "none";

/** How much a run says, and how. */
export type Manner = {
  readonly colour: "auto" | "never";
  readonly isQuiet: boolean;
  /** Each request is told. */
  readonly isDebug: boolean;
  readonly progress: ProgressManner;
};

/** Looks at the process once, at the beginning of a run. */
export function openSession(
  process: NodeJS.Process,
  variables: Variables,
  { colour, isQuiet, isDebug, progress }: Manner,
  machine?: Machine,
): Session {
  const stderr = outputOf(process.stderr, variables, colour);
  const stdout = outputOf(process.stdout, variables, colour);
  return {
    cwd: workingDirectory(process),
    variables,
    machine,
    isDebug,
    progress,
    isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    stdout: {
      ...stdout,
      write(text) {
        // Both may be one terminal: live lines stand below the result, or nowhere.
        stderr.show([]);
        stdout.write(text);
      },
    },
    stderr,
    asides: isQuiet
      ? { ...stderr, isTerminal: false, write: () => undefined, show: () => undefined }
      : stderr,
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

function outputOf(stream: NodeJS.WriteStream, variables: Variables, colour: Manner["colour"]): Output {
  const isTerminal = stream.isTTY === true && variables.TERM !== "dumb";
  const { write, show } = isTerminal
    ? openScreen(stream, reflows(variables))
    : { write: (text: string) => void stream.write(text), show: () => undefined };
  return {
    style: colour === "auto" && wantsColour(isTerminal, variables) ? colourStyle : plainStyle,
    isTerminal,
    width: () => stream.columns || 80,
    write,
    show,
  };
}

/** Nearly every terminal breaks its lines anew when its width changes; xterm itself, GNU screen and the console do not. */
function reflows({ TERM = "", XTERM_VERSION, STY, TMUX }: Variables): boolean {
  return !XTERM_VERSION && TERM !== "linux" && (!STY || TMUX !== undefined);
}

/** NO_COLOR beats FORCE_COLOR beats the terminal. */
function wantsColour(isTerminal: boolean, variables: Variables): boolean {
  if (variables.NO_COLOR) return false;
  const forced = variables.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTerminal;
}
