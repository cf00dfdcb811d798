import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Access } from "./access.ts";
import { readBody } from "./body.ts";
import { answerTokenRequest } from "./endpoints/token-endpoint.ts";
import type { FaultPicker, InjectedFault } from "./fault.ts";
import { type RateLimit, rateRefusal } from "./rate-limit.ts";
import { type Answer, answerOf, type Reply } from "./reply.ts";
import { type LoggedRequest, loggedBody, type RequestLog } from "./request-log.ts";
import { findRoute } from "./routes.ts";
import { sendAnswer, sendFaulty } from "./send.ts";
import type { SandboxSeed, World } from "./world/model.ts";

/** Everything one sandbox works with. */
export type Parts = {
  readonly seed: SandboxSeed;
  readonly world: World;
  readonly access: Access;
  readonly log: RequestLog;
  readonly pickFault: FaultPicker;
  /** Null: no limit. */
  readonly rateLimit: RateLimit | null;
  readonly retryAfter: string | undefined;
  readonly latencyMs: number;
  readonly nextCorrelationId: () => string;
  /** Ends every delay. */
  readonly closing: AbortSignal;
};

type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** Null when the body is over the limit. */
  readonly text: string | null;
};

const TOKEN_PATH = "/oauth/token";

/** Answers one request below /public/v1: log, delay, fault, token, rate, then the endpoint. */
export async function answerApiRequest(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  parts: Parts,
): Promise<void> {
  const { method = "", url = "", headers } = request;
  const entry = parts.log.add(method, url, headers);
  const text = await readBody(request);
  entry.body = loggedBody(text ?? "", headers["content-type"]);
  if (parts.latencyMs > 0) await delay(parts.latencyMs, undefined, { signal: parts.closing });
  // The token endpoint stands outside of the API's gateway: faults and rates do not strike it.
  const fault = path === TOKEN_PATH ? null : parts.pickFault(method, path);
  const query = new URLSearchParams(url.split("?")[1] ?? "");
  const reply = replyTo({ method, path, query, headers, text }, fault, parts);
  const delayMs = reply.kind === "data" ? (reply.delayMs ?? 0) : 0;
  if (delayMs > 0) await delay(delayMs, undefined, { signal: parts.closing });
  response.setHeader("date", new Date(parts.world.now()).toUTCString());
  send(response, answerOf(reply, parts.nextCorrelationId(), parts.world.switches), fault, entry);
}

function send(
  response: ServerResponse,
  answer: Answer,
  fault: InjectedFault | null,
  entry: LoggedRequest,
): void {
  if (fault === null) {
    entry.status = answer.status;
    sendAnswer(response, answer);
  } else {
    entry.fault = fault.kind === "status" ? String(fault.status) : fault.kind;
    entry.status = sendFaulty(response, answer, fault);
  }
}

function replyTo(received: Received, fault: InjectedFault | null, parts: Parts): Reply {
  switch (fault?.kind) {
    case "status":
      return statusReply(fault.status, parts);
    case "reset":
    case "hang":
    case "html":
      return NOT_CARRIED_OUT;
    default:
      return carryOut(received, parts);
  }
}

/** Stands for the answer of a request that a fault keeps from the endpoint; no client sees it. */
const NOT_CARRIED_OUT: Reply = { kind: "plain", status: 200, body: {} };

function statusReply(status: number, { world, retryAfter }: Parts): Reply {
  if (status === 429) return rateRefusal(1000, world.switches, { now: world.now(), literal: retryAfter });
  const code = "CDP_ETL.INTERNAL.UNHANDLED_EXCEPTION";
  return { kind: "refusal", status, code, message: "The sandbox was told to fail this request." };
}

function carryOut(received: Received, parts: Parts): Reply {
  const { method, path, headers, text } = received;
  const contentType = headers["content-type"];
  const { authorization } = headers;
  if (method === "POST" && path === TOKEN_PATH) {
    const request = { text: text ?? "", contentType, authorization };
    return answerTokenRequest(request, parts.seed, parts.world.switches, parts.access);
  }
  const found = findRoute(method, path);
  if (found === null) return noEndpoint(method, path);
  const refusal =
    parts.access.check(authorization, found.route.scope) ?? rateCheck(authorization ?? "", parts);
  if (refusal !== null) return refusal;
  if (text === null) return TOO_LARGE;
  return found.route.handle({ id: found.id, query: received.query, text, contentType }, parts.world);
}

function rateCheck(token: string, { rateLimit, retryAfter, world }: Parts) {
  const waitMs = rateLimit?.(token) ?? 0;
  if (waitMs === 0) return null;
  return rateRefusal(waitMs, world.switches, { now: world.now(), literal: retryAfter });
}

const TOO_LARGE: Reply = {
  kind: "refusal",
  status: 413,
  code: "CDP_ETL.VALIDATION.REQUEST_INVALID",
  message: "The body is over 10 MB.",
};

function noEndpoint(method: string, path: string): Reply {
  const message = `The sandbox has no endpoint ${method} ${path.replace(/^outside:/, "")}.`;
  return { kind: "refusal", status: 404, code: "CDP_ETL.NOT_FOUND", message };
}
