import { describe, expect, it } from "vitest";
import { tokenLife } from "../../../src/patience/token-life.ts";

describe("the life of a token", () => {
  const now = Date.UTC(2026, 10, 23);
  const jwt = (payload: unknown) => `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.sig`;

  it.each([
    ["an hour, by expires_in", { token: "opaque", expiresIn: 3_600 }, 3_540_000, 3_600_000],
    ["a minute", { token: "opaque", expiresIn: 60 }, 54_000, 60_000],
    ["by the JWT's exp", { token: jwt({ exp: now / 1_000 + 1_200 }), expiresIn: null }, 1_140_000, 1_200_000],
    ["expires_in before exp", { token: jwt({ exp: now / 1_000 + 9_999 }), expiresIn: 600 }, 540_000, 600_000],
  ])("is known: %s", (_what, facts, renewAfterMs, endsAfterMs) => {
    expect(tokenLife({ ...facts, now })).toEqual({ renewAfterMs, endsAfterMs });
  });

  it.each([
    ["nothing said", { token: "opaque", expiresIn: null }],
    ["nonsense", { token: jwt({ exp: "soon" }), expiresIn: 0 }],
    ["an exp in text", { token: jwt({ exp: String(now / 1_000 + 1_200) }), expiresIn: null }],
    ["no JSON inside", { token: "a.b.c", expiresIn: null }],
    ["a JWT of null", { token: jwt(null), expiresIn: -5 }],
    ["an exp in the past", { token: jwt({ exp: 1 }), expiresIn: null }],
  ])("is not known: it is renewed as if it were 5 minutes, and has no end (%s)", (_what, facts) => {
    expect(tokenLife({ ...facts, now })).toEqual({ renewAfterMs: 270_000, endsAfterMs: null });
  });
});
