import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type Call, type Handler, refuse } from "./answer.ts";
import { type Asked, type FailureQueue, failureAnswer, isDone } from "./failures.ts";
import { askGraph } from "./graphql/graph.ts";
import type { Received, World } from "./model.ts";
import { findRoute } from "./routes.ts";

/** All that answering needs. */
export type Parts = {
  readonly world: World;
  readonly token: string;
  readonly failures: FailureQueue;
  readonly requests: Received[];
  readonly unexpected: Received[];
  /** Paths of the REST root and of GraphQL: they differ on GitHub Enterprise Server. */
  readonly paths: { readonly rest: string; readonly graphql: string };
  readonly closing: AbortSignal;
  /** Milliseconds before each answer. */
  latencyMs: number;
};

type Found = { readonly asked: Asked; readonly handle: Handler; readonly parts: readonly string[] };

/** Answers one request, and writes it down. */
export async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://fake");
  const method = request.method ?? "GET";
  const text = await readText(request);
  const path = decodeURIComponent(url.pathname);
  const query = Object.fromEntries(url.searchParams);
  const received: Received & { status: number | null } = {
    method,
    path: path.startsWith(`${parts.paths.rest}/`) ? path.slice(parts.paths.rest.length) : path,
    query,
    body: parseJson(text),
    status: null,
  };
  parts.requests.push(received);
  if (parts.latencyMs > 0) await sleep(parts.latencyMs, undefined, { signal: parts.closing });
  const reply = replyTo(
    request,
    { url, received, isJson: text === "" || received.body !== undefined },
    parts,
  );
  received.status = reply?.status ?? null;
  if (reply === null) response.socket?.resetAndDestroy();
  else send(response, reply, parts.world);
}

type Incoming = { readonly url: URL; readonly received: Received; readonly isJson: boolean };

/** The answer to a request; null to cut the connection. */
function replyTo(request: IncomingMessage, incoming: Incoming, parts: Parts): Answer | null {
  const { received, url } = incoming;
  const refusal = refuseAccess(request, parts.token);
  if (refusal !== null) return refusal;
  const found = find(received, url, parts);
  if (found === null) {
    parts.unexpected.push(received);
    return refuse(404, "Not Found");
  }
  const failure = parts.failures.take(found.asked, received.method);
  if (!isDone(failure) && failure !== null) return failureAnswer(failure, found.asked);
  if (!incoming.isJson) return refuse(400, "Problems parsing JSON");
  if (parts.world.forbidden.has(found.asked)) return refuse(403, "Resource not accessible by integration");
  const call: Call = {
    parts: found.parts,
    query: url.searchParams,
    body: received.body,
    accept: request.headers.accept ?? "",
    url: `${parts.world.apiUrl}${url.pathname.slice(parts.paths.rest.length)}`,
  };
  const done = found.handle(call, parts.world);
  return failure === null ? done : failureAnswer(failure, found.asked);
}

/** GitHub takes both words before a token, in any case. */
function refuseAccess(request: IncomingMessage, token: string): Answer | null {
  const given = /^(?:token|bearer) +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (given === token) return null;
  return refuse(401, given === undefined ? "Requires authentication" : "Bad credentials");
}

function find(received: Received, url: URL, { world, paths }: Parts): Found | null {
  if (url.pathname === paths.graphql) {
    return received.method === "POST" ? { asked: "graphql", handle: askGraph, parts: [] } : null;
  }
  if (!url.pathname.startsWith(`${paths.rest}/`)) return null;
  const found = findRoute(received.method, received.path, `${world.owner}/${world.repo}`);
  if (found === null) return null;
  return { asked: found.route.operation, handle: found.route.handle, parts: found.parts };
}

function send(response: ServerResponse, { status, headers, text }: Answer, world: World): void {
  response.writeHead(status, {
    "x-github-request-id": "FAKE:1",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-reset": String(Math.floor(world.now() / 1000) + 3600),
    ...headers,
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** The value of a body; undefined for an empty one and for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
