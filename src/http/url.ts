import { UsageError } from "../domain/errors.ts";
import { INVISIBLE } from "../text/invisible.ts";
import { quote } from "../text/quote.ts";

/** The URL parser drops tabs and line breaks in silence; here they are a mistake, as is all that cannot be seen. */
const NO_URL = new RegExp(String.raw`[${INVISIBLE}\s]`, "u");

const IPV4_LOOPBACK = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** Whether a URL's host is this machine: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(url: URL): boolean {
  return url.hostname === "localhost" || url.hostname === "[::1]" || IPV4_LOOPBACK.test(url.hostname);
}

/**
 * A URL that credentials may be sent to: https anywhere, plain http to this machine only; without user info, query
 * and fragment. Source: "HTTPS only" (API sheet, 1).
 *
 * @param name what the URL is, for the message: the variable or flag that holds it.
 * @param example what such a URL looks like.
 * @throws UsageError, which never repeats user info or a query since they may be secret.
 */
function assertSafeUrl(text: string, name: string, example: string): URL {
  const url = parseUrl(text, name, example);
  if (url.username !== "" || url.password !== "") {
    throw new UsageError(
      `${name} has a user name or password in it.`,
      "Give the URL without it; credentials have variables of their own.",
    );
  }
  if (/[?#]/.test(text)) {
    throw new UsageError(`${name} has a query or fragment in it.`, "Give the URL without ? and #.");
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url))) {
    throw new UsageError(
      `${name} is ${quote(url.origin === "null" ? url.protocol : url.origin)}, where credentials would not be safe.`,
      "Use https; plain http is allowed only to this machine (127.0.0.1, ::1, localhost).",
    );
  }
  return url;
}

function parseUrl(text: string, name: string, example: string): URL {
  if (NO_URL.test(text) || !URL.canParse(text)) {
    throw new UsageError(`${name} is not a URL.`, `It looks like ${example}.`);
  }
  return new URL(text);
}

/**
 * The base URL of the API in the one form that is sent to, printed and compared: checked, without a slash at the end.
 *
 * @throws UsageError for a URL that credentials may not be sent to.
 */
export function normalizeApiUrl(text: string, name: string): string {
  return assertSafeUrl(text, name, "https://api.experiture.ai/public/v1").href.replace(/\/+$/, "");
}

/**
 * The URL of the token endpoint, checked.
 *
 * @throws UsageError for a URL that credentials may not be sent to.
 */
export function normalizeTokenUrl(text: string, name: string): string {
  return assertSafeUrl(text, name, "https://login.example.com/oauth2/token, and the portal shows it").href;
}
