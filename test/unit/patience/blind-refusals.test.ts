import { describe, expect, it } from "vitest";
import { createBlindRefusals } from "../../../src/patience/blind-refusals.ts";

/** Sends one request each `1 / rate` ms, every so many of them refused, and gives the advice of each refusal. */
function player() {
  const blind = createBlindRefusals(0);
  let now = 0;
  return (rate: number, { each, refusals }: { readonly each: number; readonly refusals: number }) => {
    const advice = [];
    for (let sent = 1; sent <= each * refusals; sent += 1) {
      now += 1 / rate;
      if (sent % each === 0) advice.push(blind.refused(rate, now));
      else blind.accepted(now);
    }
    return advice;
  };
}

const SLOW = "slow-down";
const IGNORE = "take-no-notice";

describe("blind refusals", () => {
  it("are not those of a limit: nothing is refused far below what was shown", () => {
    const play = player();
    expect(new Set(play(0.1, { each: 10, refusals: 50 }))).toEqual(new Set([SLOW]));
    // Just above half of the 0.09 a millisecond that were shown.
    expect(new Set(play(0.047, { each: 10, refusals: 50 }))).toEqual(new Set([SLOW]));
  });

  it("are as frequent far below: then the rate that was shown is resumed, and they are ignored", () => {
    const play = player();
    play(0.1, { each: 10, refusals: 10 });
    const [first, second, third, ...rest] = play(0.02, { each: 10, refusals: 30 });
    expect([first, second]).toEqual([SLOW, SLOW]);
    expect(third).toEqual({ resumeAt: expect.closeTo(0.09, 2) });
    expect(new Set(rest)).toEqual(new Set([IGNORE]));
  });

  it("are told from single ones: three of them, among at least two dozen", () => {
    const play = player();
    play(0.1, { each: 30, refusals: 5 });
    expect(play(0.02, { each: 5, refusals: 5 })).toEqual([
      SLOW,
      SLOW,
      SLOW,
      SLOW,
      { resumeAt: expect.any(Number) },
    ]);
    const seldom = player();
    seldom(0.1, { each: 30, refusals: 5 });
    expect(seldom(0.02, { each: 60, refusals: 2 })).toEqual([SLOW, SLOW]);
  });

  it("are not the rare ones of probing for more under a limit that became lower", () => {
    const play = player();
    play(0.1, { each: 30, refusals: 5 });
    expect(new Set(play(0.03, { each: 80, refusals: 20 }))).toEqual(new Set([SLOW]));
  });

  it("are no excuse where more than half is refused: a limit may have become that much lower", () => {
    const play = player();
    play(0.1, { each: 30, refusals: 5 });
    expect(new Set(play(0.02, { each: 1, refusals: 50 }))).toEqual(new Set([SLOW]));
  });

  it("end when they become much more frequent, and all is learned anew", () => {
    const play = player();
    play(0.1, { each: 10, refusals: 10 });
    play(0.02, { each: 10, refusals: 10 });
    expect(play(0.1, { each: 2, refusals: 30 })).toContain(SLOW);
    play(0.1, { each: 2, refusals: 30 });
    // Of the 0.09 that were shown before nothing is left; the 0.05 since then are.
    const advice = play(0.02, { each: 10, refusals: 10 }).find((each) => typeof each === "object");
    expect(advice).toEqual({ resumeAt: expect.closeTo(0.05, 2) });
  });

  it("does not count what was sent before the refusal: the server had that in store", () => {
    const blind = createBlindRefusals(20);
    for (let sent = 0; sent < 100; sent += 1) blind.accepted(10);
    blind.refused(1, 21);
    for (let sent = 0; sent < 100; sent += 1) {
      expect(blind.refused(0.1, 30 + sent)).toBe(SLOW);
    }
  });
});
