import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** One request as it came in. `connection` counts from 1, so that a reused connection can be told. */
export type RawRequest = {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connection: number;
};

/** Does to the socket whatever the test wants. `index` counts the server's requests from 0. */
export type Behaviour = (request: RawRequest, socket: Socket, index: number) => void | Promise<void>;

/** A server that may misbehave on the wire. */
export type RawServer = {
  readonly url: string;
  readonly port: number;
  /** Everything received so far, in order. */
  readonly requests: readonly RawRequest[];
  /** Connections accepted so far. */
  connections(): number;
  /** The most requests that were without an answer at one time. */
  mostInFlight(): number;
  close(): Promise<void>;
};

/** Certificate and key of a server that speaks TLS. */
export type Certificate = { readonly cert: string; readonly key: string };

/** Listens on 127.0.0.1 at a free port and hands every complete request to `behave`. */
export async function startRawServer(behave: Behaviour, certificate?: Certificate): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const failures: unknown[] = [];
  let accepted = 0;
  let inFlight = 0;
  let most = 0;

  const onSocket = (socket: Socket): void => {
    const connection = accepted;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Resets are what these tests are about.
    socket.on("error", () => {});
    readRequests(socket, (parts) => {
      const request = { ...parts, connection };
      requests.push(request);
      inFlight += 1;
      most = Math.max(most, inFlight);
      Promise.resolve(behave(request, socket, requests.length - 1))
        .catch((error: unknown) => failures.push(error))
        .finally(() => {
          inFlight -= 1;
        });
    });
  };
  const server: Server = certificate === undefined ? createServer() : createTlsServer(certificate);
  // Also those that never get as far as a secure connection.
  server.on("connection", () => {
    accepted += 1;
  });
  server.on(certificate === undefined ? "connection" : "secureConnection", onSocket);
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The raw server has no port.");
  return {
    url: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
    port: address.port,
    requests,
    connections: () => accepted,
    mostInFlight: () => most,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** A whole answer as bytes on the wire. A header given as null is left out. */
export function answerText(options: {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
}): string {
  const { status = 200, body = "" } = options;
  const headers: Record<string, string | null> = {
    date: new Date().toUTCString(),
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    ...options.headers,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : `${name}: ${value}`,
  );
  return `HTTP/1.1 ${status} Whatever\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}

/** The same with a JSON body. */
export function answerJson(
  value: unknown,
  options: { readonly status?: number; readonly headers?: Readonly<Record<string, string | null>> } = {},
): string {
  return answerText({ ...options, body: JSON.stringify(value) });
}

/** A port of this machine on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = await startRawServer(() => {});
  await server.close();
  return server.port;
}

/** Cuts complete requests out of the byte stream; a body is as long as its content-length. */
function readRequests(socket: Socket, onRequest: (request: Omit<RawRequest, "connection">) => void): void {
  let pending = "";
  socket.on("data", (chunk: Buffer) => {
    pending += chunk.toString("latin1");
    for (;;) {
      const end = pending.indexOf("\r\n\r\n");
      if (end < 0) return;
      const [first = "", ...lines] = pending.slice(0, end).split("\r\n");
      const headers = Object.fromEntries(lines.map(splitHeader));
      const length = Number(headers["content-length"] ?? 0);
      if (pending.length < end + 4 + length) return;
      const body = Buffer.from(pending.slice(end + 4, end + 4 + length), "latin1").toString("utf8");
      pending = pending.slice(end + 4 + length);
      const [method = "", path = ""] = first.split(" ");
      onRequest({ method, path, headers, body });
    }
  });
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
