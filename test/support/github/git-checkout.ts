import { execFileSync } from "node:child_process";
import { personOf } from "../fake-github/git-objects.ts";
import { filesAt } from "../fake-github/history.ts";
import { storedOf } from "../fake-github/links.ts";
import type { FakeCommit, World } from "../fake-github/model.ts";
import { makeWorkspace, type Workspace } from "../program/cli.ts";
import { git } from "../program/git.ts";

/** How much of the history actions/checkout brings: that of one commit, or all of all branches. */
export type FetchDepth = 1 | 0;

/**
 * Checks out a commit of a fake GitHub with real git, as actions/checkout does: detached, with the branches of the remote
 * where the whole history is fetched. Its commits have the SHAs that the fake says.
 *
 * @param fetch what else `git fetch` is given, such as `--filter=blob:none`.
 */
export function gitCheckout(
  { world }: { readonly world: World },
  commit: string,
  depth: FetchDepth,
  fetch: readonly string[] = [],
): Workspace {
  const remote = makeWorkspace({});
  const workspace = makeWorkspace({});
  git(remote.path, "init", "-q", "--bare");
  git(remote.path, "config", "uploadpack.allowFilter", "true");
  execFileSync("git", ["fast-import", "--quiet"], { cwd: remote.path, input: streamOf(world) });
  git(workspace.path, "init", "-q", "-b", "main");
  git(workspace.path, "remote", "add", "origin", `file://${remote.path}`);
  const branches = depth === 0 ? ["+refs/heads/*:refs/remotes/origin/*"] : [];
  const how = depth === 0 ? [] : [`--depth=${depth}`];
  git(workspace.path, "fetch", "-q", "--no-tags", ...how, ...fetch, "origin", ...branches, refOf(commit));
  git(workspace.path, "checkout", "-q", "--detach", commit);
  return {
    ...workspace,
    remove() {
      remote.remove();
      workspace.remove();
    },
  };
}

function refOf(sha: string): string {
  return `refs/commits/${sha}`;
}

/** Everything that the fake has, for `git fast-import`. Parents are made before their children. */
function streamOf(world: World): string {
  const commits = [...world.commits.values()].map((commit) => commitLines(world, commit));
  const branches = [...world.branches].map(
    ([name, sha]) => `reset refs/heads/${name}\nfrom ${refOf(sha)}\n\n`,
  );
  return [...commits, ...branches].join("");
}

function commitLines(world: World, commit: FakeCommit): string {
  const [first, ...others] = commit.parents;
  const person = personOf(commit);
  return [
    `commit ${refOf(commit.sha)}`,
    `author ${person}`,
    `committer ${person}`,
    dataOf(commit.message),
    ...(first === undefined ? [] : [`from ${refOf(first)}`]),
    ...others.map((sha) => `merge ${refOf(sha)}`),
    "deleteall",
    ...[...filesAt(world, commit.sha)].map(([path, text]) => {
      const { content, isLink } = storedOf(path, text);
      return `M ${isLink ? "120000" : "100644"} inline ${path}\n${dataOf(content)}`;
    }),
    "",
    "",
  ].join("\n");
}

function dataOf(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
