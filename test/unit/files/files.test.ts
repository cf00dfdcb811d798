import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { patternOf } from "../../../src/declarations/path-pattern.ts";
import { makeDiagnostic } from "../../../src/domain/diagnostics.ts";
import type { Diagnostic } from "../../../src/domain/model.ts";
import type { SourceFile } from "../../../src/domain/source-file.ts";
import { readProjectFile, readSourceFiles } from "../../../src/files/files.ts";
import { findCampaignFiles } from "../../../src/files/find-files.ts";
import { findProject } from "../../../src/files/find-project.ts";

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

/** As a run in `cwd` would, with the patterns of a project file in `folder`. */
function findIn(
  folder: string,
  paths: readonly string[],
  origin: "arguments" | "project-file" = "project-file",
) {
  const { path } = findProject(null, folder);
  return findCampaignFiles(paths.map(patternOf), { cwd, folder, origin, project: path, catalogue: null });
}

function find(paths: string[], origin: "arguments" | "project-file" = "arguments") {
  const { files, diagnostics } = findIn(cwd, paths, origin);
  return { files, told: diagnostics.map(tell) };
}

function tell({ code, file }: Diagnostic): string {
  return file === null ? code : `${code} ${file}`;
}

/** Finds and reads: file names for what was read, and what was told. */
function read(paths: string[]): string[] {
  const found = findIn(cwd, paths, "arguments");
  const sources = [...sourcesOf(found.files, found.roots)];
  return [...found.diagnostics.map(tell), ...sources.map(outcome)];
}

function sourcesOf(files: readonly string[], roots: readonly string[] = [], folder = cwd) {
  return readSourceFiles(files, { cwd, folder, roots, secrets: [] });
}

function readProject(config: string | null, at = cwd) {
  return readProjectFile(findProject(config, at), { cwd: at, secrets: [] });
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
    expect(find(["."])).toEqual({ files: ["x.yaml"], told: [] });
    expect(find(["campaignctl.yaml", "x.yaml"])).toEqual({
      files: ["x.yaml"],
      told: ["not-a-campaign campaignctl.yaml"],
    });
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
    expect(find(["c/*.yml", "d"], "project-file")).toEqual({
      files: ["d/x.yaml"],
      told: ["pattern-matches-nothing"],
    });
    expect(find(["c/*.yml"], "project-file")).toEqual({ files: [], told: ["no-files"] });
  });

  it("reads endings in any case, in folders and in patterns however they are written", () => {
    write("c/a.YAML", "c/b.Yml", "c/d.yaml", "c/yaml.md");
    const all = ["c/a.YAML", "c/b.Yml", "c/d.yaml"];
    expect(find(["c"]).files).toEqual(all);
    expect(find(["c/*.{yml,yaml}"]).files).toEqual(all);
    expect(find(["c/*.@(yaml|YML)"]).files).toEqual(all);
    expect(find(["**/*.yaml"]).files).toEqual(["c/a.YAML", "c/d.yaml"]);
    expect(find(["c/*.YML"]).files).toEqual(["c/b.Yml"]);
    expect(find(["C/*.yaml"])).toEqual({ files: [], told: ["no-files"] });
  });

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

