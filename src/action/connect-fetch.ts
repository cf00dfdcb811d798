import { Agent, setGlobalDispatcher } from "undici";
import type { Variables } from "../domain/variables.ts";
import { createConnector } from "../http/connector.ts";
import { proxyFor } from "../http/proxy.ts";
import { DEFAULT_LIMITS } from "../patience/limits.ts";

/**
 * Lets the global fetch, which asks GitHub, make its connections as the client of Experiture's API does: through the
 * proxy of the environment, and with a limit to every step.
 *
 * @throws UsageError for a bad proxy URL.
 */
export function connectFetch(url: string, environment: Variables): void {
  proxyFor(new URL(url), environment);
  const { connectMs, headersMs, bodyMs } = DEFAULT_LIMITS;
  const connect = createConnector({ environment, connectMs, proxyMs: headersMs });
  setGlobalDispatcher(new Agent({ connect, headersTimeout: headersMs, bodyTimeout: bodyMs }));
}
