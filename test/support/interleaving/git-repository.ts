import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { blobSha } from "../fake-github/git-objects.ts";
import { commitsBetween } from "../fake-github/history.ts";
import type { World } from "../fake-github/model.ts";
import { addIssue, setIssueState } from "../fake-github/seed.ts";
import { pullRequestOf } from "../fake-github/seed-pull-request.ts";
import type { FakeGitHub } from "../fake-github/server.ts";
import { makeWorkspace } from "../program/cli.ts";
import { committing, git, gitInTurn } from "../program/git.ts";

/** Files of a commit by their paths; null takes one away. */
export type Change = Readonly<Record<string, string | null>>;

/** A push to main: from which commit to which. */
export type Push = { readonly before: string; readonly after: string };

/** The words of one git. */
type Command = readonly string[];

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
  const texts = new Map<string, string>();
  const at = (...args: readonly string[]) => git(path, ...args);
  const put = (change: Change) => write(path, change, texts);
  const show = (branch: string, ...after: readonly Command[]): string =>
    showAfter(after, { world, path, branch, texts });
  const commitTo = (branch: string, change: Change): string => {
    goTo(world, path, branch);
    put(change);
    return show(branch, ...committing(`Change ${branch}`));
  };
  world.branches.delete("main");
  put(files);
  rmSync(runner.path, { recursive: true });
  const init = [["init", "-q", "-b", "main"], ...committing("Change main")];
  show("main", ...init, ["worktree", "add", "-q", "--detach", runner.path, "main"]);
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
      const isResolved = !merged || Object.keys(resolved).length > 0;
      if (isResolved) put(resolved);
      show(branch, ...(isResolved ? committing("Resolve") : []));
      showCommits(world, number);
    },
    merge(number, method = "squash") {
      const pull = pullRequestOf(world, number);
      const before = world.branches.get("main") ?? "";
      const after = show("main", ["checkout", "-q", "main"], ...landing(pull.branch, pull.commits, method));
      const now = world.now();
      pull.landed = firstParents(world, before, after);
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
      const checkout = ["checkout", "-q", "--detach", onto ?? commit];
      const merge = onto === undefined ? [] : [["merge", "-q", "--no-ff", "-m", "Test merge", commit]];
      if (tries(() => gitInTurn(runner.path, checkout, ...merge))) return runner.path;
      git(runner.path, "merge", "--abort");
      return null;
    },
    remove() {
      remove();
      runner.remove();
    },
  };
}

/** What the button does: a merge commit, one commit of all, or each commit again. */
function landing(branch: string, commits: readonly string[], method: Method): readonly Command[] {
  switch (method) {
    case "merge":
      return [["merge", "-q", "--no-ff", "-m", `Merge ${branch}`, branch]];
    case "squash":
      return [
        ["merge", "-q", "--squash", branch],
        ["commit", "-q", "--allow-empty", "-m", `Squash ${branch}`],
      ];
    case "rebase":
      return [["cherry-pick", "--allow-empty", ...commits]];
  }
}

/** From one commit to another, oldest first, by first parents alone. */
function firstParents(world: World, before: string, after: string): string[] {
  const shas: string[] = [];
  for (let sha = after; sha !== before; sha = world.commits.get(sha)?.parents[0] ?? before) shas.unshift(sha);
  return shas;
}

function goTo(world: World, path: string, branch: string): void {
  if (world.branches.has(branch)) git(path, "checkout", "-q", branch);
  else git(path, "checkout", "-q", "-b", branch, "main");
}

/** Writes files, and notes their texts by the ids that Git gives them. */
function write(folder: string, change: Change, texts: Map<string, string>): void {
  for (const [file, text] of Object.entries(change)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    if (text === null) rmSync(path);
    else writeFileSync(path, text);
    if (text !== null) texts.set(blobSha(text), text);
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

/** What is shown of a repository, and the texts of its blobs that are known. */
type Shown = {
  readonly world: World;
  readonly path: string;
  readonly branch: string;
  readonly texts: Map<string, string>;
};

/**
 * Runs git several times, and then shows a branch of the repository, and the commits that lead to it, on the fake GitHub;
 * its tip. All in one go, since it is to start processes that these tests take their time.
 */
function showAfter(commands: readonly Command[], { world, path, branch, texts }: Shown): string {
  const listed = gitInTurn(path, ...commands, ["log", "--reverse", "--topo-order", ...RAW, branch]);
  const commits = listed.split("\0").slice(1).map(parseCommit);
  const unknown = commits.filter(({ sha }) => !world.commits.has(sha));
  learn(
    path,
    unknown.flatMap(({ blobs }) => [...blobs.values()]),
    texts,
  );
  for (const { sha, parents, blobs } of unknown) {
    world.commits.set(sha, {
      sha,
      parents,
      message: branch,
      email: "marketer@example.com",
      at: world.now(),
      files: Object.fromEntries([...blobs].map(([name, blob]) => [name, texts.get(blob) ?? null])),
    });
  }
  const tip = commits.at(-1)?.sha ?? "";
  world.branches.set(branch, tip);
  return tip;
}

function showCommits(world: World, number: number): void {
  const pull = pullRequestOf(world, number);
  const [main = "", tip = ""] = ["main", pull.branch].map((branch) => world.branches.get(branch));
  pull.commits = commitsBetween(world, main, tip).map(({ sha }) => sha);
}

/** Each commit with its parents, and what it changes, seen from its first parent. */
const RAW = ["--format=%x00%H %P", "--raw", "--no-abbrev", "--no-renames", "--diff-merges=first-parent"];

/** A commit, and the blobs of the files that it changes: zeros where it takes one away. */
function parseCommit(text: string) {
  const [head = "", ...lines] = text.split("\n").filter((line) => line !== "");
  const [sha = "", ...parents] = head.trim().split(" ");
  const blobs = lines.map((line) => {
    const [facts = "", name = ""] = line.split("\t");
    return [name, facts.split(" ")[3] ?? ""] as const;
  });
  return { sha, parents, blobs: new Map(blobs) };
}

/** Notes the texts of blobs that only Git knows, such as what it merged: all by one git. */
function learn(path: string, blobs: readonly string[], texts: Map<string, string>): void {
  const wanted = [...new Set(blobs)].filter((blob) => !texts.has(blob) && !/^0+$/.test(blob));
  if (wanted.length === 0) return;
  const input = wanted.map((blob) => `${blob}\n`).join("");
  const listed = execFileSync("git", ["cat-file", "--batch"], { cwd: path, input });
  let at = 0;
  for (const blob of wanted) {
    const start = listed.indexOf("\n", at) + 1;
    const size = Number(listed.toString("utf8", at, start).trim().split(" ")[2]);
    at = start + size + 1;
    texts.set(blob, listed.toString("utf8", start, start + size));
  }
}
