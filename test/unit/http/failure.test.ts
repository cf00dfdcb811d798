import { describe, expect, it } from "vitest";
import { ApiResponseError, NetworkError, TimeoutError } from "../../../src/domain/errors.ts";
import { type HttpFailure, toFailure, tookTooLong, tooLarge } from "../../../src/http/failure.ts";
import { type HttpProxy, proxyFor } from "../../../src/http/proxy.ts";
import { ProxyError } from "../../../src/http/proxy-error.ts";

/** As {@link toFailure}, of what is surely a failure. */
function failureOf(...args: Parameters<typeof toFailure>): HttpFailure {
  const failure = toFailure(...args);
  if (failure === null) throw new Error("Taken for a mistake of ours.");
  return failure;
}

const PROXY = proxyFor(new URL("https://api.example"), { HTTPS_PROXY: "http://p.example:3128" }) as HttpProxy;

const ASKED = { label: "GET /campaigns/x/summary", origin: "https://api.example" };

function cause(code: string, message = "as the system says"): Error {
  return Object.assign(new Error(message), { code });
}

/** The whole sentence, and whether anything was sent: only what surely was not may be taken for not landed. */
describe("what each failure says", () => {
  const BROKE = "the connection broke before the whole answer was there";
  const TLS = "no secure connection (TLS) could be made";
  it.each([
    ["ENOTFOUND", "there is no such host (ENOTFOUND)", "no"],
    ["EAI_AGAIN", "the host name could not be looked up for the moment (EAI_AGAIN)", "no"],
    ["ECONNREFUSED", "the connection was refused (ECONNREFUSED)", "no"],
    ["ERR_SOCKET_CONNECTION_TIMEOUT", "no connection was made in time", "no"],
    ["EHOSTUNREACH", "the host cannot be reached (EHOSTUNREACH)", "no"],
    ["ENETUNREACH", "the network cannot be reached (ENETUNREACH)", "no"],
    ["EADDRNOTAVAIL", "the address cannot be reached (EADDRNOTAVAIL)", "no"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", `${TLS} (ERR_SSL_WRONG_VERSION_NUMBER)`, "no"],
    ["ECONNRESET", `${BROKE} (ECONNRESET)`, "unknown"],
    ["UND_ERR_HEADERS_OVERFLOW", "what came back is not HTTP (UND_ERR_HEADERS_OVERFLOW)", "unknown"],
    ["UND_ERR_CONNECT_TIMEOUT", "no connection was made in time", "no"],
    ["UND_ERR_HEADERS_TIMEOUT", "the server accepted the request and did not answer in time", "unknown"],
    ["UND_ERR_BODY_TIMEOUT", "the answer stopped in the middle", "unknown"],
    ["ETIMEDOUT", "the connection timed out", "unknown"],
  ])("%s: %s", (code, words, sent) => {
    const because = cause(code);
    const { kind, error } = failureOf(because, ASKED, "fresh");
    expect({ kind, cause: error.cause, sent: "sent" in error ? error.sent : null }).toEqual({
      kind: "failure",
      cause: because,
      sent,
    });
    expect(error.message).toBe(
      `GET /campaigns/x/summary: no answer from https://api.example: ${words}. Check the address, the network and the proxy.`,
    );
  });

  it.each([
    ["EACCES", "connect", "no connection could be made (EACCES)", "no"],
    ["EAI_FAIL", "getaddrinfo", "the host name could not be looked up (EAI_FAIL)", "no"],
    ["ECONNRESET", "read", `${BROKE} (ECONNRESET)`, "unknown"],
  ])("%s of %s: %s", (code, syscall, words, sent) => {
    const { error } = failureOf(Object.assign(cause(code), { syscall }), ASKED, "fresh");
    expect(error).toMatchObject({ sent });
    expect(error.message).toContain(`: ${words}. `);
  });

  it("a connection that broke while TLS began was never made", () => {
    const message = "Client network socket disconnected before secure TLS connection was established";
    const result = failureOf(cause("ECONNRESET", message), ASKED, "fresh");
    expect(result).toMatchObject({ kind: "failure", failure: "refused", error: { sent: "no" } });
    expect(result.error.message).toContain(
      ": the connection broke while it was being secured (TLS) (ECONNRESET). ",
    );
  });

  const UNKNOWN = "the certificate is signed by an authority that Node.js does not know";
  it.each([
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", UNKNOWN, "NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_GET_ISSUER_CERT", UNKNOWN, "NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", UNKNOWN, "NODE_EXTRA_CA_CERTS"],
    ["SELF_SIGNED_CERT_IN_CHAIN", UNKNOWN, "NODE_EXTRA_CA_CERTS"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "the certificate is self-signed", "NODE_EXTRA_CA_CERTS"],
    ["CERT_HAS_EXPIRED", "the certificate has expired", "must renew it"],
    ["CERT_NOT_YET_VALID", "the certificate is not valid yet", "Check the clock of this machine"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "the certificate is for another host name", "Check the host name"],
    ["CERT_REVOKED", "the certificate is not accepted", "Whoever runs that server must mend it."],
    ["INVALID_PURPOSE", "the certificate is not accepted", "Whoever runs that server must mend it."],
  ])("%s: %s", (code, words, advice) => {
    const { failure, error } = failureOf(cause(code), ASKED, "fresh");
    expect({ failure, sent: "sent" in error ? error.sent : null }).toEqual({ failure: "final", sent: "no" });
    expect(error.message).toContain(`: no answer from https://api.example: ${words}`);
    expect(error.message).toContain(`(${code}). `);
    expect(error.message).toContain(advice);
    expect(error.message).not.toContain("Check the address, the network");
  });
});

/** A fault of this program must never be taken for a fault of the network. */
describe("what neither the system nor the HTTP library reports", () => {
  it.each([
    new TypeError("x is not a function"),
    new Error("anything"),
    Object.assign(new Error("x"), { code: 7 }),
    cause("MY_CERT_HAS_EXPIRED"),
    cause("ERR_INVALID_ARG_TYPE"),
    cause("ERR_INVALID_CHAR"),
    cause("UND_ERR_INVALID_ARG"),
    cause("UND_ERR_NOT_SUPPORTED"),
    cause("UND_ERR_REQ_CONTENT_LENGTH_MISMATCH"),
    new ProxyError(PROXY, { cause: new TypeError("x is not a function"), where: "through" }),
  ])("%s", (error) => {
    expect(toFailure(error, ASKED, "fresh")).toBeNull();
  });

  it.each([
    "ERR_STREAM_DESTROYED",
    "ERR_SOCKET_CLOSED",
    "UND_ERR_SOCKET",
    "EPIPE",
    "ENOTCONN",
    "UND_ERR_CLOSED",
  ])("but %s is theirs", (code) => {
    expect(failureOf(cause(code), ASKED, "fresh").failure).toBe("lost");
  });
});

describe("what the system reports", () => {
  it.each([
    ["ENOTFOUND", "final", "no such host"],
    ["EAI_AGAIN", "refused", "looked up"],
    ["ECONNREFUSED", "refused", "refused"],
    ["EHOSTUNREACH", "refused", "host cannot be reached"],
    ["ECONNRESET", "lost", "broke"],
    ["UND_ERR_SOCKET", "lost", "broke"],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "lost", "broke"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "final", "TLS"],
    ["EPROTO", "final", "TLS"],
    ["UND_ERR_HEADERS_OVERFLOW", "final", "not HTTP"],
  ])("case 39: told in words, and asked again only where that can help (%s, %s)", (code, failure, words) => {
    const error = cause(code);
    const result = failureOf(error, ASKED, "fresh");
    expect(result.failure).toBe(failure);
    expect(result.error).toBeInstanceOf(NetworkError);
    expect(result.error).not.toBeInstanceOf(TimeoutError);
    expect(result.error.message).toContain(`GET /campaigns/x/summary: no answer from https://api.example: `);
    expect(result.error.message).toContain(words);
    expect(result.error.message).toContain(code);
    expect(result.error.cause).toBe(error);
  });

  it.each(["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "ETIMEDOUT"])(
    "case 40: a time-out is told as such (%s)",
    (code) => {
      const result = failureOf(cause(code), ASKED, "stale");
      expect(result.failure).toBe("timeout");
      expect(result.error).toBeInstanceOf(TimeoutError);
    },
  );

  it("case 42: only a broken connection can be a stale one", () => {
    expect(failureOf(cause("ECONNRESET"), ASKED, "stale").failure).toBe("stale");
    expect(failureOf(cause("ECONNREFUSED"), ASKED, "stale").failure).toBe("refused");
  });

  it("case 34: a false length in an answer that nobody cut is not HTTP", () => {
    const { failure, error } = failureOf(cause("UND_ERR_RES_CONTENT_LENGTH_MISMATCH"), ASKED, "garbled");
    expect(failure).toBe("final");
    expect(error.message).toContain("what came back is not HTTP (UND_ERR_RES_CONTENT_LENGTH_MISMATCH)");
  });

  it("a status that nobody asked for is not repeated", () => {
    const odd = failureOf(cause("UND_ERR_SOCKET", "bad upgrade"), ASKED, "fresh");
    expect(odd).toMatchObject({ failure: "final", error: { status: 101 } });
    expect(odd.error).toBeInstanceOf(ApiResponseError);
    expect(odd).toMatchObject({ kind: "failure", error: { pointer: "", correlationId: null } });
    expect(odd.error.message).toBe(
      "GET /campaigns/x/summary: unexpected status 101 from https://api.example.",
    );
  });

  it("case 34: an answer cut short is lost, what is no HTTP is final; neither keeps what the server said", () => {
    const parser = (message: string) =>
      Object.assign(new Error(message), { name: "HTTPParserError", data: "echo of a token" });
    expect(failureOf(parser("does not match (Expected HTTP/)"), ASKED, "fresh").failure).toBe("final");
    const cut = failureOf(parser("does not match (Invalid EOF state)"), ASKED, "fresh");
    expect(cut.failure).toBe("lost");
    expect(JSON.stringify(cut.error.cause)).not.toContain("echo");
  });
});

describe("our own limits", () => {
  it("cases 35, 41: our own limits are told with their size", () => {
    const late = tookTooLong(ASKED, 60_000, "unknown");
    expect(late).toMatchObject({ kind: "failure", failure: "timeout", error: { sent: "unknown" } });
    expect(late.error.message).toContain("no complete answer within 60 s");
    const large = tooLarge(ASKED, { status: 200, correlationId: "c", maxBytes: 10 });
    const error = { status: 200, pointer: "", correlationId: "c" };
    expect(large).toMatchObject({ kind: "failure", failure: "final", error });
    expect(large.error.message).toBe(
      "GET /campaigns/x/summary: the answer from https://api.example is larger than 10 bytes and was not read to its end.",
    );
  });
});