describe("a pattern that begins with !", () => {
  const found = (...patterns: string[]) => find(patterns, "project-file");

  beforeEach(() => write("c/a.yaml", "c/parked/b.yaml", "c/parked/deep/d.YAML", "x.yaml"));

  it.each([
    ["!c/parked/**"],
    ["!c/parked"],
    ["!c/parked/"],
    ["!./c/parked/**/*.yaml"],
    ["!**/parked"],
    ["!c/*/**"],
    ["!c/{parked,other}/**"],
  ])("leaves out what it matches, wherever it stands (%s)", (pattern) => {
    for (const named of ["c", "c/**/*.yaml"]) {
      expect(found(named, pattern)).toEqual({ files: ["c/a.yaml"], told: [] });
      expect(found(pattern, named)).toEqual({ files: ["c/a.yaml"], told: [] });
    }
    expect(find(["c", pattern])).toEqual({ files: ["c/a.yaml"], told: [] });
  });

  it.each(["!**/parked/**", "!**/parked", "!**/d*.yaml", "!.team/*/**"])(
    "reaches into folders that begin with a dot, and into any other that is named (%s)",
    (pattern) => {
      write("c/.team/parked/d.yaml", "c/node_modules/parked/d.yaml", ".team/parked/d.yaml");
      const named = pattern.startsWith("!.") ? [".team"] : ["c/.team", "c/node_modules/parked", ".team"];
      expect(found("x.yaml", ...named, pattern)).toEqual({
        files: ["x.yaml"],
        told: named.map(() => "pattern-matches-nothing"),
      });
    },
  );

  it.each(["*.y*ml", "*.y?ml", "*.[y]aml", "*.[x-z]a*", "*.{y,}aml", "*.ya?(m)l", "*yaml"])(
    "takes its ending in any case, however it is written, as one without ! does (%s)",
    (ending) => {
      write("c/parked/B.yaml");
      expect(found("c", `!c/parked/**/${ending}`, "!c/parked/b.yaml")).toEqual({
        files: ["c/a.yaml"],
        told: [],
      });
      expect(found(`c/parked/deep/${ending}`, "x.yaml").files).toEqual(["c/parked/deep/d.YAML", "x.yaml"]);
      expect(found(`C/parked/**/${ending}`, "x.yaml").files).toEqual(["x.yaml"]);
    },
  );

  it("leaves out a single file", () => {
    expect(found("c", "!c/parked/b.yaml").files).toEqual(["c/a.yaml", "c/parked/deep/d.YAML"]);
  });

  it("is told when it leaves nothing out, as a misspelt one does", () => {
    for (const pattern of ["!c/parkd/**", "!c/parkd", "!parked/**", "!x.yaml"]) {
      expect(found("c", pattern)).toEqual({
        files: ["c/a.yaml", "c/parked/b.yaml", "c/parked/deep/d.YAML"],
        told: ["pattern-matches-nothing"],
      });
      expect(find(["c", pattern]).told).toEqual(["no-files"]);
    }
  });

  it("is told when nothing is left of another one", () => {
    const { diagnostics } = findIn(cwd, ["c/parked/b.yaml", "x.yaml", "!c/parked"]);
    expect(diagnostics.map(({ detail }) => detail)).toEqual([
      'Every file that "c/parked/b.yaml" matches is left out by a pattern with "!", whatever their order. Delete one of the two.',
    ]);
    expect(found("c/parked", "!c")).toEqual({ files: [], told: ["no-files"] });
    expect(found("!c")).toEqual({ files: [], told: ["no-files"] });
  });

  it("also leaves out what could not be entered", () => {
    link("nowhere", "c/parked/gone");
    expect(found("c", "!c/parked/**")).toEqual({ files: ["c/a.yaml"], told: [] });
    expect(found("c").told).toEqual(["symlink-refused c/parked/gone"]);
  });

  it("is a name where somebody types one that is there, and !( is a pattern of its own", () => {
    write("!d/e.yaml");
    expect(find(["!d"])).toEqual({ files: ["!d/e.yaml"], told: [] });
    expect(found("c/!(b*|parked).yaml")).toEqual({ files: ["c/a.yaml"], told: [] });
    expect(found("!(c)/*.yaml").files).toEqual(["!d/e.yaml"]);
  });
});

it("patterns with ! alone are told at the first of them", () => {
  const place = makeDiagnostic("pattern-matches-nothing", {
    detail: "",
    file: "campaignctl.yaml",
    range: { start: { line: 2, column: 13 }, end: { line: 2, column: 15 } },
  });
  const options = { cwd, folder: cwd, origin: "project-file", project: null, catalogue: null } as const;
  const { diagnostics } = findCampaignFiles([{ text: "!c", place }, patternOf("!d")], options);
  expect(diagnostics).toMatchObject([
    {
      code: "no-files",
      file: "campaignctl.yaml",
      range: place.range,
      detail: "Only patterns with ! stand here. Add one that names files.",
    },
  ]);
});

it("a name in the project file that is not there is told with its place", () => {
  const place = makeDiagnostic("pattern-matches-nothing", {
    detail: "",
    file: "campaignctl.yaml",
    range: { start: { line: 2, column: 13 }, end: { line: 2, column: 19 } },
  });
  const { diagnostics } = findCampaignFiles([{ text: "c/x.yaml", place }], {
    cwd,
    folder: cwd,
    origin: "project-file",
    project: null,
    catalogue: null,
  });
  expect(diagnostics.map(tell)).toEqual(["path-not-found c/x.yaml"]);
  expect(diagnostics[0]?.detail).toContain("which stands in campaignctl.yaml:2:13.");
});

