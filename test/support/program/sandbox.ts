import { type ChildProcess, spawn } from "node:child_process";
import { parse } from "yaml";
import { parseFault } from "../../../src/sandbox/fault.ts";
import { type SandboxOptions, startSandbox } from "../../../src/sandbox/server.ts";
import { parseSeed, readDefaultSeed } from "../../../src/sandbox/world/seed.ts";
import { environment, PROGRAM, ROOT } from "./cli.ts";

/** One request that the sandbox received. */
type Received = {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly body: unknown;
};

/** A sandbox that programs may ask, in this process or in one of its own. */
export type RunningSandbox = {
  readonly url: string;
  requests(): Promise<readonly Received[]>;
  forget(): Promise<void>;
  /** Changes a campaign as a person in the console would. */
  edit(campaignId: string, change: unknown): Promise<void>;
  stop(): Promise<void>;
};

/** How a sandbox behaves; a fault is written as for its flag. */
export type Behaviour = Partial<
  Pick<SandboxOptions, "reachDelayMs" | "latencyMs" | "rate" | "burst" | "faultSeed" | "now">
> & { readonly fault?: string };

/** A sandbox in this process, with a seed as it may stand in a file: most tests need only its answers. */
export async function openSandbox(
  seed: unknown,
  { fault, reachDelayMs = 200, ...behaviour }: Behaviour,
): Promise<RunningSandbox> {
  const parsed = parseSeed(JSON.stringify(seed), "seed");
  if (parsed.seed === null) throw new Error(JSON.stringify(parsed.diagnostics));
  const faults = fault === undefined ? [] : [parseFault(fault)].map(sure);
  const { url, close } = await startSandbox({
    now: Date.now,
    ...behaviour,
    seed: parsed.seed,
    port: 0,
    reachDelayMs,
    faults,
  });
  return controlled(url, close);
}

/** As the program's own, started without a seed. */
export function openExample(behaviour: Behaviour = {}): Promise<RunningSandbox> {
  return openSandbox(parse(readDefaultSeed().text), behaviour);
}

function sure<T>(found: T | string): T {
  if (typeof found === "string") throw new Error(found);
  return found;
}

/** The sandbox of the built program, in a process of its own. */
export async function runSandbox(args: readonly string[], program = PROGRAM): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [program, "sandbox", "--port", "0", ...args], {
    cwd: ROOT,
    env: environment({}),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return controlled(await listeningUrl(child), async () => {
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    await ended;
  });
}

function controlled(url: string, stop: () => Promise<void>): RunningSandbox {
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
    stop,
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
