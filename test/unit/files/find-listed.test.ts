import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { patternOf } from "../../../src/declarations/path-pattern.ts";
import { findCampaignFiles } from "../../../src/files/find-files.ts";
import { findListedFiles } from "../../../src/files/find-listed.ts";
import { makeWorkspace, type Workspace } from "../../support/program/cli.ts";

const open: Workspace[] = [];
afterEach(() => {
  for (const workspace of open.splice(0)) workspace.remove();
});

const FILES = [
  "campaigns/a.yaml",
  "campaigns/b.YML",
  "campaigns/.hidden.yaml",
  "campaigns/.git-like/c.yaml",
  "campaigns/deep/er/d.yaml",
  "campaigns/deep/e.txt",
  "campaigns/node_modules/f.yaml",
  "campaigns/[x]/g.yaml",
  "campaigns/!h.yaml",
  "campaigns-old/i.yaml",
  "j.yaml",
];

/** What is found on the disk, and of the same files by their names alone. */
function bothWays(patterns: readonly string[], origin: "arguments" | "project-file") {
  const workspace = makeWorkspace(Object.fromEntries(FILES.map((file) => [file, "campaignId: x\n"])));
  open.push(workspace);
  const folder = workspace.path;
  const search = { cwd: folder, folder, origin, project: null, catalogue: null };
  const named = patterns.map(patternOf);
  const paths = FILES.map((file) => join(folder, file));
  const listed = findListedFiles(named, paths, search).map((path) => path.slice(folder.length + 1));
  return { onDisk: findCampaignFiles(named, search).files, listed: listed.sort() };
}

test.each([
  ["campaigns"],
  ["campaigns/**/*.{yaml,yml}"],
  ["campaigns/*.yaml", "campaigns/deep"],
  ["campaigns/**/*.yaml", "!campaigns/deep"],
  ["campaigns", "!**/*.YML"],
  ["campaigns/[x]"],
  ["**/*.yaml", "!**/deep/**"],
  ["campaigns/!(a).yaml"],
  ["./campaigns/", "j.yaml"],
  ["campaigns/deep/e.txt"],
  ["{campaigns,campaigns-old}/*.yaml"],
])("patterns name the same files of a list as on the disk: %s %s", (...patterns) => {
  for (const origin of ["project-file", "arguments"] as const) {
    const { onDisk, listed } = bothWays(patterns, origin);
    expect(onDisk.length).toBeGreaterThan(0);
    expect(listed).toEqual(onDisk);
  }
});

test("a name that begins with ! is one when somebody types it", () => {
  const { onDisk, listed } = bothWays(["campaigns/a.yaml", "campaigns/!h.yaml"], "arguments");
  expect(listed).toEqual(onDisk);
  expect(listed).toEqual(["campaigns/!h.yaml", "campaigns/a.yaml"]);
});

test("project file and catalogue are no campaigns", () => {
  const search = {
    folder: "/p",
    origin: "project-file",
    project: "/p/x.yaml",
    catalogue: "/p/y.yaml",
  } as const;
  expect(findListedFiles([patternOf("*.yaml")], ["/p/x.yaml", "/p/y.yaml", "/p/z.yaml"], search)).toEqual([
    "/p/z.yaml",
  ]);
});
