import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { linkOf } from "../fake-github/links.ts";

export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const PROGRAM = join(ROOT, "dist/cli.js");

/** Whether tests that could run in their own process are to run what is built. */
export const IS_BUILT = process.env.BUILT === "1";

/** What a run of a program came to. */
export type Ran = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON; throws when it is none. */
  json(): Record<string, unknown>;
};

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Shell commands that come before, such as `ulimit -f 0`, or redirections after: `>&-`. */
  readonly shell?: { readonly before?: string; readonly after?: string };
  /** Called with the process when it has started. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Called with each piece of stderr, and the process, while it runs. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
};

/** The environment of a run: nothing of the tester's own but what Node needs. */
export function environment(extra: Readonly<Record<string, string>>): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: tmpdir(),
    EXPERITURE_TOKEN: "test-token",
    ...extra,
  };
}

/** For the environment of a run: Node runs a line of code in the program's own process before anything else. */
export const injected = (code: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
});

/** Runs `node dist/cli.js` to its end. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const command = [process.execPath, PROGRAM, ...args];
  const { before = ":", after = "" } = options.shell ?? {};
  const { cwd = ROOT, env = {}, ...more } = options;
  return runProgram(
    options.shell === undefined ? command : ["sh", "-c", `${before}; exec "$@" ${after}`, "sh", ...command],
    { cwd, env: environment(env), ...more },
  );
}

/** Runs any program to its end. @param options `env` is all of its environment. */
export function runProgram(
  [program = "", ...args]: readonly string[],
  options: Omit<RunOptions, "shell">,
): Promise<Ran> {
  const { cwd, env } = options;
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  options.onStart?.(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    options.onStderr?.(text, child);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) }));
  });
}

/** A folder with files in it, for one test. Missing folders on the way are made. */
export type Workspace = { readonly path: string; write(file: string, text: string): string; remove(): void };

export function makeWorkspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const path = mkdtempSync(join(tmpdir(), "campaignctl-test-"));
  const write = (file: string, text: string) => {
    const target = join(path, file);
    mkdirSync(dirname(target), { recursive: true });
    const link = linkOf(text);
    if (link === null) writeFileSync(target, text);
    else symlinkSync(relative(dirname(target), join(path, link)), target);
    return target;
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}
