import { connect, type Socket } from "node:net";
import { createServer } from "node:tls";
import {
  answerText,
  type Behaviour,
  type Certificate,
  type RawRequest,
  type RawServer,
  startRawServer,
} from "./raw-server.ts";

/** Where a proxy leads: the port of this machine for a CONNECT's `host:port`; null for a host that it does not know. */
type Route = (target: string) => number | null;

/**
 * Joins a socket that has asked for it with a port of this machine.
 *
 * @param most after so many bytes of what comes back it hangs up.
 */
export function joinTo(port: number, socket: Socket, most = Number.POSITIVE_INFINITY): void {
  socket.removeAllListeners("data");
  const onward = connect(port, "127.0.0.1");
  onward.on("error", () => socket.destroy());
  socket.on("close", () => onward.destroy());
  socket.pipe(onward);
  onward.on("data", (chunk: Buffer) => {
    const left = most - (onward.bytesRead - chunk.length);
    if (left > 0) socket.write(chunk.subarray(0, left));
    if (onward.bytesRead >= most) socket.end();
  });
  onward.on("end", () => socket.end());
}

/** A proxy that does what it is asked. With `authorization` it answers 407 to everybody who does not say that. */
export function startForwardProxy(
  route: Route,
  options: { readonly authorization?: string; readonly certificate?: Certificate } = {},
): Promise<RawServer> {
  return startRawServer(forward(route, options.authorization), options.certificate);
}

function forward(route: Route, authorization: string | undefined): Behaviour {
  return ({ method, path, headers }, socket) => {
    if (authorization !== undefined && headers["proxy-authorization"] !== authorization) {
      const wanted = { "proxy-authenticate": 'Basic realm="proxy"' };
      socket.end(answerText({ status: 407, headers: wanted, body: "Who are you?" }));
      return;
    }
    const port = method === "CONNECT" ? route(path) : null;
    if (port === null) {
      socket.end(answerText({ status: 502, body: "No such host." }));
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    joinTo(port, socket);
  };
}

/** What a proxy was asked for, in order. */
export function targetsOf(proxy: RawServer): readonly string[] {
  return proxy.requests.map(({ method, path }: RawRequest) => `${method} ${path}`);
}

/** A port that speaks TLS and hands everything on to another port of this machine. */
export type Front = { readonly port: number; connections(): number; close(): Promise<void> };

/** Puts TLS before a server of this machine. */
export async function startFront(behind: number, certificate: Certificate): Promise<Front> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const join = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    joinTo(behind, socket);
  };
  const server = createServer(certificate, join);
  server.on("connection", () => {
    accepted += 1;
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The front has no port.");
  return {
    port: address.port,
    connections: () => accepted,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
