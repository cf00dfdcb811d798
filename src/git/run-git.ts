import { spawn } from "node:child_process";
import { UsageError } from "../domain/errors.ts";
import type { Variables } from "../domain/ports.ts";
import { quoteReason } from "../text/quote.ts";
import { systemCode } from "../text/system-code.ts";

/** Runs git in one folder. */
export type Git = {
  /** What a command prints; null where it failed. */
  ask(...args: readonly string[]): Promise<Buffer | null>;
  /** As {@link Git.ask}. @throws UsageError with git's own reason where it failed. */
  require(...args: readonly string[]): Promise<Buffer>;
  /** What a command prints while it reads these lines; the end where it fails on the way. */
  pipe(lines: readonly string[], ...args: readonly string[]): AsyncIterable<Buffer>;
};

/** What decides in which repository git works, as its hooks have it set: here the folder alone decides. */
const OF_A_REPOSITORY =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|LITERAL_PATHSPECS|GLOB_PATHSPECS|ICASE_PATHSPECS)$/;

/** @param variables say where git is. None of ours, which hold secrets, is handed on. */
export function gitIn(cwd: string, variables: Variables): Git {
  const kept = Object.entries(variables).filter(
    ([name, value]) => value !== undefined && !name.startsWith("EXPERITURE_") && !OF_A_REPOSITORY.test(name),
  );
  const env = {
    ...Object.fromEntries(kept),
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
  const start = (args: readonly string[]) => spawn("git", [...args], { cwd, env, windowsHide: true });
  const run = async (args: readonly string[]): Promise<Ran> => ended(start(args));
  return {
    ask: async (...args) => {
      const { code, output } = await run(args);
      return code === 0 ? output : null;
    },
    require: async (...args) => {
      const { code, output, complaint } = await run(args);
      if (code === 0) return output;
      throw new UsageError(
        `git says ${quoteReason(complaint) ?? `nothing, and ended with ${code}`}.`,
        NEEDS_GIT,
      );
    },
    async *pipe(lines, ...args) {
      const child = start(args);
      const end = ended(child, { keepsOutput: false });
      // Git may end before it has read everything; what is missing then shows in what it printed.
      child.stdin.on("error", () => {});
      child.stdin.end(`${lines.join("\n")}\n`);
      for await (const piece of child.stdout) yield piece as Buffer;
      await end;
    },
  };
}

type Ran = { readonly code: number | null; readonly output: Buffer; readonly complaint: string };

const NEEDS_GIT = "--changed-since compares with a commit of the git repository that you are in.";

function ended(child: ReturnType<typeof spawn>, { keepsOutput = true } = {}): Promise<Ran> {
  const pieces: Buffer[] = [];
  let complaint = "";
  if (keepsOutput) child.stdout?.on("data", (piece: Buffer) => pieces.push(piece));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(notStarted(error)));
    child.on("close", (code) => resolve({ code, output: Buffer.concat(pieces), complaint }));
  });
}

function notStarted(error: Error): Error {
  if (systemCode(error) !== "ENOENT") return error;
  return new UsageError(
    "git was not found, and --changed-since needs it.",
    "Install git, or plan without --changed-since.",
  );
}
