import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  findCampaignFiles,
  readProjectFile,
  readSourceFiles,
  type SourceFile,
} from "../../../src/declarations/files.ts";
import type { Diagnostic } from "../../../src/domain.ts";

let top = "";
let cwd = "";

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "campaignctl-files-")));
  cwd = join(top, "repo");
  mkdirSync(cwd);
});
afterEach(() => rmSync(top, { recursive: true }));

function write(...names: string[]): void {
  for (const name of names) {
    const path = join(cwd, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name);
  }
}

function link(target: string, name: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  symlinkSync(target, join(cwd, name));
}

function find(paths: string[], origin: "arguments" | "project-file" = "arguments") {
  const { files, diagnostics } = findCampaignFiles(paths, { cwd, origin });
  return { files, told: diagnostics.map(tell) };
}

function tell({ code, file }: Diagnostic): string {
  return file === null ? code : `${code} ${file}`;
}

/** Finds and reads: file names for what was read, and what was told. */
function read(paths: string[]): string[] {
  const found = findCampaignFiles(paths, { cwd, origin: "arguments" });
  const sources = [...readSourceFiles(found.files, cwd, found.roots)];
  return [...found.diagnostics.map(tell), ...sources.map(outcome)];
}

function outcome(source: SourceFile | Diagnostic): string {
  return "bytes" in source ? `${source.file}=${Buffer.from(source.bytes)}` : tell(source);
}

describe("findCampaignFiles", () => {
  it("takes files, folders and globs, each file once, sorted by name", () => {
    write("c/b.yaml", "c/a.yml", "c/deep/er/z.yaml", "c/notes.md", "c/.hidden.yaml", "other.yaml");
    const all = ["c/a.yml", "c/b.yaml", "c/deep/er/z.yaml"];
    expect(find(["c"])).toEqual({ files: all, told: [] });
    expect(find(["c/deep/er/z.yaml", "./c/b.yaml", "c/**/*.{yaml,yml}", "c/"])).toEqual({
      files: all,
      told: [],
    });
    expect(find(["c/*.yaml", join(cwd, "other.yaml")])).toEqual({
      files: ["c/b.yaml", "other.yaml"],
      told: [],
    });
  });

  it("takes names with the characters of patterns as they are, when there is such a file or folder", () => {
    write("[x].yaml", "{a,b}/y.yaml", "x.yaml");
    expect(find(["[x].yaml", "{a,b}"])).toEqual({ files: ["[x].yaml", "{a,b}/y.yaml"], told: [] });
  });

  it("leaves out node_modules and the project file when it searches a folder", () => {
    write("campaignctl.yaml", "node_modules/a/b.yaml", "c/campaignctl.yaml", "x.yaml");
    expect(find(["."])).toEqual({ files: ["c/campaignctl.yaml", "x.yaml"], told: [] });
    expect(find(["campaignctl.yaml"]).files).toEqual(["campaignctl.yaml"]);
  });

  it("names a file outside of the working directory by its whole path", () => {
    writeFileSync(join(top, "out.yaml"), "");
    expect(find(["../out.yaml"])).toEqual({ files: [join(top, "out.yaml")], told: [] });
    expect(find(["../*.yaml"])).toEqual({ files: [join(top, "out.yaml")], told: [] });
  });

  it("case 26: an error for each path that matches nothing", () => {
    write("c/notes.md", "d/x.yaml");
    expect(find(["c"])).toEqual({ files: [], told: ["no-files"] });
    expect(find(["c/*.yaml", "d"])).toEqual({ files: ["d/x.yaml"], told: ["no-files"] });
    expect(find(["e/*.yaml", "d/x.yaml/*.yaml"])).toEqual({ files: [], told: ["no-files"] });
    expect(find(["e"])).toEqual({ files: [], told: ["path-not-found e"] });
    expect(find([])).toEqual({ files: [], told: ["no-files"] });
  });

  it("case 26: a pattern of the project file may match nothing only beside one that does", () => {
    write("d/x.yaml");
    expect(find(["c/*.yml", "d"], "project-file")).toEqual({ files: ["d/x.yaml"], told: [] });
    expect(find(["c/*.yml"], "project-file")).toEqual({ files: [], told: ["no-files"] });
  });

  it.each(["../x", "/etc", "c/../../x", "{a,../b}/*.yaml", "~/x", "C:\\x", "\\\\host\\x"])(
    "case 25: the project file may name nothing outside of its folder (%s)",
    (pattern) => {
      expect(find([pattern], "project-file").told).toContain("path-outside-project");
    },
  );

  it("tells what it cannot enter, once, however often it is named", () => {
    write("c/a.yaml");
    link(join(top, "elsewhere"), "c/gone");
    link("loop", "c/loop");
    mkdirSync(join(top, "folder"));
    link(join(top, "folder"), "c/folder");
    expect(find(["c", ".", "**/*.yaml"])).toEqual({
      files: ["c/a.yaml"],
      told: ["symlink-refused c/folder", "symlink-refused c/gone", "symlink-refused c/loop"],
    });
    expect(find(["c/*.yaml"])).toEqual({ files: ["c/a.yaml"], told: [] });
  });

  it("tells a name that is too long for the system", () => {
    const [told = ""] = find([`${"x".repeat(300)}.yaml`]).told;
    expect(told).toMatch(/^file-unreadable x+\.yaml$/);
    expect(find([`${"y".repeat(300)}/*.yaml`]).told).toEqual([`file-unreadable ${"y".repeat(300)}/*.yaml`]);
  });

  it("case 25: a file name of 255 bytes with a newline and an escape in it is read", () => {
    const name = `a\n\u001b[31m${"x".repeat(243)}.yaml`;
    write(name);
    expect(Buffer.byteLength(name)).toBe(255);
    expect(read(["."])).toEqual([`${name}=${name}`]);
  });
});

