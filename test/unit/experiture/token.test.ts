import { describe, expect, it } from "vitest";
import { AccessError, NetworkError } from "../../../src/errors.ts";
import { createClientSession, createReadySession, type FreshToken } from "../../../src/experiture/token.ts";
import { renewAfterMs } from "../../../src/experiture/token-life.ts";
import { createInstantClock } from "./instant-clock.ts";

const HOUR = 3_600_000;

/** A session whose endpoint is answered by hand, request by request. */
function session(life = HOUR) {
  const clock = createInstantClock();
  const asked: { give: (value?: string) => void; fail: (error: Error) => void }[] = [];
  const fetchToken = () =>
    new Promise<FreshToken>((resolve, reject) => {
      const index = asked.length + 1;
      asked.push({
        give: (value = `token-${index}`) => resolve({ value, renewAfterMs: life }),
        fail: reject,
      });
    });
  return { clock, asked, session: createClientSession(fetchToken, clock, 5_000) };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

async function openedSession() {
  const parts = session();
  const first = parts.session.lease();
  parts.asked[0]?.give();
  const lease = await first;
  parts.session.accepted(lease);
  parts.session.release(lease);
  return { ...parts, lease };
}

describe("a ready token", () => {
  it("is lent as it is, and its refusal is final", async () => {
    const ready = createReadySession("secret");
    const lease = await ready.lease();
    ready.accepted(lease);
    ready.release(lease);
    expect(lease.value).toBe("secret");
    expect(ready.rejected(lease)).toBe("final");
  });
});

describe("tokens from the endpoint", () => {
  it("are asked for once by all who wait, and kept until it is time to renew", async () => {
    const { session: tokens, asked, clock } = session();
    const waiting = [tokens.lease(), tokens.lease(), tokens.lease()];
    expect(asked).toHaveLength(1);
    asked[0]?.give();
    expect((await Promise.all(waiting)).map((lease) => lease.value)).toEqual([
      "token-1",
      "token-1",
      "token-1",
    ]);
    clock.advance(HOUR - 1);
    clock.setWall(0);
    expect((await tokens.lease()).value).toBe("token-1");
    clock.advance(1);
    const renewed = tokens.lease();
    asked[1]?.give();
    expect((await renewed).value).toBe("token-2");
  });

  it("case 31: after a 401 renewed once for all; one request tries the new token while the others wait", async () => {
    const { session: tokens, asked, lease } = await openedSession();
    expect([tokens.rejected(lease), tokens.rejected(lease)]).toEqual(["renewed", "renewed"]);
    const got: string[] = [];
    const [probe, second, third] = [1, 2, 3].map((name) =>
      tokens.lease().then((each) => {
        got.push(`${name}:${each.value}`);
        return each;
      }),
    );
    asked[1]?.give();
    await settle();
    expect(asked).toHaveLength(2);
    expect(got).toEqual(["1:token-2"]);
    const tried = await probe;
    if (tried === undefined) throw new Error("No probe.");
    tokens.accepted(tried);
    tokens.release(tried);
    await Promise.all([second, third]);
    expect(got).toEqual(["1:token-2", "2:token-2", "3:token-2"]);
  });

  it("a refused trial is final; a trial without verdict lets the next one try", async () => {
    const { session: tokens, asked, lease } = await openedSession();
    tokens.rejected(lease);
    const first = tokens.lease();
    const second = tokens.lease();
    asked[1]?.give();
    tokens.release(await first);
    const probe = await second;
    expect(tokens.rejected(probe)).toBe("final");
    expect(asked).toHaveLength(2);
  });

  it("a late 401 for an older token asks for nothing new", async () => {
    const { session: tokens, asked, lease } = await openedSession();
    tokens.rejected(lease);
    const next = tokens.lease();
    asked[1]?.give();
    const probe = await next;
    tokens.accepted(probe);
    tokens.release(probe);
    tokens.accepted(lease);
    expect(tokens.rejected(lease)).toBe("renewed");
    expect((await tokens.lease()).value).toBe("token-2");
    expect(asked).toHaveLength(2);
  });

  it("a failing endpoint is asked again only after a pause, a refusing one never", async () => {
    const { session: tokens, asked, clock } = session();
    const down = new NetworkError("down");
    const first = tokens.lease();
    asked[0]?.fail(down);
    await expect(first).rejects.toBe(down);
    await expect(tokens.lease()).rejects.toBe(down);
    expect(asked).toHaveLength(1);
    clock.advance(5_000);
    const refusal = new AccessError("no", {
      method: "POST",
      path: "/token",
      status: 401,
      code: "invalid_client",
      correlationId: null,
    });
    const second = tokens.lease();
    asked[1]?.fail(refusal);
    await expect(second).rejects.toBe(refusal);
    clock.advance(24 * HOUR);
    await expect(tokens.lease()).rejects.toBe(refusal);
    expect(asked).toHaveLength(2);
  });

  it("the signal ends one wait, not the request that others wait for", async () => {
    const { session: tokens, asked } = session();
    const stop = new AbortController();
    const mine = tokens.lease(stop.signal);
    const other = tokens.lease();
    stop.abort(new Error("stopped"));
    await expect(mine).rejects.toThrow("stopped");
    await expect(tokens.lease(stop.signal)).rejects.toThrow("stopped");
    asked[0]?.give();
    expect((await other).value).toBe("token-1");
  });
});

describe("when to renew", () => {
  const now = Date.UTC(2026, 10, 23);
  const jwt = (payload: unknown) => `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.sig`;
  it.each([
    ["an hour, by expires_in", { token: "opaque", expiresIn: 3_600 }, 3_540_000],
    ["a minute", { token: "opaque", expiresIn: 60 }, 54_000],
    ["by the JWT's exp", { token: jwt({ exp: now / 1_000 + 1_200 }), expiresIn: null }, 1_140_000],
    ["expires_in before exp", { token: jwt({ exp: now / 1_000 + 9_999 }), expiresIn: 600 }, 540_000],
    ["nothing known", { token: "opaque", expiresIn: null }, 270_000],
    ["nonsense", { token: jwt({ exp: "soon" }), expiresIn: 0 }, 270_000],
    ["no JSON inside", { token: "a.b.c", expiresIn: null }, 270_000],
    ["a JWT of null", { token: jwt(null), expiresIn: -5 }, 270_000],
    ["an exp in the past", { token: jwt({ exp: 1 }), expiresIn: null }, 270_000],
  ])("%s", (_what, facts, expected) => {
    expect(renewAfterMs({ ...facts, now })).toBe(expected);
  });
});
