import { describe, expect, it } from "vitest";
import { isLoopback, normalizeApiUrl, normalizeTokenUrl } from "../../../src/http/url.ts";
import { usageErrorOf } from "../../support/usage-error.ts";

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
    expect(usageErrorOf(() => normalizeTokenUrl(text, "The URL")).message).toContain("The URL");
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
    const error = usageErrorOf(() => normalizeTokenUrl(text, "The URL"));
    expect(error.message).toBe(`The URL ${message}`);
    expect(error.hint).toContain(hint);
  });

  it("names the API only where the API's URL is wrong", () => {
    const api = usageErrorOf(() => normalizeApiUrl("nonsense", "EXPERITURE_API_URL"));
    expect(api.hint).toBe("It looks like https://api.experiture.ai/public/v1.");
    expect(usageErrorOf(() => normalizeTokenUrl("nonsense", "EXPERITURE_TOKEN_URL")).hint).not.toContain(
      "api.",
    );
  });

  it("never repeats user info or a query", () => {
    for (const text of [
      "https://bob:hunter2hunter2@api.example",
      "https://x.example/?token=hunter2hunter2",
    ]) {
      const error = usageErrorOf(() => normalizeTokenUrl(text, "The URL"));
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
