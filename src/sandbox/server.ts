import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { UsageError } from "../domain/errors.ts";
import { stackOf } from "../text/error-text.ts";
import { createAccess } from "./access.ts";
import { answerApiRequest, type Parts } from "./api.ts";
import { answerControlRequest } from "./endpoints/control.ts";
import { createFaultPicker, type InjectedFault } from "./fault.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";
import { answerOf } from "./reply.ts";
import { createRequestLog } from "./request-log.ts";
import { sendAnswer } from "./send.ts";
import type { SandboxSeed } from "./world/model.ts";
import { createWorld } from "./world/world.ts";

const API = "/public/v1";
const CONTROL = "/__sandbox";
const HOST = "127.0.0.1";

/** How to run a sandbox. Durations are in milliseconds. */
export type SandboxOptions = {
  readonly seed: SandboxSeed;
  /** 0: any free port. */
  readonly port: number;
  /** From a change of the audiences to the end of its evaluation. */
  readonly reachDelayMs: number;
  /** Before each answer of the API; default 0. */
  readonly latencyMs?: number;
  /** Requests a second for each token; without it there is no limit. */
  readonly rate?: number;
  /** Requests at once; default `rate`, at least 1. */
  readonly burst?: number;
  /** What every Retry-After says, literally. */
  readonly retryAfter?: string;
  readonly faults?: readonly InjectedFault[];
  /** Which requests the faults strike; default 1. */
  readonly faultSeed?: number;
  /** Milliseconds since the epoch. Reach, tokens, rates and `Date` follow it. */
  readonly now: () => number;
};

/** A sandbox that listens. `url` is the base URL of its API; `close` cuts off whatever is still open. */
export type Sandbox = { readonly url: string; readonly port: number; close(): Promise<void> };

/**
 * Starts a strict local stand-in for the API on 127.0.0.1.
 *
 * @throws UsageError when the port cannot be had, or the rate lets nothing through.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const closing = new AbortController();
  // Every request that waits listens: their number is no leak.
  setMaxListeners(0, closing.signal);
  const parts = createParts(options, closing.signal);
  const server = createServer((request, response) => {
    answer(request, response, parts).catch((error) => fail(response, error, parts));
  });
  const port = await listen(server, options.port);
  return {
    url: `http://${HOST}:${port}${API}`,
    port,
    close: () => {
      closing.abort();
      return stop(server);
    },
  };
}

function createParts(options: SandboxOptions, closing: AbortSignal): Parts {
  const { seed, reachDelayMs, latencyMs = 0, faults = [], faultSeed = 1, now } = options;
  const world = createWorld(seed, { reachDelayMs, now });
  return {
    seed,
    world,
    access: createAccess(seed, world.switches, now),
    log: createRequestLog(now),
    pickFault: createFaultPicker(faults, faultSeed),
    rateLimit: rateLimitOf(options, now),
    retryAfter: options.retryAfter,
    latencyMs,
    nextCorrelationId: createCounter(),
    closing,
  };
}

function rateLimitOf({ rate, burst }: SandboxOptions, now: () => number): RateLimit | null {
  if (rate === undefined) return null;
  const atOnce = burst ?? Math.max(1, rate);
  if (rate > 0 && atOnce >= 1) return createRateLimit({ rate, burst: atOnce }, now);
  throw new UsageError(
    `A rate of ${rate} requests a second with a burst of ${atOnce} lets nothing through.`,
    "Give a rate above 0 and a burst of at least 1.",
  );
}

/** UUIDs that count, so that two equal runs print the same. */
function createCounter(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${count.toString(16).padStart(12, "0")}`;
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const path = request.url?.split("?")[0] ?? "";
  if (path.startsWith(`${CONTROL}/`)) {
    return answerControlRequest(request, response, path.slice(CONTROL.length), parts);
  }
  // A path outside of both finds no endpoint, and is refused and logged like every other request.
  const below = path.startsWith(`${API}/`) ? path.slice(API.length) : `outside:${path}`;
  return answerApiRequest(request, response, below, parts);
}

/** A client that went away and a sandbox that closes need no answer; anything else is a bug, and is told as one. */
function fail(response: ServerResponse, error: unknown, parts: Parts): void {
  if (response.destroyed || parts.closing.aborted || response.headersSent) {
    response.destroy();
    return;
  }
  const message = `Bug in the sandbox: ${stackOf(error)}`;
  const reply = {
    kind: "refusal",
    status: 500,
    code: "CDP_ETL.INTERNAL.UNHANDLED_EXCEPTION",
    message,
  } as const;
  sendAnswer(response, answerOf(reply, parts.nextCorrelationId(), parts.world.switches));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const hint = "Choose another port, or --port 0 for any free one.";
      reject(
        new UsageError(
          `The sandbox cannot listen on ${HOST}:${port} (${error.code ?? error.message}).`,
          hint,
        ),
      );
    });
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
