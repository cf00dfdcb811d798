import type { World } from "../fake-github/model.ts";
import { makeWorkspace, type Workspace } from "../program/cli.ts";
import { gitFed } from "../program/git.ts";
import { branchesOf, refOf, streamOf } from "./git-import.ts";

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
  const input = streamOf(world, world.commits.values()) + branchesOf(world);
  const branches = depth === 0 ? ["+refs/heads/*:refs/remotes/origin/*"] : [];
  const how = depth === 0 ? [] : [`--depth=${depth}`];
  gitFed(
    input,
    workspace.path,
    ["init", "-q", "--bare", remote.path],
    ["-C", remote.path, "config", "uploadpack.allowFilter", "true"],
    ["-C", remote.path, "fast-import", "--quiet"],
    ["init", "-q", "-b", "main"],
    ["remote", "add", "origin", `file://${remote.path}`],
    ["fetch", "-q", "--no-tags", ...how, ...fetch, "origin", ...branches, refOf(commit)],
    ["checkout", "-q", "--detach", commit],
  );
  return {
    ...workspace,
    remove() {
      remote.remove();
      workspace.remove();
    },
  };
}
