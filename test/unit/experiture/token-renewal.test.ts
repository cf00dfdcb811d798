import { describe, expect, it } from "vitest";
import { AccessError, NetworkError } from "../../../src/domain/errors.ts";
import { createTokenSession } from "../../../src/experiture/token.ts";
import { createRenewingSource } from "../../../src/experiture/token-renewal.ts";
import type { FreshToken } from "../../../src/patience/token-life.ts";
import { caller, HOUR, LIMITS, openAccepted, openSession, settle } from "../../support/api/token-session.ts";
import { virtualClock } from "../../support/clocks/virtual-clock.ts";

const DOWN = new NetworkError("down");
const REFUSED = new AccessError("refused", {
  method: "POST",
  path: "/token",
  status: 401,
  code: "invalid_client",
  correlationId: null,
});

/** Calls that each send for 100 ms, one after another, for a while, and the token endpoint as it is at each time. */
async function play(played: {
  readonly forMs: number;
  readonly life: { readonly renewAfterMs: number; readonly endsAfterMs: number | null };
  readonly endpoint: (now: number) => Error | null;
  /** When the API stops to take each token, in ms since it was got. */
  readonly takenForMs?: number;
}) {
  const clock = virtualClock();
  const end = new AbortController();
  const got = new Map<string, number>();
  let asked = 0;
  const fetchToken = async (): Promise<FreshToken> => {
    asked += 1;
    await clock.sleep(50);
    const failure = played.endpoint(clock.monotonic());
    if (failure !== null) throw failure;
    const value = `token-${got.size + 1}`;
    got.set(value, clock.monotonic());
    return { value, ...played.life };
  };
  const session = createTokenSession((changed) =>
    createRenewingSource({ fetchToken, clock, limits: LIMITS, signal: end.signal }, changed),
  );
  const results: { readonly at: number; readonly outcome: string }[] = [];
  const perform = async (): Promise<string> => {
    const call = {};
    for (;;) {
      const leased = await session.lease(call);
      if (leased.kind === "refused") return leased.cause;
      await clock.sleep(100);
      const taken = clock.monotonic() - (got.get(leased.lease.value) ?? 0) < (played.takenForMs ?? Infinity);
      if (taken) session.accepted(leased.lease);
      else session.rejected(leased.lease);
      session.release(leased.lease);
      if (taken) return leased.lease.value;
    }
  };
  const work = async (): Promise<void> => {
    while (clock.monotonic() < played.forMs) {
      const outcome = await perform().catch((error: Error) => error.message);
      results.push({ at: clock.monotonic(), outcome });
      if (!outcome.startsWith("token")) await clock.sleep(1_000);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  const failed = results.filter(({ outcome }) => !outcome.startsWith("token"));
  const longestMs = results.reduce(
    (most, { at }, index) => Math.max(most, at - (results[index - 1]?.at ?? at)),
    0,
  );
  return { failed, longestMs, asked, tokens: got.size };
}

const downFrom = (from: number, until: number) => (now: number) => (now >= from && now < until ? DOWN : null);
const LIFE = { renewAfterMs: 60_000, endsAfterMs: 90_000 };

describe("a token inside its margin", () => {
  it("is used while one new token is fetched, which is used as soon as it is there", async () => {
    const { session, clock, asked } = await openAccepted();
    clock.advance(HOUR - 60_001);
    clock.setWall(0);
    expect(await caller(session).ask()).toBe("token-1");
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await caller(session).ask()).toBe("token-1");
    expect(await caller(session).ask()).toBe("token-1");
    expect(asked).toHaveLength(2);
    asked[1]?.give();
    await settle();
    expect(await caller(session).ask()).toBe("token-2");
  });

  it("case 31: disturbs nobody when the token endpoint is down for 25 s: no call waits, none is lost", async () => {
    const { failed, longestMs, asked, tokens } = await play({
      forMs: 100_000,
      life: LIFE,
      endpoint: downFrom(60_000, 85_000),
    });
    expect(failed).toEqual([]);
    expect(longestMs).toBeLessThanOrEqual(200);
    expect(tokens).toBe(2);
    // 1 s, 2 s, 4 s, then every 5 s.
    expect(asked).toBeLessThanOrEqual(2 + 8);
  });

  it("is used to its end when the client is refused; then that is the answer, and nobody asks again", async () => {
    const { session, clock, asked } = await openAccepted();
    clock.advance(HOUR - 30_000);
    await caller(session).ask();
    asked[1]?.fail(REFUSED);
    await settle();
    expect(await caller(session).ask()).toBe("token-1");
    clock.advance(30_000);
    expect(await caller(session).ask()).toBe("refused");
    clock.advance(24 * HOUR);
    expect(await caller(session).ask()).toBe("refused");
    expect(asked).toHaveLength(2);
  });

  it("that is replaced and refused later costs nothing: the repeat gets the new one", async () => {
    const { session, clock, asked } = await openAccepted();
    const late = caller(session);
    clock.advance(HOUR - 60_000);
    await late.ask();
    asked[1]?.give();
    await settle();
    expect(await late.rejectedAndAsks()).toBe("token-2");
    expect(await caller(session).ask()).toBe("token-2");
    expect(asked).toHaveLength(2);
  });
});

describe("past the end of a token", () => {
  it("case 31: calls wait while the token endpoint is down, and none is lost", async () => {
    const { failed, longestMs, tokens } = await play({
      forMs: 150_000,
      life: { renewAfterMs: 60_000, endsAfterMs: 61_000 },
      endpoint: downFrom(60_000, 85_000),
    });
    expect(failed).toEqual([]);
    expect(longestMs).toBeGreaterThan(20_000);
    expect(longestMs).toBeLessThan(31_000);
    expect(tokens).toBe(3);
  });

  it("calls wait too where the API ended it early, and a life that nobody told ends with a 401 alone", async () => {
    const { failed, tokens } = await play({
      forMs: 200_000,
      life: { renewAfterMs: 270_000, endsAfterMs: null },
      endpoint: downFrom(60_000, 85_000),
      takenForMs: 60_000,
    });
    expect(failed).toEqual([]);
    expect(tokens).toBe(3);
  });

  it("case 31: tokens that end half a second early, again and again, lose no call", async () => {
    const { failed, tokens } = await play({
      forMs: 60_000,
      life: { renewAfterMs: 4_800, endsAfterMs: 5_000 },
      endpoint: () => null,
      takenForMs: 4_300,
    });
    expect(failed).toEqual([]);
    expect(tokens).toBeLessThanOrEqual(15);
  });

  it("calls are told the failure after the patience, and later ones at once until it is time to ask again", async () => {
    const { failed, asked } = await play({
      forMs: 300_000,
      life: LIFE,
      endpoint: downFrom(60_000, 250_000),
    });
    const [first] = failed;
    expect(first?.outcome).toBe("down");
    // 90 s, when the token ends, and the 120 s of patience.
    expect(first?.at).toBeGreaterThanOrEqual(210_000);
    expect(first?.at).toBeLessThan(220_000);
    expect(failed.filter(({ at }) => at > 257_000)).toEqual([]);
    expect(asked).toBeLessThan(60);
  });

  it("a refused client is the answer at once", async () => {
    const { session, clock, asked } = await openAccepted();
    clock.advance(HOUR);
    const waiting = caller(session);
    expect(await waiting.ask()).toBe("waits");
    asked[1]?.fail(REFUSED);
    await settle();
    expect(waiting.state()).toBe("refused");
    expect(await caller(session).ask()).toBe("refused");
    expect(asked).toHaveLength(2);
  });
});

describe("the first token of a run", () => {
  it("that cannot be had is the answer for everybody for a while, and then asked for again", async () => {
    const { session, clock, asked } = openSession();
    const [one, two] = [caller(session), caller(session)];
    await one.ask();
    await two.ask();
    asked[0]?.fail(DOWN);
    await settle();
    expect([one.state(), two.state()]).toEqual(["down", "down"]);
    clock.advance(LIMITS.coolDownMs - 1);
    expect(await caller(session).ask()).toBe("down");
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await one.ask()).toBe("waits");
    asked[1]?.give();
    await settle();
    expect(one.state()).toBe("token-2");
  });

  it("that comes late is used, however short its life", async () => {
    const { session, clock, asked } = openSession();
    const call = caller(session);
    await call.ask();
    clock.advance(HOUR);
    asked[0]?.give({ renewAfterMs: 900, endsAfterMs: 1_000 });
    await settle();
    expect(call.state()).toBe("token-1");
    expect(asked).toHaveLength(1);
  });
});

