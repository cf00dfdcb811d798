import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Types lines into a shell on a terminal of its own, and waits until it has ended.
 *
 * @param command what starts the shell.
 * @param setUp a first line: the others are typed when that is done.
 */
export async function typeIntoShell(
  command: string,
  setUp: string,
  lines: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<void> {
  const child = spawn("script", ["-qec", `stty cols 200 rows 50; exec ${command}`, "/dev/null"], {
    cwd,
    env: { TERM: "xterm-256color", SHELL: "/bin/sh", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  let shown = "";
  const isSetUp = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      if (shown.includes("set-up")) resolve();
    });
    void ended.then(() => reject(new Error(`The shell ended before it was set up:\n${shown}`)));
  });
  child.stdin.write(`${setUp}; echo set''-up\n`);
  await isSetUp;
  child.stdin.write(`${lines.join("\n")}\nexit\n`);
  await ended;
}
