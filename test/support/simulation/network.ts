import { canonicalBinding } from "../../../src/domain/binding.ts";
import type { AudienceBinding, Campaign } from "../../../src/domain/model.ts";
import type { Clock } from "../../../src/domain/ports.ts";
import { decodeSummary } from "../../../src/experiture/wire/wire.ts";
import { type HttpFailure, heldBack, toFailure, tookTooLong } from "../../../src/http/failure.ts";
import type { Http, HttpAnswer } from "../../../src/http/http.ts";
import { DEFAULT_LIMITS } from "../../../src/patience/limits.ts";
import { badBody, loginPage, oddStatus, serverError, throttled } from "./bad-answer.ts";
import type { Chance } from "./chance.ts";
import { FAULTS, type Fault, type Odds, type Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

type Request = Parameters<Http["send"]>[0];
type Result = HttpAnswer | HttpFailure;

/** One request as it was sent and what came of it, for the laws and for a person who replays a seed. */
export type Exchange = {
  readonly at: number;
  readonly method: string;
  readonly campaignId: string;
  /** What a write carried, as text; null for a read. */
  readonly body: string | null;
  readonly fault: Fault | "revoked" | "none";
  /** Null until it is over, and for one that was cut off. */
  result: Result | null;
  endedAt: number | null;
  /** Whether a copy that lagged behind answered. */
  lagging: boolean;
};

export const isWrite = ({ method }: Exchange): boolean => method === "PUT";

/** What a read told of its campaign; null when it told nothing that can be understood. */
export function shownBy({ campaignId, result }: Exchange): Campaign | null {
  if (result?.kind !== "answer" || result.status !== 200 || result.body === null) return null;
  const facts = { status: 200, correlationId: null, serverTime: null, campaignId };
  try {
    return decodeSummary(JSON.parse(result.body), facts);
  } catch {
    return null;
  }
}

/** What a network depends on. `odds` may change in the course of a simulation. */
export type NetworkParts = {
  readonly world: World;
  readonly scenario: Scenario;
  readonly odds: () => Odds;
  readonly clock: Clock;
  readonly chance: Chance;
};

type Parts = NetworkParts & { readonly lagging: Set<string> };

const STICKINESS = 0.8;

/** A network in virtual time between the real client and the simulated API, with everything a network does to both. */
export function createNetwork(given: NetworkParts): {
  readonly http: Http;
  readonly exchanges: readonly Exchange[];
} {
  const parts: Parts = { ...given, lagging: new Set() };
  const exchanges: Exchange[] = [];
  const send = async (request: Request): Promise<Result> => {
    request.signal?.throwIfAborted();
    const { method, campaignId } = routeOf(request);
    if (request.mayGo?.() === false) return heldBack(askedOf(request));
    const fault = drawFault(parts);
    const at = parts.clock.monotonic();
    const exchange: Exchange = {
      ...{ at, method, campaignId, body: request.body, fault },
      ...{ result: null, endedAt: null, lagging: false },
    };
    exchanges.push(exchange);
    exchange.result = await carry(parts, request, exchange);
    exchange.endedAt = parts.clock.monotonic();
    return exchange.result;
  };
  return { http: { send, close: async () => undefined }, exchanges };
}

function routeOf({ method, url }: Request): { readonly method: string; readonly campaignId: string } {
  const [, campaignId, what] =
    /^\/public\/v1\/campaigns\/([^/]+)\/(summary|audience)$/.exec(url.pathname) ?? [];
  if (campaignId === undefined || (method === "PUT") !== (what === "audience")) {
    throw new Error(`${method} ${url.pathname} is no request of this program.`);
  }
  return { method, campaignId };
}

function drawFault({ scenario, odds, clock, chance }: NetworkParts): Exchange["fault"] {
  if (scenario.revokedAt !== null && clock.monotonic() >= scenario.revokedAt) return "revoked";
  const now = odds();
  return FAULTS.find((fault) => chance.happens(now[fault])) ?? "none";
}

async function carry(parts: Parts, request: Request, exchange: Exchange): Promise<Result> {
  const { world, scenario, clock, chance } = parts;
  const travel = () => clock.sleep(scenario.latencyMs * chance.between(0.5, 1), request.signal);
  await travel();
  world.settle();
  world.disturb(exchange.campaignId);
  const before = await failBefore(parts, request, exchange);
  if (before !== null) return before;
  const answer = take(parts, request, exchange);
  world.disturb(exchange.campaignId);
  await travel();
  return failAfter(parts, request, exchange, answer);
}

/** The API does what it is asked for. */
function take(parts: Parts, request: Request, exchange: Exchange): HttpAnswer {
  const { world, scenario, clock } = parts;
  if (request.method === "PUT") return world.replace(exchange.campaignId, bindingOf(request));
  exchange.lagging = isLagging(parts, exchange.campaignId);
  return world.summary(exchange.campaignId, clock.monotonic() - (exchange.lagging ? scenario.lagMs : 0));
}

/** A campaign once met on a copy that lags is likely to be met there again. */
function isLagging({ odds, chance, lagging }: Parts, campaignId: string): boolean {
  const often = odds()["lagging-read"];
  const lags = often > 0 && chance.happens(lagging.has(campaignId) ? STICKINESS : often);
  if (lags) lagging.add(campaignId);
  else lagging.delete(campaignId);
  return lags;
}

function bindingOf({ body }: Request): AudienceBinding {
  const { include, exclude } = JSON.parse(body ?? "");
  return canonicalBinding({ include, exclude });
}

/** What keeps a request from taking effect; null when nothing does. */
async function failBefore(parts: Parts, request: Request, exchange: Exchange): Promise<Result | null> {
  const { world, clock, chance } = parts;
  switch (exchange.fault) {
    case "revoked":
      return world.answer(401, { success: false, error: { code: "CDP_ETL.AUTH.UNAUTHORIZED" } });
    case "connection-refused":
      return broken(request, "ECONNREFUSED");
    case "reset-before":
      return broken(request, "ECONNRESET", chance.pick(["stale", "fresh"]));
    case "server-error-before":
      return serverError(world.answer(500, ""), chance);
    case "throttled":
      return throttled(world.answer(429, ""), chance);
    case "login-page":
      return loginPage(world.answer(200, ""));
    case "hang-late":
      if (request.method === "PUT") {
        const moment = clock.monotonic() + chance.between(0, 3 * DEFAULT_LIMITS.callMs);
        world.replaceAt(moment, exchange.campaignId, bindingOf(request));
      }
      return hang(parts, request);
    case "hang-before":
      return hang(parts, request);
    default:
      return null;
  }
}

/** What becomes of the answer to a request that took effect. */
async function failAfter(
  parts: Parts,
  request: Request,
  { fault }: Exchange,
  answer: HttpAnswer,
): Promise<Result> {
  const { chance } = parts;
  switch (fault) {
    case "reset-after":
      return broken(request, "ECONNRESET", chance.pick(["stale", "fresh"]));
    case "server-error-after":
      return serverError(answer, chance);
    case "hang-after":
      return hang(parts, request);
    case "cut-body":
      return broken(request, "UND_ERR_SOCKET");
    case "bad-body":
      return answer.status === 200 ? badBody(answer, chance) : answer;
    case "odd-status":
      return answer.status === 200 ? oddStatus(answer, chance) : answer;
    default:
      return answer;
  }
}

function broken(request: Request, code: string, stale: "stale" | "fresh" = "fresh"): HttpFailure {
  const failure = toFailure(Object.assign(new Error(`simulated ${code}`), { code }), askedOf(request), stale);
  if (failure === null) throw new Error(`${code} is no failure of a network.`);
  return failure;
}

async function hang({ clock }: NetworkParts, request: Request): Promise<HttpFailure> {
  await clock.sleep(DEFAULT_LIMITS.callMs, request.signal);
  return tookTooLong(askedOf(request), DEFAULT_LIMITS.callMs, "unknown");
}

function askedOf({ label, url }: Request) {
  return { label, origin: url.origin };
}