describe("the end of the run", () => {
  it("ends the wait of all, in a pause and in a request, and nothing is asked any more", async () => {
    const clock = virtualClock();
    const end = new AbortController();
    let asked = 0;
    const fetchToken = async (): Promise<FreshToken> => {
      asked += 1;
      if (asked > 1) throw DOWN;
      return { value: "token-1", renewAfterMs: 1, endsAfterMs: 10 };
    };
    const session = createTokenSession((changed) =>
      createRenewingSource({ fetchToken, clock, limits: LIMITS, signal: end.signal }, changed),
    );
    const first = caller(session);
    await first.ask();
    await first.accepted();
    await clock.sleep(20);
    const waiting = caller(session);
    expect(await waiting.ask()).toBe("waits");
    end.abort(new Error("closed"));
    await settle();
    expect(waiting.state()).toBe("closed");
    expect(await caller(session).ask()).toBe("closed");
    expect(asked).toBe(2);
  });

  it("leaves no rejection behind when a request in the background fails after it", async () => {
    const { session, clock, asked, end } = await openAccepted();
    clock.advance(HOUR - 1_000);
    expect(await caller(session).ask()).toBe("token-1");
    end.abort(new Error("closed"));
    // An unhandled rejection would fail the test run.
    asked[1]?.fail(new Error("closed"));
    await settle();
    clock.advance(10_000);
    expect(await caller(session).ask()).toBe("closed");
    expect(asked).toHaveLength(2);
  });
});