describe("readSourceFiles", () => {
  it("case 23: a link to a file is followed inside of the working directory only", () => {
    write("c/a.yaml", "shared/real.txt");
    writeFileSync(join(top, "out.yaml"), "secret");
    link("../shared/real.txt", "c/in.yaml");
    link("../../out.yaml", "c/out.yaml");
    link("in.yaml", "c/twice.yaml");
    expect(read(["c"])).toEqual([
      "c/a.yaml=c/a.yaml",
      "c/in.yaml=shared/real.txt",
      "symlink-refused c/out.yaml",
      "c/twice.yaml=shared/real.txt",
    ]);
    expect(read(["c/out.yaml"])).toEqual(["symlink-refused c/out.yaml"]);
  });

  it("case 23: a link never leads into Git's own folder", () => {
    mkdirSync(join(cwd, ".git"), { recursive: true });
    writeFileSync(join(cwd, ".git/config"), "secret");
    link("../.git/config", "c/spy.yaml");
    expect(read(["c/spy.yaml"])).toEqual(["symlink-refused c/spy.yaml"]);
  });

  it("case 23: a link may lead within a folder that was named, also when that is a link or outside", () => {
    write("x.yaml");
    mkdirSync(join(top, "far/a"), { recursive: true });
    mkdirSync(join(top, "far/b"));
    writeFileSync(join(top, "far/a/real.yaml"), "far");
    writeFileSync(join(top, "out.yaml"), "secret");
    symlinkSync("../a/real.yaml", join(top, "far/b/link.yaml"));
    symlinkSync("../../out.yaml", join(top, "far/b/out.yaml"));
    link(join(top, "far"), "linked");
    expect(read(["../far"])).toEqual([
      `${top}/far/a/real.yaml=far`,
      `${top}/far/b/link.yaml=far`,
      `symlink-refused ${top}/far/b/out.yaml`,
    ]);
    expect(read(["linked"])).toEqual([
      "linked/a/real.yaml=far",
      "linked/b/link.yaml=far",
      "symlink-refused linked/b/out.yaml",
    ]);
    expect(read([join(top, "far/a/real.yaml")])).toEqual([`${top}/far/a/real.yaml=far`]);
  });

  it("case 23: a folder that the project file names is no reason to follow a link out", () => {
    mkdirSync(join(top, "far"));
    writeFileSync(join(top, "far/secret.yaml"), "secret");
    link(join(top, "far"), "linked");
    const { files, roots } = findCampaignFiles(["linked"], { cwd, origin: "project-file" });
    expect(files).toEqual(["linked/secret.yaml"]);
    expect([...readSourceFiles(files, cwd, roots)].map(outcome)).toEqual([
      "symlink-refused linked/secret.yaml",
    ]);
  });

  it("case 23: loops, pipes, devices and folders with the name of a file are told, and nothing hangs", () => {
    write("c/a.yaml");
    mkdirSync(join(cwd, "c/folder.yaml"));
    execFileSync("mkfifo", [join(cwd, "c/pipe.yaml")]);
    link("loop.yaml", "c/loop.yaml");
    link("pipe.yaml", "c/to-pipe.yaml");
    link("nothing.yaml", "c/gone.yaml");
    expect(read(["c"])).toEqual([
      "c/a.yaml=c/a.yaml",
      "not-a-regular-file c/folder.yaml",
      "file-unreadable c/gone.yaml",
      "symlink-refused c/loop.yaml",
      "not-a-regular-file c/pipe.yaml",
      "not-a-regular-file c/to-pipe.yaml",
    ]);
    expect(read(["/dev/zero", "c/folder.yaml", "c/gone.yaml"])).toEqual([
      "not-a-regular-file /dev/zero",
      "not-a-regular-file c/folder.yaml",
      "file-unreadable c/gone.yaml",
    ]);
  });

  it("case 6: a file over 64 KiB is refused by its size, before it is read", () => {
    writeFileSync(join(cwd, "a.yaml"), "x".repeat(64 * 1024));
    writeFileSync(join(cwd, "b.yaml"), "x".repeat(64 * 1024 + 1));
    const [first, second] = [...readSourceFiles(["a.yaml", "b.yaml"], cwd)];
    expect(first && "bytes" in first && first.bytes.length).toBe(64 * 1024);
    expect(second && "code" in second && tell(second)).toBe("file-too-large b.yaml");
  });

  it("case 24: a file that is gone since it was found is an error of that file", () => {
    write("a.yaml", "b.yaml");
    const { files } = find(["."]);
    const sources = readSourceFiles(files, cwd)[Symbol.iterator]();
    expect(outcome(sources.next().value)).toBe("a.yaml=a.yaml");
    rmSync(join(cwd, "b.yaml"));
    expect(outcome(sources.next().value)).toBe("file-unreadable b.yaml");
  });

  it("case 24: a file whose size is not what the system says is taken for half-written and refused", () => {
    // Files below /proc say they have no bytes.
    const sources = [...readSourceFiles(["/proc/self/status"], cwd)];
    expect(sources.map(outcome)).toEqual(["file-unreadable /proc/self/status"]);
  });
});

