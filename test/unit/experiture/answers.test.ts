import { describe, expect, it } from "vitest";
import { accessErrorOf, answerFactsOf, redactAnswer, refusalOf } from "../../../src/experiture/answers.ts";
import type { HttpAnswer } from "../../../src/http/http.ts";
import { createSecrets } from "../../../src/http/secrets.ts";

const CALL = { method: "GET", path: "/campaigns/1/summary" };

function refused(code: string, correlationId: string): HttpAnswer {
  const body = JSON.stringify({ success: false, error: { code }, correlationId });
  return { kind: "answer", status: 422, headers: {}, body };
}

it("a code or an id of nothing but blanks is none", () => {
  expect(refusalOf(refused(" \n", " "), CALL)).toMatchObject({ code: "http-422", correlationId: null });
  expect(refusalOf(refused(" \n", " "), CALL).message).toMatch(
    /^GET \/campaigns\/1\/summary was refused: 422, "/,
  );
  expect(
    answerFactsOf({ ...refused("X", ""), headers: { "x-correlation-id": " " } }).correlationId,
  ).toBeNull();
});

it("a code and an id are told without what cannot be seen", () => {
  expect(refusalOf(refused(" X.Y\u202e ", "r-1\u001b"), CALL)).toMatchObject({
    code: "X.Y\\u{202E}",
    correlationId: "r-1\\u{1B}",
  });
});

it("secrets are taken out where JSON hides a character of theirs", () => {
  const { redact } = createSecrets(["abc/def+ghi=12"]);
  const body = String.raw`{"error":{"message":"bad abc/def\u002Bghi\u003D12"}}`;
  const clean = redactAnswer({ kind: "answer", status: 400, headers: {}, body }, redact);
  expect(clean.body).toBe('{"error":{"message":"bad [secret]"}}');
});

const READ = { ...CALL, method: "GET" as const, scope: "campaigns:read" as const };

/** Whoever stands before the API says no in a form of its own. */
describe("a body that is no envelope", () => {
  const bodyOf = (status: number, body: string): HttpAnswer => ({
    kind: "answer",
    status,
    headers: {},
    body,
  });
  it.each([
    ['{"message":"Your IP is not allowed"}', '403, "Your IP is not allowed"'],
    [
      '{"title":"Bad request","detail":"workspace is suspended"}',
      '403, "Bad request: workspace is suspended"',
    ],
    ['{"type":"about:blank","title":"Forbidden.","status":403}', '403, "Forbidden"'],
    ['{"detail":"plan expired"}', '403, "plan expired"'],
    ['{"error":"Forbidden","message":"no"}', '403 Forbidden, "no"'],
    ['{"why":"because"}', '403, "{"why":"because"}"'],
    ["<html>\n  <title>Blocked</title>\r\n</html>", '403, "<html> <title>Blocked</title> </html>"'],
    ["a\u001b[31mb\u202ec", '403, "a\\u{1B}[31mb\\u{202E}c"'],
    [" \n ", "403"],
  ])("%j is shown: %s", (body, words) => {
    expect(refusalOf(bodyOf(403, body), CALL).message).toBe(
      `GET /campaigns/1/summary was refused: ${words}.`,
    );
  });

  it("is cut, and what is not text is left out", () => {
    const { message } = refusalOf(bodyOf(403, "x".repeat(9_999)), CALL);
    expect(message).toContain(`"${"x".repeat(200)}…"`);
    expect(refusalOf({ ...bodyOf(403, ""), body: null }, CALL).message).toBe(
      "GET /campaigns/1/summary was refused: 403.",
    );
  });

  it.each([
    '{"message":"Your IP is not allowed"}',
    "<html>blocked</html>",
    '{"error":{"code":"WAF.BLOCKED","message":"no"}}',
  ])("403 with %s: a missing scope is one of several causes", (body) => {
    const { message } = accessErrorOf(bodyOf(403, body), READ, "token");
    expect(message).toContain("Nothing in it says that a scope is missing.");
    expect(message).toMatch(/firewall or proxy.*IP address.*scope campaigns:read/);
    expect(message).not.toContain("needs the scope");
  });

  it.each(["JOURNEY_API.AUTH.INSUFFICIENT_SCOPE", "CDP_ETL.AUTH.FORBIDDEN", "insufficient_scope"])(
    "403 with %s: the scope is missing",
    (code) => {
      const { message } = accessErrorOf(bodyOf(403, JSON.stringify({ error: { code } })), READ, "token");
      expect(message).toContain("Reading campaigns needs the scope campaigns:read: give it");
    },
  );

  it("401 without a code of the API may be of somebody in between", () => {
    const words = "it may also be of a firewall or proxy in between";
    expect(accessErrorOf(bodyOf(401, "<html>blocked</html>"), READ, "token").message).toContain(words);
    expect(accessErrorOf(refused("X.UNAUTHORIZED", "c"), READ, "token").message).not.toContain(words);
  });
});
