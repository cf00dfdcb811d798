import type { HttpProxy } from "./proxy.ts";

/**
 * The way to the server ended at the proxy: nothing was sent to the server. `status` is the proxy's answer to CONNECT;
 * null where there was none, and then the cause says why.
 */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
  readonly proxy: HttpProxy;
  readonly status: number | null;
  constructor(proxy: HttpProxy, end: { readonly status: number } | { readonly cause: Error }) {
    const cause = "cause" in end ? end.cause : undefined;
    super(`The way to the server ended at the proxy${cause === undefined ? "" : `: ${cause.message}`}`, {
      cause,
    });
    this.proxy = proxy;
    this.status = "status" in end ? end.status : null;
  }
}
