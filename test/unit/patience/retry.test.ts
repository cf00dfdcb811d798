import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/patience/limits.ts";
import {
  type Attempt,
  type Failure,
  type History,
  isTrouble,
  NO_HISTORY,
  nextStep,
  type Repeat,
  type Step,
} from "../../../src/patience/retry.ts";

const NOW = Date.UTC(2026, 10, 23, 10, 0, 0);

function answer(status: number, retryAfter: string | null = null, serverTime: number | null = NOW): Attempt {
  return { kind: "answer", status, retryAfter, serverTime };
}

function failure(kind: Failure): Attempt {
  return { kind: "failure", failure: kind };
}

function step(
  attempt: Attempt,
  change: { repeat?: Repeat; history?: Partial<History>; elapsedMs?: number; random?: number } = {},
): Step {
  return nextStep({
    attempt,
    repeat: change.repeat ?? "safe",
    history: { ...NO_HISTORY, ...change.history },
    elapsedMs: change.elapsedMs ?? 0,
    now: NOW,
    random: () => change.random ?? 0.5,
    limits: DEFAULT_LIMITS,
  });
}

/** All delays until the call is given up, when every attempt ends the same way. */
function delaysUntilSettled(attempt: Attempt, random: number): number[] {
  const delays: number[] = [];
  let history = NO_HISTORY;
  for (;;) {
    const next = step(attempt, { history, random });
    if (next.kind !== "repeat") return delays;
    delays.push(next.delayMs);
    history = next.history;
    if (delays.length > 50) throw new Error("No end of repeats.");
  }
}

describe("which attempts are repeated", () => {
  it.each([200, 204, 301, 400, 401, 403, 404, 409, 413, 422, 501, 505, 506, 510, 511])(
    "%i is an answer",
    (status) => {
      expect(step(answer(status, "1"))).toEqual({ kind: "settled" });
    },
  );

  it.each([408, 460, 499, 500, 502, 503, 504, 507, 520, 524, 529, 598])(
    "case 37: repeated for a read, never for a write (%i)",
    (status) => {
      expect(step(answer(status)).kind).toBe("repeat");
      expect(step(answer(status), { repeat: "once" })).toEqual({ kind: "settled" });
    },
  );

  it("425 was not processed, so it is repeated for a write too", () => {
    expect(step(answer(425)).kind).toBe("repeat");
    expect(step(answer(425), { repeat: "once" }).kind).toBe("repeat");
  });

  it("case 52: a write is not repeated, it may have been done", () => {
    expect(step(answer(503, "1"), { repeat: "once" })).toEqual({ kind: "settled" });
  });

  it("a 429 is repeated for a write too, since nothing was done", () => {
    expect(step(answer(429, "1"), { repeat: "once" }).kind).toBe("repeat");
  });

  it.each(["refused", "lost", "stale", "timeout", "final", "held-back"] as const)(
    "a write is not repeated after %s",
    (kind) => {
      expect(step(failure(kind), { repeat: "once" })).toEqual({ kind: "settled" });
    },
  );

  it("case 39: what asking again cannot help is not repeated", () => {
    expect(step(failure("final"))).toEqual({ kind: "settled" });
    expect(step(failure("held-back"))).toEqual({ kind: "settled" });
  });
});

describe("how often and after how long", () => {
  it("case 39: a refused connection is given up within 5 s, at the slowest", () => {
    const delays = delaysUntilSettled(failure("refused"), 0.999_999);
    expect(delays).toHaveLength(4);
    expect(delays.reduce((sum, delay) => sum + delay, 0)).toBeLessThan(4_000);
  });

  it("case 37: one campaign is asked 7 times in all, with random pauses that grow, never in a hot loop", () => {
    const delays = delaysUntilSettled(answer(503), 0);
    expect(delays).toEqual([50, 50, 50, 50, 50, 50]);
    const slowest = delaysUntilSettled(answer(503), 1);
    expect(slowest).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
  });

  it("a connection that was lost is made again as often as an answer is asked for again", () => {
    expect(delaysUntilSettled(failure("lost"), 0)).toHaveLength(6);
  });

  it("case 40: a silent server is asked twice", () => {
    expect(delaysUntilSettled(failure("timeout"), 0.5)).toHaveLength(1);
  });

  it("case 42: a stale connection is repeated at once and uncounted, the first time only", () => {
    expect(step(failure("stale"))).toEqual({
      kind: "repeat",
      delayMs: 0,
      history: { ...NO_HISTORY, stale: 1 },
    });
    const again = step(failure("stale"), { history: { stale: 1 } });
    expect(again).toMatchObject({ kind: "repeat", history: { failed: 1, stale: 1 } });
    expect(again.kind === "repeat" && again.delayMs).toBeGreaterThanOrEqual(50);
  });
});

