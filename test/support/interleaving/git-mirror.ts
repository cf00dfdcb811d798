import { existsSync } from "node:fs";
import { join } from "node:path";
import { folderOf } from "../fake-github/git-objects.ts";
import { changedFiles, filesAfter, mergeBase } from "../fake-github/history.ts";
import type { World } from "../fake-github/model.ts";
import type { Files } from "../fake-github/seed.ts";
import { streamOf } from "../github/git-import.ts";
import { makeWorkspace } from "../program/cli.ts";
import { type Command, git, gitFed } from "../program/git.ts";

/** A repository of real Git with the commits of a fake GitHub, by the same SHAs. */
export type GitMirror = {
  /** What a merge of the second commit into the first changes there; null where they conflict. */
  merge(ours: string, theirs: string): Files | null;
  /** A folder with the files of a commit, the same one for all. */
  checkout(commit: string): string;
  remove(): void;
};

/** Git learns of commits when it needs them: it is to start processes that these tests take their time. */
export function mirrorOf(world: World): GitMirror {
  const { path, remove } = makeWorkspace();
  const [repository, runner] = [join(path, "repository"), join(path, "runner")];
  const known = new Set<string>();
  const run = (...commands: readonly Command[]): string => {
    const fresh = [...world.commits.values()].filter(({ sha }) => !known.has(sha));
    const learning = fresh.length === 0 ? [] : [["fast-import", "--quiet"]];
    for (const { sha } of fresh) known.add(sha);
    return gitFed(streamOf(world, fresh), repository, ...learning, ...commands);
  };
  git(path, "init", "-q", "--bare", "--template=", repository);
  return {
    merge: onlyOnce((ours, theirs) => {
      const tree = unlessConflict(() => run(["merge-tree", "--write-tree", ours, theirs]).trim());
      if (tree === null) return null;
      const base = mergeBase(world, ours, theirs).sha;
      const isOurs = new Set(changedFiles(world, base, ours).map(({ path }) => path));
      const files = Object.fromEntries(
        changedFiles(world, base, theirs).map(({ path, after }) => [
          path,
          after !== null && isOurs.has(path) ? run(["cat-file", "blob", `${tree}:${path}`]) : after,
        ]),
      );
      const { sha } = folderOf(filesAfter(world, { parents: [ours], files }));
      if (sha !== tree) throw new Error(`Git merges ${ours} and ${theirs} to ${tree}, the fake to ${sha}.`);
      return files;
    }),
    checkout(commit) {
      run(
        existsSync(runner)
          ? ["-C", runner, "checkout", "-q", "--detach", commit]
          : ["worktree", "add", "-q", "--detach", runner, commit],
      );
      return runner;
    },
    remove,
  };
}

/** Asks once for each two commits: the test merge is asked for again and again, and the button makes the same. */
function onlyOnce(merge: GitMirror["merge"]): GitMirror["merge"] {
  const merged = new Map<string, Files | null>();
  return (ours, theirs) => {
    const both = `${ours} ${theirs}`;
    if (!merged.has(both)) merged.set(both, merge(ours, theirs));
    return merged.get(both) ?? null;
  };
}

/** Git ends with 1 for conflicts alone. */
function unlessConflict<T>(merge: () => T): T | null {
  try {
    return merge();
  } catch (error) {
    if ((error as { readonly status?: unknown }).status === 1) return null;
    throw error;
  }
}
