import { expect, test } from "vitest";
import type { ReachVerdict } from "../../../../../src/guardrails/rules/expected-reach.ts";
import { reachDecrease } from "../../../../../src/guardrails/rules/reach-decrease.ts";
import { reachIncrease } from "../../../../../src/guardrails/rules/reach-increase.ts";
import { reachMax } from "../../../../../src/guardrails/rules/reach-max.ts";
import { reachMin } from "../../../../../src/guardrails/rules/reach-min.ts";

type Row = readonly [
  min: number | null,
  max: number | null,
  before: number | null,
  limit: number,
  verdict: ReachVerdict,
];

const of = (judge: typeof reachMin, [min, max, before, limit]: Row) => judge({ min, max, before }, limit);

test.each<Row>([
  [99, 99, null, 100, "broken"],
  [null, 99, null, 100, "broken"],
  [0, 100, null, 100, "possible"],
  [99, 200, null, 100, "possible"],
  [null, 200, null, 100, "possible"],
  [null, null, null, 100, "possible"],
  [100, 100, null, 100, "held"],
  [100, null, null, 100, "held"],
  [0, 0, null, 0, "held"],
  [null, null, null, 0, "possible"],
])("from %s to %s people, %s before: at least %s is %5$s", (...row) => {
  expect(of(reachMin, row)).toBe(row[4]);
});

test.each<Row>([
  [101, 101, null, 100, "broken"],
  [101, null, null, 100, "broken"],
  [100, 101, null, 100, "possible"],
  [0, null, null, 100, "possible"],
  [null, null, null, 100, "possible"],
  [100, 100, null, 100, "held"],
  [null, 100, null, 100, "held"],
  [null, 0, null, 0, "held"],
])("from %s to %s people, %s before: at most %s is %5$s", (...row) => {
  expect(of(reachMax, row)).toBe(row[4]);
});

test.each<Row>([
  [151, 151, 100, 50, "broken"],
  [151, null, 100, 50, "broken"],
  [1, 1, 0, 1000, "broken"],
  [150, 151, 100, 50, "possible"],
  [null, 151, 100, 50, "possible"],
  [0, null, 100, 50, "possible"],
  [150, 150, 100, 50, "held"],
  [null, 150, 100, 50, "held"],
  [0, 0, 0, 0, "held"],
  [150, 150, null, 50, "possible"],
  [0, 0, null, 50, "possible"],
])("from %s to %s people, %s before: at most %s %% more is %5$s", (...row) => {
  expect(of(reachIncrease, row)).toBe(row[4]);
});

test.each<Row>([
  [69, 69, 100, 30, "broken"],
  [null, 69, 100, 30, "broken"],
  [69, 70, 100, 30, "possible"],
  [null, 70, 100, 30, "possible"],
  [69, null, 100, 30, "possible"],
  [70, 70, 100, 30, "held"],
  [70, null, 100, 30, "held"],
  [0, 0, 100, 100, "held"],
  [null, 0, 100, 100, "possible"],
  [0, 0, null, 30, "possible"],
  [900, 900, null, 30, "possible"],
])("from %s to %s people, %s before: at most %s %% fewer is %5$s", (...row) => {
  expect(of(reachDecrease, row)).toBe(row[4]);
});
