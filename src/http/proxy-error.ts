import type { HttpProxy } from "./proxy.ts";

/** What the proxy did in place of a tunnel: an answer, or none. */
type End = { readonly status: number; readonly challenge: string | null } | { readonly cause: Error };

/**
 * The way to the server ended at the proxy: nothing was sent to the server. `status` is the proxy's answer to CONNECT,
 * `challenge` how it wants to be convinced (`Proxy-Authenticate`); without an answer both are null, and the cause says why.
 */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
  readonly proxy: HttpProxy;
  readonly status: number | null;
  readonly challenge: string | null;
  constructor(proxy: HttpProxy, end: End) {
    const cause = "cause" in end ? end.cause : undefined;
    super(`The way to the server ended at the proxy${cause === undefined ? "" : `: ${cause.message}`}`, {
      cause,
    });
    this.proxy = proxy;
    this.status = "status" in end ? end.status : null;
    this.challenge = "status" in end ? end.challenge : null;
  }
}
