import { Agent, setGlobalDispatcher } from "undici";
import { createConnector } from "../experiture/connector.ts";
import { DEFAULT_LIMITS } from "../experiture/limits.ts";
import { proxyFor } from "../experiture/proxy.ts";
import type { Variables } from "../settings.ts";

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
