import { setMaxListeners } from "node:events";
import { Agent, setGlobalDispatcher } from "undici";
import type { Variables } from "../domain/ports.ts";
import { connectGitHub, type GitHub } from "../github/api/github.ts";
import { createConnector } from "../http/connector.ts";
import { proxyFor } from "../http/proxy.ts";
import { DEFAULT_LIMITS } from "../patience/limits.ts";
import type { ActionRun } from "./run.ts";

/** The way to GitHub of a run; null when there is no token for it. */
export function openGitHub({
  inputs: { githubToken },
  context,
  runner,
  env,
  checkout,
  signal,
  machine,
}: Pick<
  ActionRun,
  "inputs" | "context" | "runner" | "env" | "checkout" | "signal" | "machine"
>): GitHub | null {
  if (githubToken === null) return null;
  const { apiUrl, serverUrl, repository } = context;
  connectFetch(apiUrl, env);
  return connectGitHub({
    ...machine,
    token: githubToken,
    apiUrl,
    serverUrl,
    repository,
    checkout,
    log: once(runner.notice),
    warn: once(runner.warning),
    signal: graceAfter(signal),
  });
}

/** What stands in the way of one comment may stand in the way of the next as well. */
function once(tell: (text: string) => void): (text: string) => void {
  const told = new Set<string>();
  return (text) => {
    if (!told.has(text)) tell(text);
    told.add(text);
  };
}

/**
 * Lets the global fetch, which asks GitHub, make its connections as the client of Experiture's API does: through the
 * proxy that the variables name, and with a limit to every step.
 *
 * @throws UsageError for a bad proxy URL.
 */
function connectFetch(url: string, variables: Variables): void {
  proxyFor(new URL(url), variables);
  const { connectMs, headersMs, bodyMs } = DEFAULT_LIMITS;
  const connect = createConnector({ variables, connectMs, proxyMs: headersMs });
  setGlobalDispatcher(new Agent({ connect, headersTimeout: headersMs, bodyTimeout: bodyMs }));
}

/** What is told to GitHub after a signal has this long, milliseconds: a runner kills a cancelled job after some 7 s. */
const GRACE_MS = 3_000;

function graceAfter(signal: AbortSignal): AbortSignal {
  const grace = new AbortController();
  // Every request listens: their number is no leak.
  setMaxListeners(0, grace.signal);
  const end = (): void => void setTimeout(() => grace.abort(signal.reason), GRACE_MS).unref();
  signal.addEventListener("abort", end, { once: true });
  return grace.signal;
}
