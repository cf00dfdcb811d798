import { UsageError } from "../domain/errors.ts";
import type { Variables } from "../domain/ports.ts";
import { isLoopback } from "./url.ts";

/** The proxy that a server is asked through. */
export type HttpProxy = {
  /** Without user name and password. */
  readonly url: URL;
  /** The variable that names it, as it is spelt there, for messages. */
  readonly variable: string;
  /** The value of `Proxy-Authorization`; null where the variable has no user name. */
  readonly authorization: string | null;
  /** What must never be shown, in each form in which it is sent or kept. */
  readonly secrets: readonly string[];
};

/**
 * The proxy for one server, or null when it is asked directly: where no variable names one, NO_PROXY names the server,
 * or the server is this machine.
 *
 * @throws UsageError when the variable is not a URL; it is not repeated, since it may hold a password.
 */
export function proxyFor(url: URL, variables: Variables): HttpProxy | null {
  const plain = read(variables, "http_proxy");
  const secure = url.protocol === "https:" ? read(variables, "https_proxy") : null;
  const used = secure ?? plain;
  if (used === null || isLoopback(url)) return null;
  return isExempt(url, read(variables, "no_proxy")?.value ?? "") ? null : parse(used);
}

type Variable = { readonly name: string; readonly value: string };

/** Lower case wins, as in other tools; Windows knows no case. Null when it is not set, or blank. */
function read(variables: Variables, name: string): Variable | null {
  const set = [name, name.toUpperCase()].find((spelt) => variables[spelt]);
  const value = set === undefined ? "" : (variables[set] ?? "").trim();
  return set === undefined || value === "" ? null : { name: set, value };
}

/** What a URL gives a meaning of its own, and how it is written in a user name or password. */
const CODES = "Write a % as %25, a # as %23, a ? as %3F, a / as %2F, an @ as %40 and a : as %3A";

function parse({ name, value }: Variable): HttpProxy {
  const hint = `It looks like http://proxy.example:3128, or http://user:password@proxy.example:3128. ${CODES} in a user name or password.`;
  if (!/^https?:\/\//i.test(value)) throw new UsageError(`${name} is not an http or https URL.`, hint);
  if (!URL.canParse(value)) throw new UsageError(`${name} is not a URL.`, hint);
  const whole = new URL(value);
  // Such a sign in a password ends the host, which then is the user name and what comes before the sign.
  if (!/^\/?$/.test(whole.pathname + whole.search + whole.hash)) {
    throw new UsageError(`${name} has a /, a ? or a # where it should have ended.`, hint);
  }
  const [user, password] = [decode(whole.username, name), decode(whole.password, name)];
  const basic = user === "" ? null : Buffer.from(`${user}:${password}`).toString("base64");
  return {
    url: new URL(whole.origin),
    variable: name,
    authorization: basic === null ? null : `Basic ${basic}`,
    secrets: [password, basic ?? ""].filter((secret) => secret !== ""),
  };
}

function decode(text: string, name: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The cause is dropped: it may hold the password.
    throw new UsageError(
      `${name} has a % in its user name or password that is not part of a code such as %25.`,
      `${CODES}.`,
    );
  }
}

/** `host`, `.host` and `*.host` are the host and all below it, `host:port` only that port, `*` alone everything. */
function isExempt({ hostname, protocol, port }: URL, list: string): boolean {
  if (list === "*") return true;
  const portUsed = port || (protocol === "https:" ? "443" : "80");
  return list.split(/[,\s]+/).some((entry) => {
    const [, name = "", onPort] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (name === "" || (onPort !== undefined && onPort !== portUsed)) return false;
    return hostname === name || hostname.endsWith(`.${name}`);
  });
}
