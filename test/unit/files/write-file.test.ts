import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkWritable, writeFileWhole } from "../../../src/files/write-file.ts";
import { makeWorkspace } from "../../support/program/cli.ts";

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

test("a name that is empty is told as such", () => {
  expect(() => checkWritable("", "--report")).toThrow(/^--report: no name was given\.$/);
});

test.runIf(process.platform === "linux")(
  "case 75: a folder where no file can be made is told beforehand, also to root",
  () => {
    expect(() => checkWritable("/proc/self/plan.json", "--report")).toThrow(
      /^--report .*: cannot write there \(E[A-Z]+\)\.$/,
    );
  },
);

const NOBODY = 65_534;

/** Root may do everything: then the work is done as somebody who may not. */
function unprivileged(work: () => void): void {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.setegid?.(NOBODY);
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    work();
  } finally {
    if (isRoot) process.seteuid?.(0);
    if (isRoot) process.setegid?.(0);
  }
}

const modeOf = (name: string) => (statSync(inFolder(name)).mode & 0o7777).toString(8);

test.each(["600", "640", "444"])("who may read a file stays as it was (mode %s)", (mode) => {
  writeFileSync(inFolder("plan.json"), "old");
  chmodSync(inFolder("plan.json"), Number.parseInt(mode, 8));
  checkWritable(inFolder("plan.json"), "--out");
  writeFileWhole(inFolder("plan.json"), "new");
  expect(modeOf("plan.json")).toBe(mode);
  expect(readFileSync(inFolder("plan.json"), "utf8")).toBe("new");
});

test("a new file is as readable as the umask says", () => {
  const before = process.umask(0o027);
  try {
    writeFileWhole(inFolder("plan.json"), "new");
  } finally {
    process.umask(before);
  }
  expect(modeOf("plan.json")).toBe("640");
});

test("a file keeps its owner", () => {
  writeFileSync(inFolder("plan.json"), "old");
  const owner = process.geteuid?.() === 0 ? NOBODY : statSync(folder).uid;
  chownSync(inFolder("plan.json"), owner, owner === NOBODY ? NOBODY : statSync(folder).gid);
  writeFileWhole(inFolder("plan.json"), "new");
  expect(statSync(inFolder("plan.json")).uid).toBe(owner);
});

test("a file with two names stays one file", () => {
  writeFileSync(inFolder("plan.json"), "old and longer than the new text");
  linkSync(inFolder("plan.json"), inFolder("other.json"));
  checkWritable(inFolder("plan.json"), "--out");
  writeFileWhole(inFolder("plan.json"), "new");
  expect(readFileSync(inFolder("other.json"), "utf8")).toBe("new");
});

test("a link to nothing stays a link, and what it names is made", () => {
  mkdirSync(inFolder("far"));
  symlinkSync("far/plan.json", inFolder("one.json"));
  symlinkSync("one.json", inFolder("two.json"));
  checkWritable(inFolder("two.json"), "--out");
  writeFileWhole(inFolder("two.json"), "new");
  expect(lstatSync(inFolder("two.json")).isSymbolicLink()).toBe(true);
  expect(lstatSync(inFolder("one.json")).isSymbolicLink()).toBe(true);
  expect(readFileSync(inFolder("far/plan.json"), "utf8")).toBe("new");
});

test.each([
  ["a link to a folder that is not there", "nowhere/plan.json", /nowhere does not exist/],
  ["a link to itself", "link.json", /cannot write there \(ELOOP\)/],
])("case 75: %s is told beforehand", (_, target, said) => {
  symlinkSync(target, inFolder("link.json"));
  expect(() => checkWritable(inFolder("link.json"), "--out")).toThrow(said);
});

test("case 75: in a folder that takes no new file, a file is written in place", () => {
  writeFileSync(inFolder("plan.json"), "old and longer than the new text");
  chmodSync(inFolder("plan.json"), 0o666);
  chmodSync(folder, 0o555);
  unprivileged(() => {
    checkWritable(inFolder("plan.json"), "--out");
    writeFileWhole(inFolder("plan.json"), "new");
  });
  chmodSync(folder, 0o755);
  expect(readdirSync(folder)).toEqual(["plan.json"]);
  expect(readFileSync(inFolder("plan.json"), "utf8")).toBe("new");
});

test("case 75: what is another's in a folder for all is told beforehand", () => {
  writeFileSync(inFolder("plan.json"), "old");
  chmodSync(inFolder("plan.json"), 0o444);
  chmodSync(folder, 0o1777);
  const isAnothers = process.geteuid?.() === 0;
  unprivileged(() => {
    const check = () => checkWritable(inFolder("plan.json"), "--out");
    if (isAnothers) expect(check).toThrow(/cannot write there \(EACCES\)/);
    else expect(check).not.toThrow();
  });
});

test("case 75: what can neither be replaced nor written to is told beforehand", () => {
  writeFileSync(inFolder("plan.json"), "old");
  chmodSync(inFolder("plan.json"), 0o444);
  chmodSync(folder, 0o555);
  unprivileged(() => {
    for (const name of ["plan.json", "new.json"]) {
      expect(() => checkWritable(inFolder(name), "--out")).toThrow(/cannot write there \(EACCES\)/);
    }
  });
  chmodSync(folder, 0o755);
});

test.runIf(process.geteuid?.() === 0).each(["644", "600"])(
  "what is another's in a folder of one's own is told beforehand (mode %s)",
  (mode) => {
    writeFileSync(inFolder("plan.json"), "old");
    chmodSync(inFolder("plan.json"), Number.parseInt(mode, 8));
    chownSync(folder, NOBODY, NOBODY);
    unprivileged(() => {
      expect(() => checkWritable(inFolder("plan.json"), "--out")).toThrow(/cannot write there \(EPERM\)/);
    });
    expect(readdirSync(folder)).toEqual(["plan.json"]);
  },
);
