import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const PROGRAM = join(ROOT, "dist/cli.js");

/** What a run of the built program came to. */
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
function environment(extra: Readonly<Record<string, string>>): Record<string, string> {
  return { PATH: process.env.PATH ?? "", HOME: tmpdir(), EXPERITURE_TOKEN: "test-token", ...extra };
}

/** For the environment of a run: Node runs a line of code in the program's own process before anything else. */
export const injected = (code: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
});

/** Runs `node dist/cli.js` to its end. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const command = [process.execPath, PROGRAM, ...args];
  const { before = ":", after = "" } = options.shell ?? {};
  const [program = "", ...rest] =
    options.shell === undefined ? command : ["sh", "-c", `${before}; exec "$@" ${after}`, "sh", ...command];
  const child = spawn(program, rest, {
    cwd: options.cwd ?? ROOT,
    env: environment(options.env ?? {}),
    stdio: ["ignore", "pipe", "pipe"],
  });
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

/** One request that the sandbox received. */
type Received = {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly body: unknown;
};

/** A sandbox of the built program, in a process of its own. */
export type RunningSandbox = {
  readonly url: string;
  requests(): Promise<readonly Received[]>;
  forget(): Promise<void>;
  /** Changes a campaign as a person in the console would. */
  edit(campaignId: string, change: unknown): Promise<void>;
  stop(): Promise<void>;
};

export async function runSandbox(args: readonly string[]): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [PROGRAM, "sandbox", "--port", "0", ...args], {
    cwd: ROOT,
    env: environment({}),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await listeningUrl(child);
  const control = `${new URL(url).origin}/__sandbox`;
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${control}${path}`, init);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  return {
    url,
    requests: async () => (await (await ask("/requests")).json()) as readonly Received[],
    forget: async () => void (await ask("/requests", { method: "DELETE" })),
    edit: async (campaignId, change) =>
      void (await ask(`/campaigns/${campaignId}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(change),
      })),
    stop: async () => {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = "";
    const take = (text: Buffer) => {
      seen += text.toString("utf8");
      const url = /^listening on (\S+)\n/.exec(seen)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("close", () => reject(new Error(`The sandbox ended: ${seen}`)));
  });
}

/** A folder with files in it, for one test. Missing folders on the way are made. */
export type Workspace = { readonly path: string; write(file: string, text: string): string; remove(): void };

export function makeWorkspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const path = mkdtempSync(join(tmpdir(), "campaignctl-test-"));
  const write = (file: string, text: string) => {
    const target = join(path, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    return target;
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}
