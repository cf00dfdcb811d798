import { changesBetween, commitsBetween, filesAt, mergeBase } from "../fake-github/history.ts";
import { addCommit, type Files, storeCommit } from "../fake-github/seed.ts";
import { pullRequestOf } from "../fake-github/seed-pull-request.ts";
import type { FakeGitHub } from "../fake-github/server.ts";
import { mirrorOf } from "./git-mirror.ts";

/** A push to main: from which commit to which. */
export type Push = { readonly before: string; readonly after: string };

/** How the button of a pull request merges it. */
export type Method = "merge" | "squash" | "rebase";

/** The repository of a fake GitHub, where real Git merges and checks out. */
export type GitRepository = {
  /** Commits to main. */
  commit(files: Files): string;
  /** Opens a pull request of a branch with these files. */
  open(files: Files): number;
  /** Pushes one more commit to a pull request. */
  extend(number: number, files: Files): void;
  /** Merges main into a pull request's branch; `resolved`: what conflicts become. */
  update(number: number, resolved?: Files): void;
  /** Presses the button; throws where GitHub would refuse, since there are conflicts. */
  merge(number: number, method?: Method): Push;
  /** Closes a pull request without merging it. */
  close(number: number): void;
  /** The text of a file on main. */
  read(path: string): string;
  /** A folder with the files of a commit. */
  checkout(commit: string): string;
  remove(): void;
};

/** Makes the repository, with these files on main. */
export function makeGitRepository(github: FakeGitHub, files: Files): GitRepository {
  const { world } = github;
  const { merge, checkout, remove } = mirrorOf(world);
  world.merge = merge;
  addCommit(world, { files });
  return {
    commit: (change) => addCommit(world, { files: change }),
    open: (change) => github.addPullRequest({ commits: [{ files: change }] }),
    extend(number, change) {
      github.extendPullRequest(number, [{ files: change }]);
    },
    update(number, resolved = {}) {
      const pull = pullRequestOf(world, number);
      const [tip, main] = [github.head(number), github.tip("main")];
      const merged = merge(tip, main) ?? changesBetween(world, mergeBase(world, tip, main).sha, main);
      const head = storeCommit(world, { message: "Update", files: { ...merged, ...resolved } }, [tip, main]);
      world.branches.set(pull.branch, head);
      pull.commits = commitsBetween(world, main, head).map(({ sha }) => sha);
    },
    merge(number, method = "squash") {
      const before = github.tip("main");
      return { before, after: github.mergePullRequest(number, { method }) };
    },
    close: (number) => github.closeIssue(number),
    read: (path) => filesAt(world, github.tip("main")).get(path) ?? "",
    checkout,
    remove,
  };
}
