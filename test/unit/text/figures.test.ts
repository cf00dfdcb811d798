import { describe, expect, test } from "vitest";
import { countText, differenceText, durationText, quantity, timeText } from "../../../src/text/figures.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [18_432, "18,432"],
  [1_234_567, "1,234,567"],
])("countText(%d) has commas between thousands", (count, expected) => {
  expect(countText(count)).toBe(expected);
});

test.each([
  [0, "0 campaigns"],
  [1, "1 campaign"],
  [1200, "1,200 campaigns"],
])("quantity(%d)", (count, expected) => {
  expect(quantity(count, "campaign")).toBe(expected);
});

test.each([
  ["2026-04-25T10:20:59.999Z", "2026-04-25 10:20 UTC"],
  ["2026-04-25T10:20:00Z", "2026-04-25 10:20 UTC"],
  ["2026-04-25T10:20Z", "2026-04-25 10:20 UTC"],
  ["2026-04-25T10:20:00+02:00", "2026-04-25T10:20:00+02:00"],
  ["yesterday", "yesterday"],
  ["at 2026-04-25T10:20:00Z", "at 2026-04-25T10:20:00Z"],
  ["2026-04-25T10:20:00Z or so", "2026-04-25T10:20:00Z or so"],
])("timeText(%s)", (iso, expected) => {
  expect(timeText(iso)).toBe(expected);
});

test.each([
  [-5, "0s"],
  [999, "0s"],
  [59_999, "59s"],
  [65_000, "1m 05s"],
  [3_600_000, "1h 00m"],
  [90_061_000, "25h 01m"],
])("durationText(%d)", (ms, expected) => {
  expect(durationText(ms)).toBe(expected);
});

describe("differenceText", () => {
  test.each([
    [18_432, 4242, "-14,190, -77.0%"],
    [1000, 1500, "+500, +50.0%"],
    [1000, 1000, "no difference"],
    [0, 4242, "+4,242"],
    [4242, 0, "-4,242, -100.0%"],
    [1_000_000, 1_000_001, "+1, under 0.1%"],
  ])("from %d to %d", (before, after, expected) => {
    expect(differenceText(before, after)).toBe(expected);
  });
});
