import { buildConnector } from "undici";
import type { Variables } from "../domain/ports.ts";
import { type HttpProxy, proxyFor } from "./proxy.ts";
import { ProxyError } from "./proxy-error.ts";
import { openTunnel } from "./tunnel.ts";

/** How connections are made. */
export type ConnectorSettings = {
  /** For HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in upper or lower case. */
  readonly variables: Variables;
  /** Longest time for one connection, TLS included. */
  readonly connectMs: number;
  /** Longest time until a proxy answers. */
  readonly proxyMs: number;
  /** Ends the wait for a proxy. */
  readonly signal?: AbortSignal;
};

/**
 * Makes the function that opens connections for the HTTP library, through the proxy that the variables name for the
 * server. The library's own proxy agent opens one connection after another where a proxy hangs up, and tells neither
 * that nor a refusal in a form that can be put into words.
 */
export function createConnector({
  variables,
  connectMs,
  proxyMs,
  signal,
}: ConnectorSettings): buildConnector.connector {
  const connect = buildConnector({ timeout: connectMs });
  return (options, callback) => {
    const url = new URL(`${options.protocol}//${options.host ?? options.hostname}`);
    const proxy = proxyFor(url, variables);
    if (proxy === null) {
      connect(options, callback);
      return;
    }
    const authority = `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
    openTunnel(proxy, authority, { connect, answerMs: proxyMs, signal }).then(
      (httpSocket) => {
        if (url.protocol === "https:") connect({ ...options, httpSocket }, throughProxy(proxy, callback));
        else callback(null, httpSocket);
      },
      (error) => callback(error, null),
    );
  };
}

/** Lets an error in the tunnel say whose tunnel it was. */
function throughProxy(proxy: HttpProxy, callback: buildConnector.Callback): buildConnector.Callback {
  return (...[error, socket]) => {
    if (error === null) callback(null, socket);
    else callback(new ProxyError(proxy, { cause: error, where: "through" }), null);
  };
}
