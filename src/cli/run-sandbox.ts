import { once } from "node:events";
import { readFileSync } from "node:fs";
import { MACHINE } from "../commands/open.ts";
import { UsageError } from "../domain/errors.ts";
import { exitCodeOf } from "../domain/exit-codes.ts";
import { exitCodeAfter, listenForSignals } from "../host/signals.ts";
import type { InjectedFault } from "../sandbox/fault.ts";
import { startSandbox } from "../sandbox/server.ts";
import { parseSeed, readDefaultSeed } from "../sandbox/world/seed.ts";
import { messageOf } from "../text/error-text.ts";
import { explainErrors } from "./explain.ts";
import type { Session } from "./terminal/session.ts";

/** The flags of `sandbox`. Durations are milliseconds. */
export type SandboxFlags = {
  readonly port: number;
  readonly seed: string | null;
  readonly reachDelay: number;
  readonly latency: number;
  readonly faults: readonly InjectedFault[];
  readonly faultSeed: number;
  readonly rate: number | null;
  readonly burst: number | null;
};

/** `campaignctl sandbox`: serves a local stand-in for the API until it is interrupted. */
export async function runSandbox(flags: SandboxFlags, session: Session): Promise<number> {
  const { text, file } = readSeed(flags.seed);
  const { seed, diagnostics } = parseSeed(text, file);
  if (explainErrors(diagnostics, session) || seed === null) return exitCodeOf(["invalid"]);
  const { port, reachDelay, latency, faults, faultSeed, rate, burst } = flags;
  const sandbox = await startSandbox({
    seed,
    port,
    reachDelayMs: reachDelay,
    latencyMs: latency,
    faults,
    faultSeed,
    now: MACHINE.clock.now,
    ...(rate === null ? {} : { rate }),
    ...(burst === null ? {} : { burst }),
  });
  const interruption = listenForSignals({ interrupted: "", say: () => undefined, stream: "stderr" });
  session.stdout.write(`listening on ${sandbox.url}\n`);
  if (!interruption.signal.aborted) await once(interruption.signal, "abort");
  await sandbox.close();
  return exitCodeAfter([], interruption.signal);
}

function readSeed(path: string | null): { text: string; file: string } {
  if (path === null) return readDefaultSeed();
  try {
    return { text: readFileSync(path, "utf8"), file: path };
  } catch (error) {
    throw new UsageError(`The seed cannot be read: ${messageOf(error)}`, "Give a file with --seed FILE.");
  }
}
