import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkWritable, writeFileWhole } from "../../src/write-file.ts";
import { makeWorkspace } from "../support/cli.ts";

let folder: string;
beforeEach(() => {
  const workspace = makeWorkspace();
  folder = workspace.path;
  onTestFinished(workspace.remove);
});

const inFolder = (name: string) => join(folder, name);

test("case 75: a file is replaced whole, and nothing is left beside it", () => {
  writeFileSync(inFolder("plan.json"), "old and longer than the new text");
  checkWritable(inFolder("plan.json"), "--out");
  writeFileWhole(inFolder("plan.json"), "new");
  expect(readdirSync(folder)).toEqual(["plan.json"]);
  expect(readFileSync(inFolder("plan.json"), "utf8")).toBe("new");
});

test("case 75: what a killed run left half-written is in the way of none, though the process id comes again", () => {
  writeFileSync(inFolder(`plan.json.${process.pid}.tmp`), "{");
  checkWritable(inFolder("plan.json"), "--out");
  writeFileWhole(inFolder("plan.json"), "new");
  expect(readFileSync(inFolder("plan.json"), "utf8")).toBe("new");
});

test("case 75: a name as long as the system allows can be written", () => {
  const longest = inFolder("p".repeat(255));
  checkWritable(longest, "--out");
  writeFileWhole(longest, "new");
  expect(readFileSync(longest, "utf8")).toBe("new");
});

test("case 75: a write that fails leaves the old file and nothing beside it", () => {
  mkdirSync(inFolder("plan.json"));
  expect(() => writeFileWhole(inFolder("plan.json"), "new")).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(folder)).toEqual(["plan.json"]);
});

test("a link stays a link, and what it names is replaced", () => {
  writeFileSync(inFolder("real.json"), "old");
  symlinkSync(inFolder("real.json"), inFolder("plan.json"));
  writeFileWhole(inFolder("plan.json"), "new");
  expect(lstatSync(inFolder("plan.json")).isSymbolicLink()).toBe(true);
  expect(readFileSync(inFolder("real.json"), "utf8")).toBe("new");
});

test.each([
  ["a folder that is not there", "nowhere/plan.json", /the folder .*nowhere does not exist/],
  ["a folder in place of the file", ".", /this is a folder/],
])("case 75: what cannot be written is told beforehand, with the flag (%s)", (_, name, said) => {
  expect(() => checkWritable(inFolder(name), "--out")).toThrow(said);
  expect(() => checkWritable(inFolder(name), "--out")).toThrow(/^--out /);
  expect(existsSync(inFolder("nowhere"))).toBe(false);
});

test("case 75: a folder where no file can be made is told beforehand, also to root", () => {
  expect(() => checkWritable("/proc/self/plan.json", "--report")).toThrow(
    /^--report .*: cannot write there \(E[A-Z]+\)\.$/,
  );
});
