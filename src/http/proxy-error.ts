import type { HttpProxy } from "./proxy.ts";

/** What there was in place of a connection: an answer of the proxy, or a fault on the way to it or through it. */
type End =
  | { readonly status: number; readonly challenge: string | null }
  | { readonly cause: Error; readonly where: "at" | "through" };

/**
 * The way to the server ended at the proxy, or in its tunnel: no request was sent. `status` is the proxy's answer to
 * CONNECT, `challenge` how it wants to be convinced (`Proxy-Authenticate`); without an answer both are null, and the
 * cause says why.
 */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
  readonly proxy: HttpProxy;
  readonly status: number | null;
  readonly challenge: string | null;
  readonly where: "at" | "through";
  constructor(proxy: HttpProxy, end: End) {
    const cause = "cause" in end ? end.cause : undefined;
    const where = "where" in end ? end.where : "at";
    super(
      `The way to the server ended ${where} the proxy${cause === undefined ? "" : `: ${cause.message}`}`,
      {
        cause,
      },
    );
    this.proxy = proxy;
    this.where = where;
    this.status = "status" in end ? end.status : null;
    this.challenge = "status" in end ? end.challenge : null;
  }
}
