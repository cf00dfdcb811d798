import { execFileSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkWritable, writeFileWhole } from "../../../../src/files/write-file.ts";
import { makeWorkspace } from "../../../support/program/cli.ts";

let folder: string;
beforeEach(() => {
  const workspace = makeWorkspace();
  folder = workspace.path;
  onTestFinished(workspace.remove);
});

const inFolder = (name: string) => join(folder, name);

test.runIf(process.platform === "linux")("an open file that has no name any more is written", () => {
  writeFileSync(inFolder("stdout"), "");
  const descriptor = openSync(inFolder("stdout"), "r+");
  onTestFinished(() => closeSync(descriptor));
  rmSync(inFolder("stdout"));
  checkWritable(`/dev/fd/${descriptor}`, "--out");
  writeFileWhole(`/dev/fd/${descriptor}`, "new");
  expect(fstatSync(descriptor).size).toBe(3);
  expect(() => checkWritable("/dev/fd/987654", "--out")).toThrow(
    /^--out .*: cannot write there \(EBADF\)\.$/,
  );
});

const makePipe = (): string => {
  execFileSync("mkfifo", [inFolder("pipe")]);
  return inFolder("pipe");
};
const openReader = (pipe: string): number => openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);

test("a pipe that nobody reads is told beforehand, and waited for at no time", () => {
  const pipe = makePipe();
  expect(() => checkWritable(pipe, "--report")).toThrow(/^--report .*: nobody reads this pipe\.$/);
  expect(() => writeFileWhole(pipe, "new")).toThrow(/ENXIO/);
});

test("whoever reads a pipe sees its end when it was written, not when it was checked", () => {
  const pipe = makePipe();
  const reader = openReader(pipe);
  onTestFinished(() => closeSync(reader));
  const bytes = Buffer.alloc(9);
  checkWritable(pipe, "--out");
  checkWritable(pipe, "--report");
  expect(() => readSync(reader, bytes)).toThrow(/EAGAIN/);
  writeFileWhole(pipe, "new");
  expect(bytes.toString("utf8", 0, readSync(reader, bytes))).toBe("new");
  expect(readSync(reader, bytes)).toBe(0);
});

test("a pipe that is read no longer is an error of the write", () => {
  const pipe = makePipe();
  const reader = openReader(pipe);
  checkWritable(pipe, "--out");
  closeSync(reader);
  expect(() => writeFileWhole(pipe, "new")).toThrow(/EPIPE/);
});

test("a device is written", () => {
  checkWritable("/dev/null", "--out");
  writeFileWhole("/dev/null", "new");
});
