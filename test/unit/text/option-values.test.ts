import { expect, test } from "vitest";
import {
  checkParallelism,
  durationOf,
  shardOf,
  wholeHint,
  wholeOf,
} from "../../../src/text/option-values.ts";

test.each([
  ["500ms", 500],
  ["30s", 30_000],
  ["10m", 600_000],
  ["24h", 86_400_000],
  ["0s", 0],
  ["2147483647ms", 2_147_483_647],
])("%s is a duration", (text, ms) => {
  expect(durationOf(text)).toBe(ms);
});

test.each(["", "10", "s", "1.5s", "-1s", "1 s", "10S", "1d", "x10s", "10sx", "2147483648ms", "597h"])(
  "no duration: %j",
  (text) => {
    expect(durationOf(text)).toBeNull();
  },
);

test.each([
  ["1", 1],
  ["12", 12],
  ["0020", 20],
])("%s is a whole number from 1 to 20", (text, value) => {
  expect(wholeOf(text, 1, 20)).toBe(value);
});

test.each(["", "0", "21", "x1", "1x", "-1", "1.0", "1e1", "0000000000000001"])(
  "no whole number from 1 to 20: %j",
  (text) => {
    expect(wholeOf(text, 1, 20)).toBeNull();
  },
);

test("a hint says what may be written", () => {
  expect(wholeHint(1, 20)).toBe("Write a whole number from 1 to 20.");
});

test.each([
  ["1/1", 1, 1],
  ["2/3", 2, 3],
  ["03/010", 3, 10],
  ["10000/10000", 10_000, 10_000],
])("%s is a shard", (text, index, count) => {
  expect(shardOf(text)).toEqual({ index, count });
});

test.each([
  "",
  "1",
  "/",
  "1/",
  "/3",
  "0/3",
  "4/3",
  "1/0",
  "-1/3",
  "1.5/3",
  "1/3/",
  "1 / 3",
  "a/b",
  "1/10001",
])("no shard: %j", (text) => {
  expect(shardOf(text)).toBeNull();
});

test.each([1, 10, 1_000_000])("%s requests may be asked for at once", (parallelism) => {
  expect(() => checkParallelism(parallelism)).not.toThrow();
});

test.each([0, 1_000_001, 1.5, Number.NaN])("%s is refused, with how to write it", (parallelism) => {
  expect(() => checkParallelism(parallelism)).toThrow(
    expect.objectContaining({
      message: `The parallelism ${parallelism} is no number of requests. Nothing was sent.`,
      hint: "Write a whole number from 1 to 1000000.",
    }),
  );
});
