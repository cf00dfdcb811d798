import { execFileSync } from "node:child_process";

const IDENTITY = [
  "user.name=Test",
  "user.email=test@example.com",
  "commit.gpgsign=false",
  "gc.auto=0",
  "core.fsync=none",
];

/** Runs git in a folder, with an identity of its own; what it printed. */
export function git(cwd: string, ...args: readonly string[]): string {
  const options = IDENTITY.flatMap((setting) => ["-c", setting]);
  return execFileSync("git", [...options, ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

/** Makes a folder a repository, with all that is in it committed on `main`; the commit. */
export function commitAll(cwd: string): string {
  git(cwd, "init", "-q", "-b", "main");
  git(cwd, "add", "-A");
  git(cwd, "commit", "-q", "--allow-empty", "-m", "all");
  return git(cwd, "rev-parse", "HEAD");
}
