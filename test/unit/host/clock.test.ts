import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../src/host/clock.ts";

test("a sleep until a moment that has gone by is over at once, and Node 24 says nothing on the terminal", async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error): void => void warnings.push(name);
  process.on("warning", onWarning);
  onTestFinished(() => void process.off("warning", onWarning));
  await systemClock.sleep(-0.02);
  await turn();
  expect(warnings).toEqual([]);
});

test("a sleep ends with the signal's reason", async () => {
  const ending = new AbortController();
  const slept = systemClock.sleep(60_000, ending.signal);
  ending.abort(new Error("enough"));
  await expect(slept).rejects.toThrow("enough");
  await expect(systemClock.sleep(0, ending.signal)).rejects.toThrow("enough");
});