describe("refusals for rate", () => {
  it("waits at least Retry-After, plus a little so that not all come back at once", () => {
    expect(step(answer(429, "2"), { random: 0 })).toMatchObject({ kind: "repeat", delayMs: 2_000 });
    expect(step(answer(429, "2"), { random: 1 })).toMatchObject({ kind: "repeat", delayMs: 2_500 });
  });

  it.each([null, "", "abc", "-1", "0", "Mon, 23 Nov 2026 09:00:00 GMT"])(
    "case 48: our own pace holds, which doubles and is never a hot loop (%j)",
    (header) => {
      expect(step(answer(429, header), { random: 0 })).toMatchObject({ delayMs: 500 });
      expect(step(answer(429, header), { random: 0, history: { throttled: 3 } })).toMatchObject({
        delayMs: 4_000,
      });
      expect(step(answer(429, header), { random: 1, history: { throttled: 40 } })).toMatchObject({
        delayMs: 30_000,
      });
    },
  );

  it("case 49: a wait over the cap is not slept", () => {
    expect(step(answer(429, "86400"))).toEqual({ kind: "come-back", why: "too-long", waitMs: 86_400_000 });
    expect(step(answer(429, "120")).kind).toBe("repeat");
  });

  it("case 50: bounded by the time a call takes, not by a count", () => {
    expect(step(answer(429, "1"), { history: { throttled: 400 }, elapsedMs: 298_000 })).toMatchObject({
      kind: "repeat",
      history: { throttled: 401 },
    });
    expect(step(answer(429, "1"), { random: 0, elapsedMs: 299_000 }).kind).toBe("repeat");
    expect(step(answer(429, "1"), { elapsedMs: 299_500 })).toMatchObject({
      kind: "come-back",
      why: "deadline",
    });
  });

  it("case 52: treated as a refusal for rate, and does not speak against the server", () => {
    expect(step(answer(503, "2"), { random: 0 })).toMatchObject({ kind: "repeat", delayMs: 2_000 });
    expect(step(answer(503, "86400")).kind).toBe("come-back");
    expect(isTrouble(answer(503, "2"), NOW)).toBe(false);
    expect(isTrouble(answer(503), NOW)).toBe(true);
    expect(isTrouble(answer(500), NOW)).toBe(true);
    expect(isTrouble(answer(502, "2"), NOW)).toBe(true);
    expect(isTrouble(answer(501), NOW)).toBe(true);
    expect(isTrouble(answer(408), NOW)).toBe(true);
    expect(isTrouble(answer(425), NOW)).toBe(false);
    expect(isTrouble(answer(429), NOW)).toBe(false);
    expect(isTrouble(answer(404), NOW)).toBe(false);
    expect(isTrouble(failure("lost"), NOW)).toBe(true);
  });
});

describe("Retry-After", () => {
  it("case 47: a date is read against the answer's own clock", () => {
    const hourOff = NOW - 3_600_000;
    const late = nextStep({
      attempt: answer(429, "Mon, 23 Nov 2026 09:00:05 GMT", hourOff),
      repeat: "safe",
      history: NO_HISTORY,
      elapsedMs: 0,
      now: NOW,
      random: () => 0,
      limits: DEFAULT_LIMITS,
    });
    expect(late).toMatchObject({ kind: "repeat", delayMs: 5_000 });
  });

  it("falls back to our clock when the answer has none", () => {
    const next = step(answer(429, "Mon, 23 Nov 2026 10:00:05 GMT", null), { random: 0 });
    expect(next).toMatchObject({ kind: "repeat", delayMs: 5_000 });
  });
});
