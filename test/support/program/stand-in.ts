import { chmodSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { Ran, Workspace } from "./cli.ts";

type Answer = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) => Promise<Pick<Ran, "code" | "stdout">>;

/** Parts words and variables, and ends both. */
const END = "\x01\0";

/**
 * Puts a program into a workspace that other programs can start, and that this process answers for: what it prints and how
 * it ends. A small shell is started each time, not Node.
 */
export async function putStandIn(workspace: Workspace, file: string, answer: Answer): Promise<() => void> {
  const server = createServer((socket) => {
    let told = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      const [args = "", env = "", rest] = told.split(END);
      if (rest === undefined) return;
      void answer(listOf(args), Object.fromEntries(listOf(env).map(variableOf)))
        .then(({ code, stdout }) => socket.write(`${code}\n${stdout}`))
        .finally(() => socket.end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const lines = [
    "#!/bin/bash",
    `exec 3<>/dev/tcp/127.0.0.1/${(server.address() as AddressInfo).port}`,
    `{ printf '%s\\0' "$@" $'\\1'; env -0; printf '\\1\\0'; } >&3`,
    "read -r code <&3",
    "cat <&3",
    'exit "$code"',
  ];
  chmodSync(workspace.write(file, `${lines.join("\n")}\n`), 0o755);
  return () => void server.close();
}

function listOf(text: string): readonly string[] {
  return text.split("\0").slice(0, -1);
}

function variableOf(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}
