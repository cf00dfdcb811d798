import { expect, test } from "vitest";
import { readSaved } from "../../../src/cli/read-saved.ts";

const read = (file: string) => readSaved(file, { name: "saved plan", parse: (text) => text, hint: "" });

test.runIf(process.platform === "linux")("what has no end is read no further than is taken", () => {
  expect(() => read("/dev/zero")).toThrow(
    "The saved plan /dev/zero is larger than 256 MiB. Nothing was sent.",
  );
});

test("a folder, and what is not there, are told", () => {
  expect(() => read("/")).toThrow("The saved plan / cannot be read: EISDIR. Nothing was sent.");
  expect(() => read("/nowhere/plan.json")).toThrow(/cannot be read: there is no such file/);
});
