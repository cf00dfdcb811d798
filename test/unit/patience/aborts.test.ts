import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { whenAborted } from "../../../src/patience/aborts.ts";

test("however many wait, the signal has one listener, and each is told once, in order", () => {
  const controller = new AbortController();
  const told: number[] = [];
  for (const number of [1, 2, 3]) whenAborted(controller.signal, () => told.push(number));
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort();
  controller.abort();
  expect(told).toEqual([1, 2, 3]);
});

test("who took it back is not told, also by one who was told before", () => {
  const controller = new AbortController();
  const told: string[] = [];
  const takeBack = whenAborted(controller.signal, () => told.push("back"));
  whenAborted(controller.signal, () => {
    told.push("first");
    takeSecondBack();
  });
  const takeSecondBack = whenAborted(controller.signal, () => told.push("second"));
  takeBack();
  controller.abort();
  expect(told).toEqual(["first"]);
});

test("without a signal, and after it was aborted, nobody is told", () => {
  const controller = new AbortController();
  const told: string[] = [];
  whenAborted(undefined, () => told.push("never"));
  whenAborted(AbortSignal.abort(), () => told.push("too late"));
  whenAborted(controller.signal, () => told.push("told"));
  controller.abort();
  expect(told).toEqual(["told"]);
});
