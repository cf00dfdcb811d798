import { isUtf8 } from "node:buffer";
import { type buildConnector, type Dispatcher, Pool } from "undici";
import type { Variables } from "../domain/ports.ts";
import { whenAborted } from "../patience/aborts.ts";
import type { Limits } from "../patience/limits.ts";
import { withoutByteOrderMark } from "../text/invisible.ts";
import { createConnector } from "./connector.ts";
import { type HttpFailure, heldBack, toFailure, tookTooLong, tooLarge } from "./failure.ts";

/** One request. `label` names it in messages: method and path. */
export type HttpRequest = {
  readonly method: "GET" | "PUT" | "POST";
  readonly url: Pick<URL, "origin" | "pathname" | "search">;
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Cuts the request off, even in the middle. */
  readonly signal: AbortSignal | undefined;
  /** Asked as the request is handed to the socket, after all waiting for a connection. False: it stays unsent. */
  readonly mayGo?: () => boolean;
  /** Takes out of an answer what nobody may see, before anybody does. Without it all of an answer is kept. */
  readonly sift?: Sift | undefined;
};

/** What of an answer is kept. */
export type Sift = (answer: HttpAnswer) => HttpAnswer;

/** A whole answer, whatever its status. Header names are in lower case. */
export type HttpAnswer = {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the bytes are not UTF-8. */
  readonly body: string | null;
};

/** What came of one request. */
export type HttpResult = HttpAnswer | HttpFailure;

/** Sends requests over kept-alive connections, each once: no repeats, no redirects. */
export type Http = {
  /**
   * Resolves with an answer or a failure. Rejects with the signal's reason, or with an error that neither the system nor
   * the HTTP library reports of a connection, which is a mistake of ours.
   */
  send(request: HttpRequest): Promise<HttpResult>;
  /** Waits for what is under way and closes the connections. */
  close(): Promise<void>;
};

/** `connections` is the most at a time for one server. */
export type HttpSettings = {
  readonly limits: Limits;
  readonly connections: number;
  readonly variables: Variables;
};

/** Opens no connection before the first request. */
export function createHttp({ limits, connections, variables }: HttpSettings): Http {
  const dispatchers = new Map<string, Dispatcher>();
  const underWay = new Set<Promise<unknown>>();
  const ends: Ends = new WeakMap();
  const ending = new AbortController();
  const connector = createConnector({
    variables,
    connectMs: limits.connectMs,
    proxyMs: limits.headersMs,
    signal: ending.signal,
  });
  const connect = rememberEnds(connector, ends);

  const dispatcherFor = (origin: string): Dispatcher => {
    const known = dispatchers.get(origin);
    if (known !== undefined) return known;
    const timing = { headersTimeout: limits.headersMs, bodyTimeout: limits.bodyMs };
    const made = new Pool(origin, { ...timing, connections, pipelining: 1, connect });
    dispatchers.set(origin, made);
    return made;
  };
  return {
    async send(request) {
      request.signal?.throwIfAborted();
      const sending = exchange(dispatcherFor(request.url.origin), request, limits, ends);
      underWay.add(sending);
      try {
        return await sending;
      } finally {
        underWay.delete(sending);
      }
    },
    async close() {
      await Promise.allSettled(underWay);
      ending.abort(new Error("The connections were closed."));
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/**
 * Errors of sockets, by what the socket alone shows: `stale` had served before it broke; on a `garbled` one came what is
 * not HTTP, while the library's error is that of an answer cut short, and nobody had cut it.
 */
type Ends = WeakMap<Error, "stale" | "garbled">;

function rememberEnds(connect: buildConnector.connector, ends: Ends): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const socket = result[1];
      socket?.prependListener("error", (error: Error) => {
        if (error.name === "ResponseContentLengthMismatchError" && !socket.readableEnded) {
          ends.set(error, "garbled");
        } else if (socket.bytesRead > 0) ends.set(error, "stale");
      });
      callback(...result);
    });
}

