import { expect, onTestFinished, test } from "vitest";
import { linkTo } from "../../support/fake-github/links.ts";
import { startFakeGitHub } from "../../support/fake-github/server.ts";
import { gitCheckout } from "../../support/github/git-checkout.ts";
import { git } from "../../support/program/git.ts";
import { pullRequestEvent } from "../../support/runner/events.ts";

test("real git has the commits and trees of the fake under the SHAs that it says", async () => {
  const github = await startFakeGitHub();
  onTestFinished(() => github.close());
  github.addCommit({
    files: { "a.yaml": "1\n", "a/ü.yaml": "2", "a.b/c.yaml": "3", "a/link": linkTo("a.yaml") },
  });
  const number = github.addPullRequest({ commits: [{ files: { "a/ü.yaml": null, "new.yaml": "4\n" } }] });
  const tip = github.addCommit({ files: { "other.yaml": "5\n" } });
  const { sha } = pullRequestEvent(github, number);
  const { path, remove } = gitCheckout(github, sha, 1);
  onTestFinished(remove);
  expect(git(path, "rev-parse", "HEAD")).toBe(sha);
  expect(git(path, "cat-file", "commit", "HEAD")).toContain(`parent ${tip}\nparent ${github.head(number)}\n`);
  expect(() => git(path, "rev-parse", "HEAD^1")).toThrow();
  expect(git(path, "-c", "core.quotePath=false", "ls-files").split("\n")).toEqual([
    "a.b/c.yaml",
    "a.yaml",
    "a/link",
    "new.yaml",
    "other.yaml",
  ]);
  expect(git(path, "fsck", "--strict")).toBe("");
});

test("with the whole history the branches of the remote are there", async () => {
  const github = await startFakeGitHub();
  onTestFinished(() => github.close());
  const tip = github.addCommit({ files: { "a.yaml": "1\n" } });
  const side = github.addCommit({ branch: "side" });
  const { path, remove } = gitCheckout(github, side, 0);
  onTestFinished(remove);
  expect(git(path, "merge-base", "HEAD", "origin/main")).toBe(tip);
});
