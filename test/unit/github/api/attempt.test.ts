import { describe, expect, test } from "vitest";
import { sortAnswer, sortSilence, sortSuccess } from "../../../../src/github/api/attempt.ts";
import type { AskedGitHub } from "../../../../src/github/run/github-error.ts";

const ASKED: AskedGitHub = { label: "GET /x", origin: "https://api.github.com", permission: null };
const NOW = Date.UTC(2026, 10, 24, 10);
const SPENT = { "x-ratelimit-remaining": "0" };

describe("answers that say no", () => {
  test.each([
    ["429 with seconds", 429, { "retry-after": "7" }, "", 7_000],
    ["429 without a word", 429, {}, "", 60_000],
    ["429 with a date, which GitHub does not send", 429, { "retry-after": "soon" }, "", 60_000],
    ["403 with seconds", 403, { "retry-after": "0" }, "", 0],
    ["403 of the secondary limit", 403, {}, "You have exceeded a secondary rate limit", 60_000],
    ["403 of old servers", 403, {}, "You have triggered an abuse detection mechanism", 60_000],
    ["a reset by our clock", 403, { ...SPENT, "x-ratelimit-reset": String(NOW / 1_000 + 9) }, "", 10_000],
    ["a reset that is past", 403, { ...SPENT, "x-ratelimit-reset": "5" }, "", 1_000],
    ["no reset", 403, SPENT, "", 60_000],
  ])("%s is a limit", (_, status, headers, said, waitMs) => {
    expect(sortAnswer({ status, headers, said }, ASKED, NOW)).toMatchObject({ kind: "limited", waitMs });
  });

  test.each([400, 401, 403, 404, 409, 410, 422])("%i is final", (status) => {
    const headers = { "x-ratelimit-remaining": "12", "x-ratelimit-reset": "5" };
    expect(sortAnswer({ status, headers, said: "No" }, ASKED, NOW)).toMatchObject({
      kind: "settled",
      error: { status, request: "GET /x", message: expect.stringContaining('("No")') },
    });
  });

  test.each([
    [403, "Unable to create comment because issue is locked.", "The conversation is locked"],
    [403, "Commenting is disabled on issues with more than 2500 comments", "has 2,500 comments"],
    [422, "Commenting is disabled on issues with more than 2,500 comments", "has 2,500 comments"],
  ])("%i: %s, for which no permission helps", (status, said, expected) => {
    const asked = { ...ASKED, permission: "issues: write" } as const;
    const { error } = sortAnswer({ status, headers: {}, said }, asked, NOW);
    expect(error).toMatchObject({ reason: "forbidden", message: expect.stringContaining(expected) });
    expect(error.message).not.toContain("issues: write");
  });

  test.each([500, 502, 503, 504])("%i is uncertain", (status) => {
    expect(sortAnswer({ status, headers: {}, said: "" }, ASKED, NOW).kind).toBe("uncertain");
  });

  test("nothing invisible of an answer reaches the message", () => {
    const said = "\u202Eevil\u0000\n::error::x";
    const { message } = sortAnswer({ status: 422, headers: {}, said }, ASKED, NOW).error;
    expect(message).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });
});

describe("no answer", () => {
  test("in time", () => {
    const timeout = new DOMException("The operation was aborted due to timeout", "TimeoutError");
    expect(sortSilence(timeout, ASKED)).toMatchObject({
      kind: "uncertain",
      error: { status: null, message: expect.stringContaining("within 30 s") },
    });
  });

  test("says why in words of ours, without the cause", () => {
    const cause = Object.assign(new Error("connect 127.0.0.1 token"), { code: "ECONNREFUSED" });
    const { error } = sortSilence(cause, ASKED);
    expect(error.message).toContain("the connection was refused");
    expect(error.message).not.toContain("token");
    expect(error.cause).toBeUndefined();
  });
});

describe("no answer for a reason that no network has", () => {
  test("what fetch itself minds is told", () => {
    const { kind, error } = sortSilence(new Error("redirect count exceeded"), ASKED);
    expect(kind).toBe("uncertain");
    expect(error.message).toContain(": redirect count exceeded.");
  });

  test("a mistake of ours is thrown on", () => {
    const bug = new TypeError("x is not a function");
    expect(() => sortSilence(bug, ASKED)).toThrow(bug);
  });
});

describe("successes that are none", () => {
  const answer = { kind: "answer", status: 200, headers: {}, data: {} } as const;

  test.each([[""], ["[1,"], [null], [undefined]])("a body of %j was cut off", (data) => {
    expect(sortSuccess({ ...answer, data }, ASKED, NOW)).toMatchObject({ kind: "uncertain" });
  });

  test("GraphQL's rate limit", () => {
    const data = { errors: [null, { type: "RATE_LIMITED" }] };
    expect(sortSuccess({ ...answer, data }, ASKED, NOW)).toMatchObject({ kind: "limited", waitMs: 60_000 });
  });

  test.each([[[]], [{}], [{ errors: "odd" }], [{ errors: [{ type: "NOT_FOUND" }] }]])("not %j", (data) => {
    const good = { ...answer, data };
    expect(sortSuccess(good, ASKED, NOW)).toBe(good);
  });
});
