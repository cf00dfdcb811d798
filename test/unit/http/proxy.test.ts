import { describe, expect, it } from "vitest";
import { proxyFor } from "../../../src/http/proxy.ts";
import { usageErrorOf } from "../../support/usage-error.ts";

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
      const error = usageErrorOf(() => proxyFor(https, { HTTPS_PROXY }));
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
    const error = usageErrorOf(() => proxyFor(https, { HTTPS_PROXY: value }));
    expect(error.message).toContain("HTTPS_PROXY");
    expect(error.message + error.hint).not.toContain("hunter2");
  });
});