describe("files of ours among campaigns", () => {
  it("the project file is left out of a search, whatever its name and place", () => {
    write("c/project.yaml", "c/a.yaml", "c/audiences.yaml");
    const { files } = findCampaignFiles([patternOf("c")], {
      cwd,
      folder: cwd,
      origin: "arguments",
      project: join(cwd, "c/project.yaml"),
      catalogue: null,
    });
    expect(files).toEqual(["c/a.yaml"]);
  });

  it("so is a catalogue beside a project file, or where one works, but not a campaign of that name", () => {
    write("audiences.yaml", "a/campaignctl.yaml", "a/audiences.yaml", "b/audiences.yaml");
    expect(find(["."]).files).toEqual(["b/audiences.yaml"]);
    for (const name of ["audiences.yaml", "a/campaignctl.yaml"]) {
      writeFileSync(join(cwd, name), "include: []\ncampaignId: 1\n");
    }
    expect(find(["."]).files).toEqual(["a/campaignctl.yaml", "audiences.yaml", "b/audiences.yaml"]);
  });

  it("a saved result is told and never read, however large and whatever its name", () => {
    const plan = '{\n  "formatVersion": "1.0",\n  "kind": "plan",\n';
    writeFileSync(join(cwd, "small.yaml"), plan);
    writeFileSync(join(cwd, "large.yaml"), plan + " ".repeat(1024 * 1024));
    expect(read(["."])).toEqual(["not-a-campaign large.yaml", "not-a-campaign small.yaml"]);
  });
});

describe("findProject", () => {
  const inGit = (folder: string) => mkdirSync(join(cwd, folder, ".git"), { recursive: true });
  const projectFrom = (folder: string, config: string | null = null) =>
    findProject(config, join(cwd, folder));

  it("looks upwards to the root of the repository, and takes the nearest", () => {
    inGit(".");
    write("campaignctl.yaml", "a/campaignctl.yaml", "a/b/c/x.yaml", "d/x.yaml");
    expect(projectFrom("a/b/c")).toEqual({ path: join(cwd, "a/campaignctl.yaml"), folder: join(cwd, "a") });
    expect(projectFrom("d")).toEqual({ path: join(cwd, "campaignctl.yaml"), folder: cwd });
  });

  it("stops at the root, which a worktree marks with a file", () => {
    write("campaignctl.yaml", "work/.git", "work/a/x.yaml", "repo/a/x.yaml");
    inGit("repo");
    for (const folder of ["work/a", "repo/a"]) {
      expect(projectFrom(folder)).toEqual({ path: null, folder: join(cwd, folder) });
    }
  });

  it("outside of a repository it looks only where one is", () => {
    write("campaignctl.yaml", "a/x.yaml");
    expect(projectFrom("a").path).toBeNull();
    expect(projectFrom(".").path).toBe(join(cwd, "campaignctl.yaml"));
  });

  it("a root that is known counts where there is no git, and git below it still does", () => {
    write("campaignctl.yaml", "w/campaignctl.yaml", "w/a/b/x.yaml", "w/repo/a/x.yaml");
    inGit("w/repo");
    const from = (folder: string) => findProject(null, join(cwd, folder), join(cwd, "w"));
    expect(from("w/a/b")).toEqual({ path: join(cwd, "w/campaignctl.yaml"), folder: join(cwd, "w") });
    expect(from("w/repo/a").path).toBeNull();
    expect(findProject(null, join(cwd, "w/a"), join(cwd, "w/a")).path).toBeNull();
    expect(findProject(null, join(cwd, "w/a"), join(cwd, "elsewhere")).path).toBeNull();
  });

  it("takes the one that is named, and its folder", () => {
    inGit(".");
    write("campaignctl.yaml");
    expect(projectFrom("a", "../b/p.yaml")).toEqual({ path: join(cwd, "b/p.yaml"), folder: join(cwd, "b") });
    expect(projectFrom("a", "/dev/stdin")).toEqual({ path: "/dev/stdin", folder: join(cwd, "a") });
  });

  it("a link to nothing upwards is told, not passed over", () => {
    inGit(".");
    write("a/x.yaml");
    link("nothing", "campaignctl.yaml");
    const source = readProject(null, join(cwd, "a"));
    expect(source && outcome(source)).toBe("file-unreadable ../campaignctl.yaml");
  });
});