function exchange(dispatcher: Dispatcher, request: HttpRequest, limits: Limits, ends: Ends) {
  return new Promise<HttpResult>((resolve, reject) => {
    const asked = { label: request.label, origin: request.url.origin };
    let stop: (reason: Error) => void = () => {};
    let ended = false;
    let isHandedOn = false;
    const end = (settle: () => void): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      unwatch();
      settle();
    };
    const cutOff = (settle: () => void, why: string): void => {
      end(settle);
      stop(new Error(why));
    };
    const unwatch = whenAborted(request.signal, () =>
      cutOff(() => reject(request.signal?.reason), "aborted"),
    );
    const timer = setTimeout(
      () =>
        cutOff(
          () => resolve(tookTooLong(asked, limits.callMs, isHandedOn ? "unknown" : "no")),
          "took too long",
        ),
      limits.callMs,
    );

    const answer = createCollector(request.sift ?? ((whole) => whole));
    const { url, method, headers, body } = request;
    dispatcher.dispatch(
      { origin: url.origin, path: url.pathname + url.search, method, headers, body },
      {
        onRequestStart(controller) {
          stop = (reason) => controller.abort(reason);
          if (ended) stop(new Error("given up before it was sent"));
          else if (request.mayGo?.() === false) {
            end(() => resolve(heldBack(asked)));
            // Thrown, it leaves the request unsent and the connection as it is.
            throw new Error("held back");
          }
          isHandedOn = true;
        },
        onResponseStart: (_controller, status, received) => answer.start(status, received),
        onResponseData(_controller, chunk) {
          if (answer.add(chunk) <= limits.maxBodyBytes) return;
          const facts = { ...answer.facts(), maxBytes: limits.maxBodyBytes };
          cutOff(() => resolve(tooLarge(asked, facts)), "too large");
        },
        onResponseEnd: () => end(() => afterTheConnectionIsFree(() => resolve(answer.whole()))),
        onResponseError(_controller, error) {
          const failure = toFailure(error, asked, endOf(error, answer.begun(), ends));
          end(() => (failure === null ? reject(error) : resolve(failure)));
        },
      },
    );
  });
}

/**
 * The library takes a connection for its next request one turn of the event loop after an answer. A request made
 * before that would open another connection, with all its handshakes.
 */
function afterTheConnectionIsFree(go: () => void): void {
  setImmediate(() => setImmediate(go));
}

/** Gathers one answer as it comes in. */
function createCollector(sift: Sift) {
  let status = 0;
  let headers: Record<string, string> = {};
  let size = 0;
  const chunks: Buffer[] = [];
  return {
    begun: () => status !== 0,
    facts: () => ({
      status,
      correlationId:
        sift({ kind: "answer", status, headers, body: null }).headers["x-correlation-id"] ?? null,
    }),
    start(code: number, received: NodeJS.Dict<string | string[]>) {
      // An informational answer only announces the real one.
      if (code < 200) return;
      status = code;
      headers = flatten(received);
    },
    add(chunk: Buffer): number {
      chunks.push(chunk);
      size += chunk.length;
      return size;
    },
    whole(): HttpAnswer {
      const bytes = Buffer.concat(chunks);
      const body = isUtf8(bytes) ? withoutByteOrderMark(bytes.toString("utf8")) : null;
      return sift({ kind: "answer", status, headers, body });
    },
  };
}

function flatten(received: NodeJS.Dict<string | string[]>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(received)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) headers[name] = first;
  }
  return headers;
}

/** A server that closes an idle connection shows as an end, with the socket's counts, or as a reset. */
function endOf(error: Error, isBegun: boolean, ends: Ends): "stale" | "garbled" | "fresh" {
  const known = ends.get(error);
  if (known === "garbled") return known;
  const socket: unknown = "socket" in error ? error.socket : null;
  const counted = typeof socket === "object" && socket !== null && "bytesRead" in socket;
  const served = known === "stale" || (counted && Number(socket.bytesRead) > 0);
  return served && !isBegun ? "stale" : "fresh";
}
