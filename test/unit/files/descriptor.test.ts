import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { descriptorOf, readDescriptor, writeDescriptor } from "../../../src/files/descriptor.ts";
import { makeWorkspace } from "../../support/program/cli.ts";

test.each([
  ["/dev/stdin", 0],
  ["/dev/stdout", 1],
  ["/dev/fd/63", 63],
  ["/proc/self/fd/3", 3],
  ["/dev/null", null],
  ["/dev/fd/", null],
  ["/dev/fd/../null", null],
  ["constructor", null],
  ["-", null],
])("%s is the descriptor %s", (path, descriptor) => {
  expect(descriptorOf(path)).toBe(descriptor);
});

/** A pipe whose other end is slow, and which never blocks: it says EAGAIN instead. */
function slowPipe(command: string) {
  const workspace = makeWorkspace();
  const pipe = join(workspace.path, "pipe");
  execFileSync("mkfifo", [pipe]);
  const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  const other = spawn("sh", ["-c", command], { cwd: workspace.path, stdio: "ignore" });
  onTestFinished(workspace.remove);
  return { path: workspace.path, descriptor, ended: once(other, "close") };
}

test("reading waits for whoever writes, and ends behind what is asked for", async () => {
  const { descriptor, ended } = slowPipe("echo hello > pipe");
  expect(readDescriptor(descriptor, 3).toString()).toBe("hello\n");
  closeSync(descriptor);
  await ended;
});

test("writing waits for whoever reads, and loses nothing", async () => {
  const text = "0123456789\n".repeat(30_000);
  const { path, descriptor, ended } = slowPipe(`head -c ${text.length} pipe > all`);
  writeDescriptor(descriptor, text);
  await ended;
  closeSync(descriptor);
  expect(readFileSync(join(path, "all"), "utf8") === text).toBe(true);
});