describe("readProjectFile", () => {
  it("is null only when none was named and there is none", () => {
    expect(readProjectFile(null, cwd)).toBeNull();
    const missing = readProjectFile("other.yaml", cwd);
    expect(missing && outcome(missing)).toBe("path-not-found other.yaml");
  });

  it("reads campaignctl.yaml, or the file that was named, also outside", () => {
    write("campaignctl.yaml");
    writeFileSync(join(top, "out.yaml"), "out");
    const own = readProjectFile(null, cwd);
    const other = readProjectFile("../out.yaml", cwd);
    expect([own, other].map((source) => source && outcome(source))).toEqual([
      "campaignctl.yaml=campaignctl.yaml",
      `${top}/out.yaml=out`,
    ]);
  });

  it("tells a folder, a loop and a link to nothing", () => {
    mkdirSync(join(cwd, "folder"));
    link("loop", "loop");
    link("nothing", "campaignctl.yaml");
    const told = ["folder", "loop", "campaignctl.yaml"].map((path) => readProjectFile(path, cwd));
    expect(told.map((source) => source && outcome(source))).toEqual([
      "not-a-regular-file folder",
      "symlink-refused loop",
      "file-unreadable campaignctl.yaml",
    ]);
  });

  it("a default project file that is a link to nothing is told, not passed over", () => {
    link("nothing", "campaignctl.yaml");
    const source = readProjectFile(null, cwd);
    expect(source && outcome(source)).toBe("file-unreadable campaignctl.yaml");
  });
});
