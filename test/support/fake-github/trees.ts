import type { components } from "@octokit/openapi-types";
import { answer, type Handler, notFound } from "./answer.ts";
import { folderOf, type GitFolder } from "./git-objects.ts";
import { filesAt, resolveRef } from "./history.ts";
import type { World } from "./model.ts";

type Entry = components["schemas"]["git-tree"]["tree"][number];

/** The tree of a commit, a branch or another tree; with `recursive`, whatever its value, all below it, up to the limit. */
export const getTree: Handler = (call, world) => {
  const folder = folderAt(world, call.parts[0] ?? "");
  if (folder === null) return notFound();
  const entries = entriesOf(folder, call.query.has("recursive"), "");
  const tree = entries.slice(0, world.limits.treeEntries);
  const url = `${world.apiUrl}/repos/${world.owner}/${world.repo}/git/trees/${folder.sha}`;
  return answer("git/get-tree", 200, { sha: folder.sha, url, truncated: tree.length < entries.length, tree });
};

function folderAt(world: World, named: string): GitFolder | null {
  const commit = resolveRef(world, named);
  if (commit !== null) return folderOf(filesAt(world, commit));
  for (const sha of world.commits.keys()) {
    const found = folderNamed(folderOf(filesAt(world, sha)), named);
    if (found !== null) return found;
  }
  return null;
}

function folderNamed(folder: GitFolder, sha: string): GitFolder | null {
  if (folder.sha === sha) return folder;
  for (const below of folder.folders.values()) {
    const found = folderNamed(below, sha);
    if (found !== null) return found;
  }
  return null;
}

function entriesOf(folder: GitFolder, isRecursive: boolean, prefix: string): readonly Entry[] {
  return folder.entries.flatMap(({ name, mode, sha, size }) => {
    const path = `${prefix}${name}`;
    const below = folder.folders.get(name);
    if (below === undefined || size !== null) return [{ path, mode, type: "blob", sha, size: size ?? 0 }];
    const own = { path, mode, type: "tree", sha };
    return isRecursive ? [own, ...entriesOf(below, true, `${path}/`)] : [own];
  });
}
