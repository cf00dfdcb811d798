import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./cli.ts";
import { type ScreenModel, screenModel } from "./screen-model.ts";

/** The built program on a terminal of its own. */
export type TerminalRun = {
  /** What a person sees of it. */
  readonly screen: ScreenModel;
  /** Resolves when this can be read on the screen; rejects when the program has ended without it. */
  seen(text: string | RegExp): Promise<void>;
  /** Presses keys. */
  type(keys: string): void;
  /** Closes the window. */
  close(): void;
  /** The exit code; null when the window was closed. */
  readonly ended: Promise<number | null>;
};

/** Runs `node dist/cli.js` as a person would who sits in front of a terminal of this size. */
export function runInTerminal(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly columns: number;
    readonly rows: number;
    /** As a program of its own session, which is not told when the terminal closes. */
    readonly detached?: boolean;
    /** Where its shell, which outlives the window, leaves the exit code. */
    readonly codeFile?: string;
  },
): TerminalRun {
  const { cwd, env, columns, rows, detached = false, codeFile } = options;
  const screen = screenModel(columns, rows);
  const command = [process.execPath, join(ROOT, "dist/cli.js"), ...args].map((word) => `'${word}'`).join(" ");
  const started = `${detached ? "setsid -w " : ""}${command}`;
  const shell = codeFile === undefined ? `exec ${started}` : `trap : HUP; ${started}; echo $? >'${codeFile}'`;
  const child = spawn("script", ["-qec", `stty cols ${columns} rows ${rows}; ${shell}`, "/dev/null"], {
    cwd,
    env: {
      PATH: process.env.PATH ?? "",
      TERM: "xterm-256color",
      SHELL: "/bin/sh",
      EXPERITURE_TOKEN: "x",
      ...env,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const watchers = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen.write(text.replaceAll("\r\n", "\n"));
    for (const watch of watchers) watch();
  });
  const ended = endOf(child);
  return {
    screen,
    seen: (text) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          if (screen.lines().join("\n").search(text) < 0) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
        void ended.then(() => reject(new Error(`Never seen: ${text}\n${screen.lines().join("\n")}`)));
      }),
    type: (keys) => void child.stdin.write(keys),
    close: () => void child.kill("SIGKILL"),
    ended,
  };
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}
