import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commitsBetween } from "../fake-github/history.ts";
import type { World } from "../fake-github/model.ts";
import { addIssue, setIssueState } from "../fake-github/seed.ts";
import { pullRequestOf } from "../fake-github/seed-pull-request.ts";
import type { FakeGitHub } from "../fake-github/server.ts";
import { makeWorkspace } from "../program/cli.ts";
import { git } from "../program/git.ts";

/** Files of a commit by their paths; null takes one away. */
export type Change = Readonly<Record<string, string | null>>;

/** A push to main: from which commit to which. */
export type Push = { readonly before: string; readonly after: string };

/** How the button of a pull request merges it. */
export type Method = "merge" | "squash" | "rebase";

/** A real repository of Git's, whose commits and branches a fake GitHub shows. */
export type GitRepository = {
  /** Commits to a branch, which begins at the tip of main where it is new. */
  commit(branch: string, files: Change): string;
  /** Opens a pull request of a branch with these files. */
  open(files: Change): number;
  /** Pushes one more commit to a pull request. */
  extend(number: number, files: Change): void;
  /** Merges main into a pull request's branch; `resolved`: what conflicts become. */
  update(number: number, resolved?: Change): void;
  /** Presses the button; throws where GitHub would refuse, since there are conflicts. */
  merge(number: number, method?: Method): Push;
  /** Closes a pull request without merging it. */
  close(number: number): void;
  /** The text of a file on a branch or in a commit. */
  read(ref: string, path: string): string;
  /** A folder with the files of a commit; with `onto`, of GitHub's merge of it into that branch. Null: they conflict. */
  checkout(commit: string, onto?: string): string | null;
  remove(): void;
};

/** Makes the repository, with a first commit on main. */
export function makeGitRepository({ world }: FakeGitHub, files: Change): GitRepository {
  const { path, remove } = makeWorkspace();
  const runner = makeWorkspace();
  const at = (...args: readonly string[]) => git(path, ...args);
  at("init", "-q", "-b", "main");
  const commitTo = (branch: string, change: Change): string => {
    if (branch !== "main" || world.branches.has("main")) goTo(world, path, branch);
    write(path, change);
    at("add", "-A");
    at("commit", "-q", "--allow-empty", "-m", `Change ${branch}`);
    return show(world, path, branch);
  };
  world.branches.delete("main");
  commitTo("main", files);
  rmSync(runner.path, { recursive: true });
  at("worktree", "add", "-q", "--detach", runner.path, "main");
  return {
    commit: commitTo,
    open(change) {
      const { number } = addIssue(world, { author: "marketer", title: "Change audiences" });
      const branch = `change-${number}`;
      const baseSha = world.branches.get("main") ?? "";
      commitTo(branch, change);
      const pull = { number, base: "main", baseSha, branch, headRepository: "same", merged: null } as const;
      world.pullRequests.set(number, { ...pull, commits: [], landed: [] });
      showCommits(world, number);
      return number;
    },
    extend(number, change) {
      commitTo(pullRequestOf(world, number).branch, change);
      showCommits(world, number);
    },
    update(number, resolved = {}) {
      const { branch } = pullRequestOf(world, number);
      goTo(world, path, branch);
      const merged = tries(() => at("merge", "-q", "--no-ff", "-m", "Update", "main"));
      if (!merged || Object.keys(resolved).length > 0) {
        write(path, resolved);
        at("add", "-A");
        at("commit", "-q", "--allow-empty", "-m", "Resolve");
      }
      show(world, path, branch);
      showCommits(world, number);
    },
    merge(number, method = "squash") {
      const pull = pullRequestOf(world, number);
      const before = world.branches.get("main") ?? "";
      goTo(world, path, "main");
      land(at, pull.branch, pull.commits, method);
      const after = show(world, path, "main");
      const now = world.now();
      pull.landed = at("rev-list", "--reverse", "--first-parent", `${before}..${after}`).split("\n");
      pull.merged = { at: now, by: "maintainer", sha: after };
      Object.assign(world.issues.get(number) ?? {}, { state: "closed", closedAt: now, updatedAt: now });
      return { before, after };
    },
    close(number) {
      const issue = world.issues.get(number);
      if (issue !== undefined) setIssueState(world, issue, "closed");
    },
    read: (ref, file) => at("show", `${ref}:${file}`),
    checkout(commit, onto) {
      const in_ = (...args: readonly string[]) => git(runner.path, ...args);
      in_("checkout", "-q", "--detach", onto ?? commit);
      if (onto === undefined) return runner.path;
      if (tries(() => in_("merge", "-q", "--no-ff", "-m", "Test merge", commit))) return runner.path;
      in_("merge", "--abort");
      return null;
    },
    remove() {
      remove();
      runner.remove();
    },
  };
}

/** As the button does: a merge commit, one commit of all, or each commit again. */
function land(
  at: (...args: readonly string[]) => string,
  branch: string,
  commits: readonly string[],
  method: Method,
): void {
  switch (method) {
    case "merge":
      at("merge", "-q", "--no-ff", "-m", `Merge ${branch}`, branch);
      return;
    case "squash":
      at("merge", "-q", "--squash", branch);
      at("commit", "-q", "--allow-empty", "-m", `Squash ${branch}`);
      return;
    case "rebase":
      at("cherry-pick", "--allow-empty", ...commits);
  }
}

function goTo(world: World, path: string, branch: string): void {
  if (world.branches.has(branch)) git(path, "checkout", "-q", branch);
  else git(path, "checkout", "-q", "-b", branch, "main");
}

function write(folder: string, change: Change): void {
  for (const [file, text] of Object.entries(change)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    if (text === null) rmSync(path);
    else writeFileSync(path, text);
  }
}

/** Whether a git command succeeded: here it fails for conflicts alone. */
function tries(command: () => unknown): boolean {
  try {
    command();
    return true;
  } catch {
    return false;
  }
}

/** Shows a branch of the repository, and the commits that lead to it, on the fake GitHub; its tip. */
function show(world: World, path: string, branch: string): string {
  const listed = git(path, "rev-list", "--reverse", "--topo-order", "--parents", branch).split("\n");
  const commits = listed.map((line) => line.split(" "));
  for (const [sha = "", ...parents] of commits) {
    if (world.commits.has(sha)) continue;
    world.commits.set(sha, {
      sha,
      parents,
      message: branch,
      email: "marketer@example.com",
      at: world.now(),
      files: filesOf(path, sha, parents),
    });
  }
  const tip = commits.at(-1)?.[0] ?? "";
  world.branches.set(branch, tip);
  return tip;
}

function showCommits(world: World, number: number): void {
  const pull = pullRequestOf(world, number);
  const [main = "", tip = ""] = ["main", pull.branch].map((branch) => world.branches.get(branch));
  pull.commits = commitsBetween(world, main, tip).map(({ sha }) => sha);
}

/** What a commit changes, seen from its first parent. */
function filesOf(path: string, sha: string, [parent]: readonly string[]): Change {
  const from = parent === undefined ? ["--root", "--no-commit-id"] : [parent];
  const listed = git(path, "diff-tree", "-r", "--no-renames", ...from, sha);
  const lines = listed.split("\n").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const [facts = "", name = ""] = line.split("\t");
      const blob = facts.split(" ")[3] ?? "";
      return [name, /^0+$/.test(blob) ? null : `${git(path, "cat-file", "blob", blob)}\n`];
    }),
  );
}
