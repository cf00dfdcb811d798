import { describe, expect, it } from "vitest";
import { createPace, type Pace } from "../../../src/patience/pace.ts";

/** Sends one after the other at the pace, each accepted after 20 ms; the time after the last. */
function accept(pace: Pace, count: number, from: number): number {
  let now = from;
  for (let sent = 0; sent < count; sent += 1) {
    now += Math.max(20, pace.intervalMs(now));
    pace.accepted(now - 20);
  }
  return now;
}

describe("the pace", () => {
  it("grows from a few in flight to the parallelism, and paces nothing before the first refusal", () => {
    const pace = createPace(10);
    expect(pace.inFlight()).toBe(8);
    accept(pace, 8, 0);
    expect([pace.inFlight(), pace.intervalMs(160)]).toEqual([9, 0]);
    accept(pace, 100, 160);
    expect([pace.inFlight(), pace.intervalMs(2_160)]).toEqual([10, 0]);
  });

  it("takes a limit without a store for the rate at the refusal, and falls only a little", () => {
    const pace = createPace(10);
    pace.accepted(0);
    pace.refused(0, 20);
    const now = accept(pace, 20, 20);
    const before = pace.intervalMs(now);
    pace.refused(now, now);
    expect(pace.intervalMs(now) / before).toBeCloseTo(1 / 0.8, 3);
    const later = accept(pace, 1, now);
    pace.refused(later, later);
    expect(pace.intervalMs(later) / (before / 0.8)).toBeCloseTo(1 / 0.9, 1);
  });

  it("is not misled by refusals that come back before the answers: those count as what was in store", () => {
    const pace = createPace(10);
    pace.refused(5, 20);
    for (let sent = 0; sent < 7; sent += 1) pace.accepted(sent);
    const now = accept(pace, 7, 20);
    const before = pace.intervalMs(now);
    pace.refused(now, now);
    // By what was accepted since the first refusal, 14 in this time, and not by a part of the rate.
    expect(pace.intervalMs(now)).toBeCloseTo(Math.min((now - 20) / (0.97 * 14), before / 0.45), 3);
  });

  it("does not take a pause, or a request that hung, for the server's rate", () => {
    const pace = createPace(10);
    const now = accept(pace, 100, 0);
    const later = now + 20 * 60_000;
    pace.refused(later, later + 20);
    const unpaused = createPace(10);
    accept(unpaused, 100, 0);
    unpaused.refused(now, now + 20);
    expect(pace.intervalMs(later + 20) / unpaused.intervalMs(now + 20)).toBeCloseTo(1, 1);

    const hung = createPace(10);
    hung.accepted(0);
    hung.refused(3 * 60_000, 4 * 60_000);
    expect(hung.intervalMs(4 * 60_000)).toBe(1_000);
  });

  it("knows no more after a pause than before it", () => {
    const pace = createPace(10);
    for (let sent = 0; sent < 5; sent += 1) pace.accepted(0);
    pace.refused(0, 20);
    let now = 20;
    for (let round = 0; round < 3; round += 1) {
      now = accept(pace, 40, now);
      pace.refused(now, now);
    }
    const before = pace.intervalMs(now);
    now += 10 * 60_000;
    expect(pace.intervalMs(now)).toBe(before);
    pace.refused(now, now);
    pace.accepted(now + 20);
    pace.refused(now + 100, now + 120);
    // One acceptance in 120 ms, and not in ten minutes.
    expect(pace.intervalMs(now + 120)).toBeLessThan(100);
  });

  it("falls back to a long measure when it is refused again at once, and then to less", () => {
    const pace = createPace(10);
    for (let sent = 0; sent < 5; sent += 1) pace.accepted(0);
    pace.refused(0, 20);
    let now = accept(pace, 30, 20);
    pace.refused(now, now);
    const from = now;
    now = accept(pace, 40, now);
    pace.refused(now, now);
    const measured = (now - from) / (0.97 * 40);
    expect(pace.intervalMs(now)).toBeLessThan(measured);
    now = accept(pace, 3, now) + 60;
    pace.refused(now, now);
    expect(pace.intervalMs(now)).toBeCloseTo(measured, 6);
    now = accept(pace, 2, now);
    pace.refused(now, now);
    expect(pace.intervalMs(now)).toBeGreaterThan(1.3 * measured);
  });

  it("goes on at a rate that was taken, when as many are refused far below it", () => {
    const pace = createPace(10);
    for (let sent = 0; sent < 5; sent += 1) pace.accepted(0);
    pace.refused(0, 20);
    let now = accept(pace, 60, 20);
    pace.refused(now, now);
    const intervals = Array.from({ length: 80 }, () => {
      now = accept(pace, 4, now);
      pace.refused(now, now);
      return pace.intervalMs(now);
    });
    expect(Math.max(...intervals)).toBeGreaterThan(3 * Math.max(...intervals.slice(-40)));
  });

  it("finds back from a time in which nothing was accepted", () => {
    const pace = createPace(10);
    pace.accepted(0);
    pace.refused(0, 20);
    let now = accept(pace, 30, 20);
    for (let refused = 0; refused < 20; refused += 1) {
      now += pace.intervalMs(now);
      pace.refused(now, now);
    }
    expect(pace.intervalMs(now)).toBe(1_000);
    now = accept(pace, 50, now);
    expect(pace.intervalMs(now)).toBeLessThan(25);
  });

  it("stays a number however long nothing is refused", () => {
    const pace = createPace(10);
    pace.accepted(0);
    pace.refused(0, 20);
    const now = accept(pace, 10_000, 20);
    expect(pace.intervalMs(now)).toBeGreaterThan(0);
    pace.refused(now, now);
    expect(pace.intervalMs(now)).toBeGreaterThan(0);
  });
});
