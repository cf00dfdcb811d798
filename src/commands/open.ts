import { USER_AGENT } from "../domain/tool.ts";
import type { Variables } from "../domain/variables.ts";
import { type Connection, type ConnectionSettings, connect } from "../experiture/connection.ts";
import { systemClock } from "../host/clock.ts";
import type { Settings } from "./settings.ts";

/**
 * Builds the real client of the API: the one place where the core meets the network, the clock and chance.
 *
 * @param listeners are told each token that is fetched, before it is used, the first refusal for rate, and each request.
 */
export function compose(
  settings: Settings,
  variables: Variables,
  parallelism: number,
  listeners: Pick<ConnectionSettings, "onExchange" | "onSecret" | "onThrottled"> = {},
): Connection {
  return connect({
    apiUrl: settings.apiUrl,
    credentials: settings.credentials,
    parallelism,
    userAgent: USER_AGENT,
    environment: variables,
    clock: systemClock,
    random: Math.random,
    ...listeners,
  });
}
