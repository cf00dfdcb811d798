import { describe, expect, it } from "vitest";
import { ApiResponseError, NetworkError, TimeoutError } from "../../../src/errors.ts";
import { toFailure, tookTooLong, tooLarge } from "../../../src/experiture/failure.ts";

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
    ["EHOSTUNREACH", "the host cannot be reached (EHOSTUNREACH)", "no"],
    ["ENETUNREACH", "the network cannot be reached (ENETUNREACH)", "no"],
    ["EADDRNOTAVAIL", "the address cannot be reached (EADDRNOTAVAIL)", "no"],
    ["CERT_HAS_EXPIRED", `${TLS} (CERT_HAS_EXPIRED)`, "no"],
    ["MY_CERT_HAS_EXPIRED", `${BROKE} (MY_CERT_HAS_EXPIRED)`, "unknown"],
    ["ECONNRESET", `${BROKE} (ECONNRESET)`, "unknown"],
    ["", BROKE, "unknown"],
    ["UND_ERR_HEADERS_OVERFLOW", "what came back is not HTTP (UND_ERR_HEADERS_OVERFLOW)", "unknown"],
    ["UND_ERR_CONNECT_TIMEOUT", "no connection was made in time", "no"],
    ["UND_ERR_HEADERS_TIMEOUT", "the server accepted the request and did not answer in time", "unknown"],
    ["UND_ERR_BODY_TIMEOUT", "the answer stopped in the middle", "unknown"],
    ["ETIMEDOUT", "the connection timed out", "unknown"],
  ])("%s: %s", (code, words, sent) => {
    const because = cause(code);
    const { kind, error } = toFailure(because, ASKED, "fresh");
    expect({ kind, cause: error.cause, sent: "sent" in error ? error.sent : null }).toEqual({
      kind: "failure",
      cause: because,
      sent,
    });
    expect(error.message).toBe(
      `GET /campaigns/x/summary: no answer from https://api.example: ${words}. Check the address, the network and the proxy.`,
    );
  });

  it("a code that is no text is not shown", () => {
    const { error } = toFailure(Object.assign(new Error("x"), { code: 7 }), ASKED, "fresh");
    expect(error.message).toContain(`: ${BROKE}. Check`);
  });

  it.each([
    [
      "other side closed before secure TLS connection was established",
      "refused",
      "the connection broke while it was being secured (TLS)",
    ],
    ["Proxy response (403) !== 200", "final", "the proxy refused the connection"],
  ])("%s", (message, failure, words) => {
    const result = toFailure(cause("", message), ASKED, "fresh");
    expect(result).toMatchObject({ kind: "failure", failure, error: { sent: "no" } });
    expect(result.error.message).toContain(`: ${words}. `);
  });

  it("only what begins with the proxy's refusal is one", () => {
    expect(toFailure(cause("", "No Proxy here"), ASKED, "fresh").failure).toBe("lost");
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
    ["CERT_HAS_EXPIRED", "final", "TLS"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "final", "TLS"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "final", "TLS"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "final", "TLS"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "final", "TLS"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "final", "TLS"],
    ["EPROTO", "final", "TLS"],
    ["UND_ERR_HEADERS_OVERFLOW", "final", "not HTTP"],
    ["", "lost", "broke"],
  ])("case 39: told in words, and asked again only where that can help (%s, %s)", (code, failure, words) => {
    const error = cause(code);
    const result = toFailure(error, ASKED, "fresh");
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
      const result = toFailure(cause(code), ASKED, "stale");
      expect(result.failure).toBe("timeout");
      expect(result.error).toBeInstanceOf(TimeoutError);
    },
  );

  it("case 42: only a broken connection can be a stale one", () => {
    expect(toFailure(cause("ECONNRESET"), ASKED, "stale").failure).toBe("stale");
    expect(toFailure(cause("ECONNREFUSED"), ASKED, "stale").failure).toBe("refused");
  });

  it("a proxy that says no and a status that nobody asked for are not repeated", () => {
    expect(toFailure(cause("UND_ERR_ABORTED", "Proxy response (403) !== 200"), ASKED, "fresh").failure).toBe(
      "final",
    );
    const odd = toFailure(cause("UND_ERR_SOCKET", "bad upgrade"), ASKED, "fresh");
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
    expect(toFailure(parser("does not match (Expected HTTP/)"), ASKED, "fresh").failure).toBe("final");
    const cut = toFailure(parser("does not match (Invalid EOF state)"), ASKED, "fresh");
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
