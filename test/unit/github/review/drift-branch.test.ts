import { describe, expect, test } from "vitest";
import {
  driftBranch,
  driftMessage,
  editsDigest,
  ownDigest,
} from "../../../../src/github/review/drift-branch.ts";
import { OTHER_TARGET, TARGET } from "../../../support/github/connected.ts";

const TREE = "a".repeat(40);
const DIGEST = editsDigest([{ path: "a.yaml", text: "x" }]);
const commit = { message: driftMessage(TARGET, DIGEST, TREE), tree: TREE, parents: ["b".repeat(40)] };

test("each target has a branch of its own", () => {
  expect(driftBranch(TARGET)).toMatch(/^campaignctl\/drift-plan-[0-9a-f]{12}$/);
  expect(driftBranch(OTHER_TARGET)).not.toBe(driftBranch(TARGET));
});

test("the digest is of all edits, in whatever order", () => {
  const edits = [
    { path: "a.yaml", text: "x" },
    { path: "b.yaml", text: "y" },
  ];
  expect(editsDigest(edits)).toBe(editsDigest([...edits].reverse()));
  expect(editsDigest(edits)).not.toBe(editsDigest(edits.slice(1)));
  expect(editsDigest(edits)).not.toBe(editsDigest(edits.map(({ path }) => ({ path, text: "z" }))));
  expect(editsDigest(edits)).toMatch(/^[0-9a-f]{16}$/);
});

describe("a commit is ours", () => {
  test("as we made it", () => {
    expect(ownDigest(commit, TARGET)).toBe(DIGEST);
    expect(ownDigest({ ...commit, message: commit.message.trimEnd() }, TARGET)).toBe(DIGEST);
  });

  test.each([
    ["its files were changed", { ...commit, tree: "c".repeat(40) }],
    ["it merges another", { ...commit, parents: [...commit.parents, "d".repeat(40)] }],
    ["it says nothing of us", { ...commit, message: "Mend it" }],
    ["our line is quoted", { ...commit, message: commit.message.replace("Campaignctl", "> Campaignctl") }],
    ["our line goes on", { ...commit, message: `${commit.message.trimEnd()} and more` }],
    ["our line is not one of its own", { ...commit, message: `Revert "x ${commit.message.split("\n")[2]}"` }],
  ])("not when %s", (_, other) => {
    expect(ownDigest(other, TARGET)).toBeNull();
  });

  test("not of another target", () => {
    expect(ownDigest(commit, OTHER_TARGET)).toBeNull();
  });
});
