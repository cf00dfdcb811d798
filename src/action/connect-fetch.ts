import { Agent, setGlobalDispatcher } from "undici";
import type { Variables } from "../domain/variables.ts";
import { createConnector } from "../http/connector.ts";
import { proxyFor } from "../http/proxy.ts";
import { DEFAULT_LIMITS } from "../patience/limits.ts";

/**
 * Lets the global fetch, which asks GitHub, make its connections as the client of Experiture's API does: through the
 * proxy that the variables name, and with a limit to every step.
 *
 * @throws UsageError for a bad proxy URL.
 */
export function connectFetch(url: string, variables: Variables): void {
  proxyFor(new URL(url), variables);
  const { connectMs, headersMs, bodyMs } = DEFAULT_LIMITS;
  const connect = createConnector({ variables, connectMs, proxyMs: headersMs });
  setGlobalDispatcher(new Agent({ connect, headersTimeout: headersMs, bodyTimeout: bodyMs }));
}
