import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { patternOf } from "../../../src/declarations/path-pattern.ts";
import { isBehindLink, wouldBeFound } from "../../../src/files/covered.ts";
import { makeWorkspace, type Workspace } from "../../support/program/cli.ts";

const open: Workspace[] = [];
afterEach(() => {
  for (const workspace of open.splice(0)) workspace.remove();
});

function folder(): string {
  const workspace = makeWorkspace();
  open.push(workspace);
  return workspace.path;
}

it.each([
  [true, "campaigns/a.yaml", ["campaigns/**/*.{yaml,yml}"]],
  [true, "campaigns/x/a.yaml", ["campaigns"]],
  [true, "campaigns/a.yaml", ["./campaigns/"]],
  [true, "a.yaml", ["a.yaml"]],
  [true, "campaigns/a.yaml", ["emails/*.yaml", "campaigns/*.yaml"]],
  [false, "campaigns/x/a.yaml", ["campaigns/*.yaml"]],
  [false, "campaigns/x/a.yaml", ["campaigns/**/*.yaml", "!campaigns/x/**"]],
  [false, "campaigns/x/a.yaml", ["campaigns/**/*.yaml", "!campaigns/x"]],
  [false, "campaigns/.x/a.yaml", ["campaigns/**/*.yaml"]],
  [false, "node_modules/a.yaml", ["**/*.yaml"]],
  [false, "campaigns/a.txt", ["campaigns/**"]],
  [false, "../a.yaml", ["**/*.yaml"]],
])("%s: %s by %j", (expected, file, patterns) => {
  const at = folder();
  expect(wouldBeFound(join(at, file), patterns.map(patternOf), at)).toBe(expected);
});

it("a folder behind a link is not searched, and what is in it may be somebody else's", () => {
  const at = folder();
  mkdirSync(join(at, "real"));
  symlinkSync("real", join(at, "link"));
  expect(wouldBeFound(join(at, "link/a.yaml"), [patternOf("**/*.yaml")], at)).toBe(false);
  expect(wouldBeFound(join(at, "real/new/a.yaml"), [patternOf("**/*.yaml")], at)).toBe(true);
  expect([join(at, "link/a.yaml"), join(at, "real/a.yaml")].map((path) => isBehindLink(path, at))).toEqual([
    true,
    false,
  ]);
});
