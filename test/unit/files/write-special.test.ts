import { closeSync, fstatSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkWritable, writeFileWhole } from "../../../src/files/write-file.ts";
import { makeWorkspace } from "../../support/cli.ts";

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
