import { describe, expect, test } from "vitest";
import { type BlindRefusals, createBlindRefusals } from "../../../../src/patience/blind-refusals.ts";

const SLOW = "slow-down";
const IGNORE = "take-no-notice";

/** Half of the rate that {@link shown} shows. */
const FAR_BELOW = 19 / 200 / 2;

/** Sent before the last refusal, so that these show no better rate. */
function accept(blind: BlindRefusals, count: number): void {
  for (let sent = 0; sent < count; sent += 1) blind.accepted(0);
}

const refuse = (blind: BlindRefusals, count: number, rate = FAR_BELOW) =>
  Array.from({ length: count }, () => blind.refused(rate, 1_000)).at(-1);

/** After 20 acceptances from one refusal to the next, 200 ms later: 19 in this time are shown. */
function shown(): BlindRefusals {
  const blind = createBlindRefusals(0);
  accept(blind, 20);
  expect(blind.refused(1, 200)).toBe(SLOW);
  return blind;
}

describe("refusals are taken for blind", () => {
  test("at half of the rate that was shown, and not above", () => {
    const blind = shown();
    accept(blind, 21);
    expect(refuse(blind, 3)).toEqual({ resumeAt: 19 / 200 });
    const above = shown();
    accept(above, 21);
    expect(refuse(above, 9, FAR_BELOW + 0.000_1)).toBe(SLOW);
  });

  test("where at least 20 acceptances showed a rate", () => {
    const blind = createBlindRefusals(0);
    accept(blind, 19);
    expect(blind.refused(1, 200)).toBe(SLOW);
    expect(refuse(blind, 6, 0.001)).toBe(SLOW);
  });

  test("from the third one on, of 24 requests", () => {
    const two = shown();
    accept(two, 22);
    expect(refuse(two, 2)).toBe(SLOW);
    const few = shown();
    accept(few, 20);
    expect(refuse(few, 3)).toBe(SLOW);
    expect(refuse(few, 1)).toEqual({ resumeAt: 19 / 200 });
  });

  test("where they are three in a hundred, or every second one, and nothing beyond", () => {
    const rare = shown();
    accept(rare, 97);
    expect(refuse(rare, 3)).toEqual({ resumeAt: 19 / 200 });
    const rarer = shown();
    accept(rarer, 98);
    expect(refuse(rarer, 3)).toBe(SLOW);
    const half = shown();
    accept(half, 12);
    expect(refuse(half, 12)).toEqual({ resumeAt: 19 / 200 });
    const more = shown();
    accept(more, 11);
    expect(refuse(more, 13)).toBe(SLOW);
  });

  test("anew, when the rate was near the shown one meanwhile", () => {
    const blind = shown();
    accept(blind, 21);
    refuse(blind, 2);
    expect(refuse(blind, 1, 1)).toBe(SLOW);
    expect(refuse(blind, 2)).toBe(SLOW);
  });

  test("by the best rate that was shown", () => {
    const blind = shown();
    for (let sent = 0; sent < 20; sent += 1) blind.accepted(1_000);
    expect(blind.refused(1, 2_000)).toBe(SLOW);
    accept(blind, 21);
    expect(refuse(blind, 3)).toEqual({ resumeAt: 19 / 200 });
  });
});

describe("blind refusals are looked at again after 40 requests", () => {
  /** They were one in eight: up to 35 in a hundred are borne. */
  function blindly(): BlindRefusals {
    const blind = shown();
    accept(blind, 21);
    expect(refuse(blind, 3)).toEqual({ resumeAt: 19 / 200 });
    return blind;
  }

  test("and borne where they are not much more frequent", () => {
    const blind = blindly();
    accept(blind, 26);
    expect(refuse(blind, 14)).toBe(IGNORE);
    expect(refuse(blind, 39)).toBe(IGNORE);
    expect(refuse(blind, 1)).toBe(SLOW);
  });

  test("and are a lower limit after all where they are", () => {
    const blind = blindly();
    accept(blind, 25);
    expect(refuse(blind, 14)).toBe(IGNORE);
    expect(refuse(blind, 1)).toBe(SLOW);
  });

  test("of which no more than 55 in a hundred are ever borne", () => {
    const blind = shown();
    accept(blind, 12);
    refuse(blind, 12);
    accept(blind, 18);
    expect(refuse(blind, 22)).toBe(IGNORE);
    accept(blind, 17);
    expect(refuse(blind, 23)).toBe(SLOW);
  });
});
