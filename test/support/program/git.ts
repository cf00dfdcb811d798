import { execFileSync } from "node:child_process";

/** The words of one git. */
export type Command = readonly string[];

const IDENTITY = [
  "user.name=Test",
  "user.email=test@example.com",
  "commit.gpgsign=false",
  "gc.auto=0",
  "core.fsync=none",
];

const OPTIONS = IDENTITY.flatMap((setting) => ["-c", setting]);

/** Runs git in a folder, with an identity of its own; what it printed. */
export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", [...OPTIONS, ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

/**
 * Runs git several times, until it fails; what it printed. A process as large as that of the tests takes longer to start
 * another than git takes, so one small shell is started, which starts the others.
 */
export function gitInTurn(cwd: string, ...commands: readonly Command[]): string {
  return gitFed("", cwd, ...commands).trim();
}

/** As {@link gitInTurn}. @param input what the first of them that reads is to read. */
export function gitFed(input: string, cwd: string, ...commands: readonly Command[]): string {
  const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
  const lines = commands.map((args) => ["git", ...OPTIONS, ...args].map(quoted).join(" "));
  const stdio = "pipe";
  return execFileSync("sh", ["-ec", lines.join("\n")], { cwd, input, encoding: "utf8", stdio });
}

/** The gits that commit all that is in a folder. */
export function committing(message: string): readonly Command[] {
  return [
    ["add", "-A"],
    ["commit", "-q", "--allow-empty", "-m", message],
  ];
}

/** Makes a folder a repository, with all that is in it committed on `main`; the commit. */
export function commitAll(cwd: string): string {
  return gitInTurn(cwd, ["init", "-q", "-b", "main"], ...committing("all"), ["rev-parse", "HEAD"]);
}