describe("readSourceFiles", () => {
  it("files of a project elsewhere are named from where one works, and links lead within its folder", () => {
    write("m/c/a.yaml", "m/shared.txt", "secret.txt", "w/x");
    link("../shared.txt", "m/c/in.yaml");
    link("../../secret.txt", "m/c/out.yaml");
    const [at, folder] = [join(cwd, "w"), join(cwd, "m")];
    const { files } = findCampaignFiles([patternOf("c")], {
      cwd: at,
      folder,
      origin: "project-file",
      project: null,
      catalogue: null,
    });
    const sources = readSourceFiles(files, { cwd: at, folder, roots: [], secrets: [] });
    expect([...sources].map(outcome)).toEqual([
      "../m/c/a.yaml=m/c/a.yaml",
      "../m/c/in.yaml=m/shared.txt",
      "symlink-refused ../m/c/out.yaml",
    ]);
  });

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
    const { files, roots } = findIn(cwd, ["linked"]);
    expect(files).toEqual(["linked/secret.yaml"]);
    expect([...sourcesOf(files, roots)].map(outcome)).toEqual(["symlink-refused linked/secret.yaml"]);
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
    const [first, second] = [...sourcesOf(["a.yaml", "b.yaml"])];
    expect(first && "bytes" in first && first.bytes.length).toBe(64 * 1024);
    expect(second && "code" in second && tell(second)).toBe("file-too-large b.yaml");
  });

  it("case 24: a file that is gone since it was found is an error of that file", () => {
    write("a.yaml", "b.yaml");
    const { files } = find(["."]);
    const sources = sourcesOf(files)[Symbol.iterator]();
    expect(outcome(sources.next().value)).toBe("a.yaml=a.yaml");
    rmSync(join(cwd, "b.yaml"));
    expect(outcome(sources.next().value)).toBe("file-unreadable b.yaml");
  });

  // Files below /proc say they have no bytes.
  it.runIf(process.platform === "linux")(
    "case 24: a file whose size is not what the system says is taken for half-written and refused",
    () => {
      const sources = [...sourcesOf(["/proc/self/status"])];
      expect(sources.map(outcome)).toEqual(["file-unreadable /proc/self/status"]);
    },
  );
});

describe("readProjectFile", () => {
  it("is null only when none was named and there is none", () => {
    expect(readProject(null)).toBeNull();
    const missing = readProject("other.yaml");
    expect(missing && outcome(missing)).toBe("path-not-found other.yaml");
  });

  it("reads campaignctl.yaml, or the file that was named, also outside", () => {
    write("campaignctl.yaml");
    writeFileSync(join(top, "out.yaml"), "out");
    const own = readProject(null);
    const other = readProject("../out.yaml");
    expect([own, other].map((source) => source && outcome(source))).toEqual([
      "campaignctl.yaml=campaignctl.yaml",
      `../out.yaml=out`,
    ]);
  });

  it("tells a folder, a loop and a link to nothing", () => {
    mkdirSync(join(cwd, "folder"));
    link("loop", "loop");
    link("nothing", "campaignctl.yaml");
    const told = ["folder", "loop", "campaignctl.yaml"].map((path) => readProject(path));
    expect(told.map((source) => source && outcome(source))).toEqual([
      "not-a-regular-file folder",
      "symlink-refused loop",
      "file-unreadable campaignctl.yaml",
    ]);
  });

  it("one that ends in .yml is told, not passed over, but for one that is named", () => {
    write("campaignctl.yml");
    const told = readProject(null);
    expect(told && outcome(told)).toBe("path-not-found campaignctl.yaml");
    expect(told && "detail" in told && told.detail).toContain("There is campaignctl.yml here");
    const named = readProject("campaignctl.yml");
    expect(named && outcome(named)).toBe("campaignctl.yml=campaignctl.yml");
  });

  it.each(["campaignctl.YAML", "Campaignctl.yaml", "CAMPAIGNCTL.YML", "campaignctl.yml"])(
    "one of nearly the right name is told, further up too, and the nearest folder decides (%s)",
    (name) => {
      mkdirSync(join(cwd, ".git"));
      write("campaignctl.yaml", `a/${name}`, "a/b/x.yaml", "a/c/campaignctl.yaml");
      for (const from of ["a", "a/b"]) {
        const told = readProject(null, join(cwd, from));
        expect(told && outcome(told)).toBe(`path-not-found ${from === "a" ? "" : "../"}campaignctl.yaml`);
        expect(told && "detail" in told && told.detail).toContain(`There is ${name} here`);
      }
      const nearer = readProject(null, join(cwd, "a/c"));
      expect(nearer && outcome(nearer)).toBe("campaignctl.yaml=a/c/campaignctl.yaml");
    },
  );

  it("a default project file that is a link to nothing is told, not passed over", () => {
    link("nothing", "campaignctl.yaml");
    const source = readProject(null);
    expect(source && outcome(source)).toBe("file-unreadable campaignctl.yaml");
  });
});
