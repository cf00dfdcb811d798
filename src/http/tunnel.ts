import { type RequestOptions, request } from "node:http";
import type { Socket } from "node:net";
import type { buildConnector } from "undici";
import type { HttpProxy } from "./proxy.ts";
import { ProxyError } from "./proxy-error.ts";

/** What opening a tunnel needs. */
type TunnelSettings = {
  /** Opens the connection to the proxy. */
  readonly connect: buildConnector.connector;
  /** How long the proxy may take to answer. */
  readonly answerMs: number;
  /** Ends the wait for the proxy. */
  readonly signal: AbortSignal | undefined;
};

/**
 * Asks a proxy for a connection to `authority`, as `host:port` (CONNECT: RFC 9110, 9.3.6). Never repeats anything.
 *
 * @throws ProxyError whatever the proxy does instead.
 */
export async function openTunnel(
  proxy: HttpProxy,
  authority: string,
  settings: TunnelSettings,
): Promise<Socket> {
  try {
    return await askFor(authority, proxy, await reach(proxy, settings.connect), settings);
  } catch (error) {
    throw error instanceof ProxyError || !(error instanceof Error)
      ? error
      : new ProxyError(proxy, { cause: error, where: "at" });
  }
}

function reach({ url }: HttpProxy, connect: buildConnector.connector): Promise<Socket> {
  const { protocol, host, port } = url;
  // An IPv6 address has brackets in a URL and nowhere else.
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    connect({ protocol, host, hostname, port }, (error, socket) =>
      error === null ? resolve(socket) : reject(error),
    );
  });
}

function askFor(
  authority: string,
  proxy: HttpProxy,
  toProxy: Socket,
  { answerMs, signal }: TunnelSettings,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const asked = request(connectRequest(authority, proxy, toProxy, signal));
    const timer = setTimeout(() => asked.destroy(tooLate()), answerMs);
    asked.once("close", () => clearTimeout(timer));
    asked.once("error", reject);
    asked.once("connect", ({ statusCode: status = 0, headers }, socket: Socket, early: Buffer) => {
      clearTimeout(timer);
      if (status >= 200 && status < 300) {
        if (early.length > 0) socket.unshift(early);
        resolve(socket);
      } else {
        socket.destroy();
        reject(new ProxyError(proxy, { status, challenge: headers["proxy-authenticate"] ?? null }));
      }
    });
    asked.end();
  });
}

function connectRequest(
  authority: string,
  { authorization }: HttpProxy,
  socket: Socket,
  signal: AbortSignal | undefined,
): RequestOptions {
  return {
    method: "CONNECT",
    path: authority,
    headers: {
      host: authority,
      connection: "keep-alive",
      "proxy-connection": "keep-alive",
      ...(authorization === null ? {} : { "proxy-authorization": authorization }),
    },
    createConnection: () => socket,
    signal,
  };
}

/** Named as the HTTP library names the same of any other server. */
function tooLate(): Error {
  return Object.assign(new Error("The proxy did not answer CONNECT in time."), {
    code: "UND_ERR_HEADERS_TIMEOUT",
  });
}
