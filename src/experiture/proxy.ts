import { UsageError } from "../errors.ts";
import { isLoopback } from "./url.ts";

/** Environment variables by name; only the proxy variables are read. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy variables, empty when not set. */
export type ProxySettings = {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
};

/**
 * The proxy settings for one server, or null when none can apply: this machine is never asked through a proxy.
 *
 * @throws UsageError when a variable is not a URL; it is not repeated, since it may hold a password.
 */
export function proxyFor(url: URL, environment: Environment): ProxySettings | null {
  const httpProxy = read(environment, "http_proxy");
  const httpsProxy = read(environment, "https_proxy");
  const used = url.protocol === "https:" ? httpsProxy || httpProxy : httpProxy;
  if (used === "" || isLoopback(url)) return null;
  for (const [name, value] of [
    ["HTTP_PROXY", httpProxy],
    ["HTTPS_PROXY", httpsProxy],
  ] as const) {
    if (value !== "" && !/^https?:\/\//i.test(value)) {
      throw new UsageError(
        `${name} is not an http or https URL.`,
        "It looks like http://proxy.example:3128.",
      );
    }
    if (value !== "" && !URL.canParse(value)) throw new UsageError(`${name} is not a URL.`);
  }
  return { httpProxy, httpsProxy, noProxy: read(environment, "no_proxy") };
}

/** Lower case wins, as in other tools; Windows knows no case. */
function read(environment: Environment, name: string): string {
  return (environment[name] || environment[name.toUpperCase()] || "").trim();
}
