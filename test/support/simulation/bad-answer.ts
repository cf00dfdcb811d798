import type { HttpAnswer } from "../../../src/http/http.ts";
import type { Chance } from "./chance.ts";

const LOGIN_PAGE = "<!doctype html><title>Sign in</title><p>Your session has ended.\u001b[2J\u202e</p>";

/** Every form of Retry-After a server might give. Seconds are documented; the rest is nobody's fault but happens. */
const RETRY_AFTER = [null, "", "abc", "-1", "0", "1.5", "1", "2", "5", "30"];

/** What a login page or a proxy in front of the API says in its place. */
export function loginPage(answer: HttpAnswer): HttpAnswer {
  return { ...answer, headers: { ...answer.headers, "content-type": "text/html" }, body: LOGIN_PAGE };
}

/** A refusal for rate, or for maintenance, with one of many forms of Retry-After. */
export function throttled(answer: HttpAnswer, chance: Chance): HttpAnswer {
  const status = chance.pick([429, 429, 429, 503]);
  const retryAfter = chance.happens(0.02)
    ? "86400"
    : chance.happens(0.15)
      ? dateAfter(answer, chance)
      : chance.pick(RETRY_AFTER);
  const headers = retryAfter === null ? answer.headers : { ...answer.headers, "retry-after": retryAfter };
  const body = { success: false, error: { code: "CDP_ETL.RATE.LIMITED", message: "Rate limit exceeded." } };
  return { ...answer, status, headers, body: JSON.stringify(body) };
}

function dateAfter(answer: HttpAnswer, chance: Chance): string {
  const reference = Date.parse(answer.headers.date ?? "");
  return new Date(reference + chance.whole(-2, 5) * 1_000).toUTCString();
}

/** A 5xx, with the API's own body or a gateway's page. */
export function serverError(answer: HttpAnswer, chance: Chance): HttpAnswer {
  const failed = { ...answer, status: chance.pick([500, 502, 503, 504]) };
  return chance.happens(0.5) ? loginPage(failed) : { ...failed, body: '{"success":false}' };
}

/** A status that is documented nowhere. */
export function oddStatus(answer: HttpAnswer, chance: Chance): HttpAnswer {
  const location = { ...answer.headers, location: "https://elsewhere.example.test/login" };
  return { ...answer, status: chance.pick([201, 204, 206, 302, 304]), headers: location };
}

/** A 200 whose body says something else than it should. */
export function badBody(answer: HttpAnswer, chance: Chance): HttpAnswer {
  return { ...answer, body: chance.pick(BAD_BODIES)(answer.body ?? "", chance) };
}

const BAD_BODIES: readonly ((body: string, chance: Chance) => string | null)[] = [
  () => "",
  () => null,
  () => "null",
  () => "[]",
  () => '{"success":false,"error":{"code":"X","message":"later"}}',
  (body, chance) => body.slice(0, chance.whole(0, Math.max(0, body.length - 1))),
  (body) => body.replace('"success":true', '"success":false'),
  (body) => body.replace(/"(campaignId|id)":"c/, '"$1":"d'),
  (body) => body.replace(/"excluded":\[.*?\],/, ""),
  (body) => body.replace(/"included":\[.*?\]/, '"included":null'),
  (body) => body.replace('"type":"segment"', '"type":"list"'),
  (body) => body.replace('"data"', '"Data"'),
];
