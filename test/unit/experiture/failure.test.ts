import { describe, expect, it } from "vitest";
import { ApiResponseError, NetworkError, TimeoutError } from "../../../src/errors.ts";
import { toFailure, tookTooLong, tooLarge } from "../../../src/experiture/failure.ts";

const ASKED = { label: "GET /campaigns/x/summary", origin: "https://api.example" };

function cause(code: string, message = "as the system says"): Error {
  return Object.assign(new Error(message), { code });
}

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
    expect(tookTooLong(ASKED, 60_000).error.message).toContain("within 60 s");
    const large = tooLarge(ASKED, { status: 200, correlationId: "c", maxBytes: 10 });
    expect(large).toMatchObject({ failure: "final", error: { status: 200, correlationId: "c" } });
  });
});
