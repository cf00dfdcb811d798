import { describe, expect, test } from "vitest";
import { createPace, type Pace } from "../../../../src/patience/pace.ts";

function acceptAt(pace: Pace, sentAt: number, count: number): void {
  for (let sent = 0; sent < count; sent += 1) pace.accepted(sentAt);
}

/** Refused for the first time after 100 ms, with so many accepted before. */
function refusedAfter(accepted: number): Pace {
  const pace = createPace(100);
  acceptAt(pace, 0, accepted);
  pace.refused(100, 100);
  return pace;
}

test("once a request was refused, only the rate holds requests back", () => {
  const pace = createPace(100);
  expect(pace.inFlight()).toBe(8);
  pace.refused(0, 20);
  expect(pace.inFlight()).toBe(100);
});

describe("the first refusal", () => {
  test.each([
    ["nothing: half a request in no time", 0, 2],
    ["one, so the server has nothing in store: four fifths of that rate", 1, 125],
    ["two, which it may have had in store: half a request", 2, 200],
    ["twenty, most of which it had in store: a tenth of that rate", 20, 50],
  ])("after %s", (_, accepted, intervalMs) => {
    expect(refusedAfter(accepted).intervalMs(100)).toBeCloseTo(intervalMs, 6);
  });

  test("of a request that hung counts the five seconds after the last one that was sent", () => {
    const pace = createPace(100);
    acceptAt(pace, 0, 200);
    pace.refused(5_000, 11_000);
    expect(pace.intervalMs(11_000)).toBeCloseTo(10_000 / 20, 6);
  });

  test("after a pause of more than five seconds does not count the pause", () => {
    const pace = createPace(100);
    acceptAt(pace, 0, 100);
    acceptAt(pace, 5_001, 100);
    pace.refused(5_101, 5_101);
    expect(pace.intervalMs(5_101)).toBeCloseTo(100 / 20, 6);
    const slow = createPace(100);
    acceptAt(slow, 0, 100);
    acceptAt(slow, 5_000, 100);
    slow.refused(5_100, 5_100);
    expect(slow.intervalMs(5_100)).toBeCloseTo(5_100 / 20, 6);
  });
});

describe("a later refusal", () => {
  /** Milliseconds between requests after a second refusal, with so many accepted in the 900 ms before it. */
  function intervalAfter(accepted: number): number {
    const pace = refusedAfter(20);
    acceptAt(pace, 200, accepted);
    pace.refused(1_000, 1_000);
    return pace.intervalMs(1_000);
  }

  test("with six accepted since is a measure: the rate falls to no less than a part of it", () => {
    expect(intervalAfter(6)).toBeCloseTo(50 / (0.45 * 2 ** (6 / 9)), 6);
  });

  test("with fewer measures nothing: the rate falls to what was accepted since", () => {
    expect(intervalAfter(5)).toBeCloseTo(900 / 5.5, 6);
  });

  test("with none is answered with the slowest rate, one request a second", () => {
    expect(intervalAfter(0)).toBeCloseTo(1_000, 6);
  });

  test("of what was sent at the old rate says nothing new", () => {
    const pace = refusedAfter(20);
    acceptAt(pace, 200, 30);
    pace.refused(1_000, 1_000);
    const rate = pace.intervalMs(1_000);
    pace.refused(1_000 + rate - 0.001, 1_050);
    expect(pace.intervalMs(1_050)).toBe(rate);
    pace.refused(1_000 + rate, 1_060);
    expect(pace.intervalMs(1_060)).toBeGreaterThan(rate);
  });
});

describe("a measured rate grows", () => {
  /** What it grows to, as a multiple, when so many were accepted since and so many milliseconds have passed. */
  function growth(accepted: number, passedMs: number): number {
    const pace = refusedAfter(20);
    acceptAt(pace, 200, 40);
    pace.refused(1_000, 1_000);
    acceptAt(pace, 1_100, 60);
    pace.refused(1_500, 1_500);
    const from = 1_500 + pace.intervalMs(1_500);
    const before = pace.intervalMs(from);
    acceptAt(pace, from, accepted);
    return before / pace.intervalMs(from + passedMs);
  }

  test.each([
    ["by a twentieth with 110 accepted", 110, 0, 1.05],
    ["eight times as much with twice as many", 220, 0, 1.4],
    ["by a twentieth in 4.4 seconds", 1, 4_400, 1.05],
    ["eight times as much in twice the time", 10, 8_800, 1.4],
    ["by no more than a fifth for each that was accepted", 1, 60_000, 1.2],
    ["not at all where nothing is accepted", 0, 60_000, 1],
    ["not before it began", 1, -1_000, 1],
  ])("%s", (_, accepted, passedMs, expected) => {
    expect(growth(accepted, passedMs)).toBeCloseTo(expected, 3);
  });
});

describe("a rate without a store", () => {
  test("doubles with 500 accepted, and falls to 92 % when it is refused", () => {
    const pace = refusedAfter(1);
    acceptAt(pace, 200, 20);
    pace.refused(1_000, 1_000);
    const first = pace.intervalMs(1_000);
    acceptAt(pace, 1_000 + first, 500);
    const grown = pace.intervalMs(1_000 + first);
    expect(first / grown).toBeCloseTo(2, 6);
    pace.refused(1_000 + first, 1_000 + first);
    expect(grown / pace.intervalMs(1_000 + first)).toBeCloseTo(0.92, 6);
  });

  test("grows with time too, or a limit that is shared no longer would be found out too late", () => {
    const pace = refusedAfter(1);
    acceptAt(pace, 200, 20);
    pace.refused(1_000, 1_000);
    const first = pace.intervalMs(1_000);
    acceptAt(pace, 1_000 + first, 10);
    expect(first / pace.intervalMs(1_000 + first + 8_800)).toBeCloseTo(1.4, 3);
  });
});
