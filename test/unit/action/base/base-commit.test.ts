import { describe, expect, onTestFinished, test } from "vitest";
import { findBaseCommit } from "../../../../src/action/base/base-commit.ts";
import { openCheckout } from "../../../../src/github/api/git-file.ts";
import type { Trigger } from "../../../../src/github/run/model.ts";
import { makeWorkspace } from "../../../support/program/cli.ts";
import { commitAll, git } from "../../../support/program/git.ts";

const SHA = "a".repeat(40);
const OTHER = "b".repeat(40);

/** A remote whose base branch moved on after a topic left it, and GitHub's merge of both. */
function remote() {
  const { path, write, remove } = makeWorkspace({ "a.yaml": "1\n" });
  onTestFinished(remove);
  const fork = commitAll(path);
  const commit = (file: string): string => {
    write(file, "1\n");
    git(path, "add", "-A");
    git(path, "commit", "-q", "-m", file);
    return git(path, "rev-parse", "HEAD");
  };
  git(path, "checkout", "-q", "-b", "topic");
  const head = commit("b.yaml");
  git(path, "checkout", "-q", "main");
  const tip = commit("c.yaml");
  git(path, "checkout", "-q", "-b", "merged");
  git(path, "merge", "-q", "--no-ff", "-m", "merge", "topic");
  return { path, fork, head, tip, merge: git(path, "rev-parse", "HEAD") };
}

/** As actions/checkout leaves it: one commit, at some depth. */
function cloneOf(from: string, branch: string, ...options: readonly string[]): string {
  const { path, remove } = makeWorkspace({});
  onTestFinished(remove);
  git(path, "clone", "-q", ...options, "--branch", branch, `file://${from}`, "here");
  return `${path}/here`;
}

const pullRequest = (headSha: string): Trigger => ({
  kind: "pull-request",
  number: 1,
  headSha,
  // As the event has it: of some time or other.
  baseSha: OTHER,
  baseRef: "main",
  isFork: false,
});

function find(
  workspace: string,
  trigger: Trigger,
  github: Parameters<typeof findBaseCommit>[0]["github"] = null,
) {
  return findBaseCommit({ context: { trigger }, checkout: openCheckout(workspace, process.env), github });
}

describe("a pull request", () => {
  test.each([["--depth=1"], ["--no-single-branch"]])(
    "merged by GitHub, cloned %s: the first parent",
    async (depth) => {
      const { path, head, tip } = remote();
      expect(await find(cloneOf(path, "merged", depth), pullRequest(head))).toEqual({ commit: tip });
    },
  );

  test("its head alone, with the whole history: where it left the base branch", async () => {
    const { path, head, fork } = remote();
    expect(await find(cloneOf(path, "topic"), pullRequest(head))).toEqual({ commit: fork });
  });

  test("its head alone, at depth 1: GitHub is asked, and the tip of the base branch is never taken for it", async () => {
    const { path, head } = remote();
    const asked: unknown[] = [];
    const mergeBase = async (...ends: readonly string[]) => {
      asked.push(ends);
      return SHA;
    };
    const clone = cloneOf(path, "topic", "--depth=1", "--no-single-branch");
    expect(await find(clone, pullRequest(head), { mergeBase })).toEqual({ commit: SHA });
    expect(asked).toEqual([["main", head]]);
    expect(await find(clone, pullRequest(head))).toEqual({ why: expect.stringContaining("github-token") });
  });

  test("a head that is a merge itself is no merge of GitHub's", async () => {
    const { path, merge, tip } = remote();
    const { commit } = (await find(cloneOf(path, "merged"), pullRequest(merge))) as { commit: string };
    expect(commit).toBe(tip);
  });

  test("that is in its base branch already has nothing to compare with", async () => {
    const { path, fork } = remote();
    expect(await find(cloneOf(path, "main"), pullRequest(fork))).toEqual({
      why: "main has the head of this pull request already",
    });
  });
});

test.each<readonly [string, Trigger, unknown]>([
  [
    "a merge group",
    { kind: "merge-group", headSha: SHA, baseSha: OTHER, baseRef: "main" },
    { commit: OTHER },
  ],
  ["a push", { kind: "push", before: OTHER, after: SHA, isForced: false, branch: "main" }, { commit: OTHER }],
  [
    "a forced push",
    { kind: "push", before: OTHER, after: SHA, isForced: true, branch: "main" },
    { why: expect.stringContaining("took commits off") },
  ],
  [
    "a new branch",
    { kind: "push", before: null, after: SHA, isForced: false, branch: "main" },
    { why: expect.stringContaining("new") },
  ],
  [
    "any other event",
    { kind: "other", event: "schedule", sha: SHA, branch: "main" },
    { why: expect.stringContaining("schedule") },
  ],
])("%s", async (_, trigger, expected) => {
  const { path, remove } = makeWorkspace({});
  onTestFinished(remove);
  expect(await find(path, trigger)).toEqual(expected);
});
