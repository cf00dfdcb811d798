import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/domain/errors.ts";
import { redactAnswer } from "../../../src/experiture/answers.ts";
import { proxyFor } from "../../../src/http/proxy.ts";
import { createSecrets } from "../../../src/http/secrets.ts";
import { isLoopback, normalizeApiUrl, normalizeTokenUrl } from "../../../src/http/url.ts";
import { describe as inWords, printable, quote } from "../../../src/text/quote.ts";

function usageError(action: () => unknown): UsageError {
  try {
    action();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("No error.");
}

describe("URLs that credentials may go to", () => {
  it.each([
    "https://api.experiture.ai/public/v1",
    "https://10.0.0.1",
    "http://127.0.0.1:4010/public/v1",
    "http://127.9.9.9",
    "http://127.123.123.123",
    "http://127.1",
    "http://[::1]:80/x",
    "http://LOCALHOST:1",
  ])("%s is safe", (text) => {
    expect(normalizeTokenUrl(text, "The URL")).toBe(new URL(text).href);
  });

  it.each([
    "http://api.experiture.ai/public/v1",
    "http://128.0.0.1",
    "http://x127.0.0.1",
    "http://0.0.0.0",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://notlocalhost",
    "http://[::ffff:127.0.0.1]",
    "ftp://127.0.0.1/",
    "file:///etc/hosts",
    "javascript:alert(1)",
    "api.experiture.ai",
    "//api.experiture.ai",
    "https://",
    "",
    "https://api.example/v1?x=1",
    "https://api.example/v1?",
    "https://api.example/v1#top",
    "https://api.example/ v1",
    "https://api.example/\u0000",
    "https://api.exa\tmple/",
    "https://api.example\n",
  ])("%j is not", (text) => {
    expect(usageError(() => normalizeTokenUrl(text, "The URL")).message).toContain("The URL");
  });

  it.each([
    ["https://bob@api.example", "has a user name or password in it.", "Give the URL without it; credentials"],
    [
      "https://:pass@api.example",
      "has a user name or password in it.",
      "Give the URL without it; credentials",
    ],
    ["https://api.example?", "has a query or fragment in it.", "Give the URL without ? and #."],
    [
      "http://api.example/x",
      'is "http://api.example", where credentials would not be safe.',
      "Use https; plain",
    ],
    ["javascript:alert(1)", 'is "javascript:", where credentials would not be safe.', "Use https; plain"],
    ["nonsense", "is not a URL.", "It looks like https://login.example.com/"],
  ])("says what is wrong with %s and how to mend it", (text, message, hint) => {
    const error = usageError(() => normalizeTokenUrl(text, "The URL"));
    expect(error.message).toBe(`The URL ${message}`);
    expect(error.hint).toContain(hint);
  });

  it("names the API only where the API's URL is wrong", () => {
    const api = usageError(() => normalizeApiUrl("nonsense", "EXPERITURE_API_URL"));
    expect(api.hint).toBe("It looks like https://api.experiture.ai/public/v1.");
    expect(usageError(() => normalizeTokenUrl("nonsense", "EXPERITURE_TOKEN_URL")).hint).not.toContain(
      "api.",
    );
  });

  it("never repeats user info or a query", () => {
    for (const text of [
      "https://bob:hunter2hunter2@api.example",
      "https://x.example/?token=hunter2hunter2",
    ]) {
      const error = usageError(() => normalizeTokenUrl(text, "The URL"));
      expect(error.message + error.hint).not.toContain("hunter2");
    }
  });

  it("has one form, without a slash at the end", () => {
    expect(normalizeApiUrl("https://API.example:443/public/v1//", "The URL")).toBe(
      "https://api.example/public/v1",
    );
    expect(normalizeApiUrl("http://127.0.0.1:4010", "The URL")).toBe("http://127.0.0.1:4010");
  });

  it("knows this machine", () => {
    expect(isLoopback(new URL("https://localhost/"))).toBe(true);
    expect(isLoopback(new URL("https://example.org/"))).toBe(false);
  });
});

describe("proxy settings", () => {
  const https = new URL("https://api.example/");
  it("come from either case, lower case first, and only when one can apply", () => {
    expect(proxyFor(https, {})).toBeNull();
    expect(proxyFor(https, { HTTPS_PROXY: "", https_proxy: undefined })).toBeNull();
    const both = {
      HTTPS_PROXY: "http://big:1",
      https_proxy: " http://small:2/ ",
      HTTP_PROXY: "http://plain:3",
    };
    expect(proxyFor(https, both)).toEqual({
      url: new URL("http://small:2"),
      variable: "https_proxy",
      authorization: null,
      secrets: [],
    });
    expect(proxyFor(https, { HTTP_PROXY: "http://plain:1" })?.variable).toBe("HTTP_PROXY");
    expect(proxyFor(new URL("http://api.example"), { HTTPS_PROXY: "http://p:1" })).toBeNull();
  });

  it.each([
    ["http://jo:pass@p:1", "jo:pass"],
    ["http://jo%40corp:a%2Fb@p:1", "jo@corp:a/b"],
    ["http://jo@p:1", "jo:"],
  ])("%s: user name and password go into a header, and nowhere else", (HTTPS_PROXY, plain) => {
    const basic = Buffer.from(plain).toString("base64");
    const proxy = proxyFor(https, { HTTPS_PROXY });
    expect(proxy?.authorization).toBe(`Basic ${basic}`);
    expect(proxy?.url.href).toBe("http://p:1/");
    expect(proxy?.secrets).toContain(basic);
  });

  it.each([
    ["api.example", true],
    [".example", true],
    ["*.example", true],
    ["other, API.EXAMPLE", true],
    ["a b api.example:443", true],
    ["*", true],
    ["api.example:8443", false],
    ["pi.example", false],
    ["www.api.example", false],
    [" , ", false],
    [".", false],
  ])("NO_PROXY=%s: asked directly? %s", (NO_PROXY, direct) => {
    expect(proxyFor(https, { HTTPS_PROXY: "http://p:1", NO_PROXY }) === null).toBe(direct);
  });

  it("never apply to this machine", () => {
    expect(proxyFor(new URL("http://127.0.0.1:1/"), { HTTP_PROXY: "http://p:1" })).toBeNull();
    expect(proxyFor(new URL("https://localhost:1/"), { HTTPS_PROXY: "http://p:1" })).toBeNull();
  });

  it("are not looked at where NO_PROXY names the server", () => {
    expect(proxyFor(https, { HTTPS_PROXY: "not a URL", NO_PROXY: "api.example" })).toBeNull();
  });

  it.each(["#", "?", "/", "\\"])("a password with %s is refused unrepeated, with how to write it", (sign) => {
    for (const HTTPS_PROXY of [`http://bob:1234${sign}hunter2@p:1`, `http://bob:hunter2${sign}x@p:1`]) {
      const error = usageError(() => proxyFor(https, { HTTPS_PROXY }));
      expect(error.message).toContain("HTTPS_PROXY");
      expect(error.message + error.hint).not.toMatch(/bob|1234|hunter2/);
      expect(error.hint).toMatch(/ # as %23.* \? as %3F.* \/ as %2F/);
    }
  });

  it.each([
    "bob:hunter2hunter2@proxy:1",
    "socks5://proxy:1",
    "http://",
    "http://bob:hunter2%@proxy:1",
    "http://proxy:1/path",
  ])("%s is refused unrepeated", (value) => {
    const error = usageError(() => proxyFor(https, { HTTPS_PROXY: value }));
    expect(error.message).toContain("HTTPS_PROXY");
    expect(error.message + error.hint).not.toContain("hunter2");
  });
});

describe("secrets", () => {
  it("are taken out in every form a server may echo them in", () => {
    const secrets = createSecrets(["abc/def+ghi=12"]);
    secrets.add("Later Token 99");
    const echo =
      "a abc/def+ghi=12 b abc%2Fdef%2Bghi%3D12 c abc\\/def+ghi=12 d Later Token 99 e Later+Token+99 f Later%20Token%2099";
    expect(secrets.redact(echo)).toBe("a [secret] b [secret] c [secret] d [secret] e [secret] f [secret]");
  });

  it("are taken out where JSON hides a character of theirs", () => {
    const { redact } = createSecrets(["abc/def+ghi=12"]);
    const body = String.raw`{"error":{"message":"bad abc/def\u002Bghi\u003D12"}}`;
    const clean = redactAnswer({ kind: "answer", status: 400, headers: {}, body }, redact);
    expect(clean.body).toBe('{"error":{"message":"bad [secret]"}}');
  });

  it("leave ordinary words alone", () => {
    const secrets = createSecrets(["draft", ""]);
    expect(secrets.redact('{"authoringStatus":"draft"}')).toBe('{"authoringStatus":"draft"}');
  });
});

describe("quotes", () => {
  it("cut whole characters and mark the cut", () => {
    expect(quote("short")).toBe('"short"');
    expect(quote("😀".repeat(81))).toBe(`"${"😀".repeat(80)}…"`);
    expect(quote("x".repeat(10_000))).toHaveLength(83);
  });

  it("show what cannot be seen", () => {
    expect(quote("a\u0000b\u200bc\u2028d\ud800e")).toBe('"a\\u{0}b\\u{200B}c\\u{2028}d\\u{D800}e"');
    expect(quote("Grüße, 日本 😀")).toBe('"Grüße, 日本 😀"');
    expect(printable(` id\u001b[2J${"x".repeat(300)}`)).toHaveLength(128);
  });

  it("name any JSON value without walking into it", () => {
    expect([undefined, null, [1, 2], {}, "t", 3, true].map(inWords)).toEqual([
      "nothing",
      "null",
      "a list of 2",
      "an object",
      '"t"',
      "3",
      "true",
    ]);
  });
});
