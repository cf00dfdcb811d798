import { expect, test } from "vitest";
import { readSavedPlan } from "../../../src/commands/saved.ts";

const read = (file: string) => readSavedPlan(file, { apiUrl: "https://api.example.test", environment: null });

test.runIf(process.platform === "linux")("what has no end is read no further than is taken", () => {
  expect(() => read("/dev/zero")).toThrow(
    "The saved plan /dev/zero is larger than 256 MiB. Nothing was sent.",
  );
});

test("a folder, and what is not there, are told", () => {
  expect(() => read("/")).toThrow("The saved plan / cannot be read: EISDIR. Nothing was sent.");
  expect(() => read("/nowhere/plan.json")).toThrow(/cannot be read: there is no such file/);
});
