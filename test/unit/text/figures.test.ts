import { describe, expect, test } from "vitest";
import {
  agoText,
  countText,
  differenceText,
  durationText,
  quantity,
  timeText,
} from "../../../src/text/figures.ts";

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

test.each([
  ["2026-11-23T09:59:31Z", "just now"],
  ["2026-11-23T10:05:00Z", "just now"],
  ["2026-11-23T09:59:00Z", "1 minute ago"],
  ["2026-11-23T09:01:00Z", "59 minutes ago"],
  ["2026-11-23T09:00:00Z", "1 hour ago"],
  ["2026-11-22T10:00:00Z", "24 hours ago"],
  ["2026-11-21T09:00:00Z", "2 days ago"],
  ["2026-09-30T10:00:00Z", "54 days ago"],
  ["2026-04-25T10:20:00Z", "7 months ago"],
  ["2024-12-23T10:00:00Z", "23 months ago"],
  ["2023-11-23T10:00:00Z", "3 years ago"],
  ["yesterday", ""],
  [null, ""],
])("%s is %j of 2026-11-23T10:00:00Z", (iso, expected) => {
  expect(agoText(iso, "2026-11-23T10:00:00Z")).toBe(expected);
});

test.each([
  ["2026-11-23T09:59:00.001Z", "just now"],
  ["2026-11-23T09:00:00.001Z", "60 minutes ago"],
  ["2026-11-21T10:00:00.001Z", "48 hours ago"],
  ["2026-11-21T10:00:00Z", "2 days ago"],
  ["2026-09-23T13:00:00.001Z", "61 days ago"],
  ["2026-09-23T12:59:59Z", "2 months ago"],
  ["2024-11-22T22:00:00.001Z", "24 months ago"],
  ["2024-11-22T21:59:59Z", "2 years ago"],
])("the last of a unit and the first of the next: %s is %j", (iso, expected) => {
  expect(agoText(iso, "2026-11-23T10:00:00Z")).toBe(expected);
});
