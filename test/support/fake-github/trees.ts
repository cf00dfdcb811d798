import { createHash } from "node:crypto";
import type { components } from "@octokit/openapi-types";
import { answer, type Handler, notFound } from "./answer.ts";
import { filesAt, resolveRef } from "./history.ts";
import { linkOf } from "./links.ts";
import type { World } from "./model.ts";
import { blobSha } from "./replies/commit.ts";

type Entry = components["schemas"]["git-tree"]["tree"][number];

/** A folder as a commit has it. */
type Folder = {
  readonly sha: string;
  readonly entries: readonly Entry[];
  readonly folders: readonly Folder[];
};

/** The tree of a commit, a branch or another tree; with `recursive`, whatever its value, all below it, up to the limit. */
export const getTree: Handler = (call, world) => {
  const named = call.parts[0] ?? "";
  const folder = folderOf(world, named);
  if (folder === null) return notFound();
  const entries = call.query.has("recursive") ? allBelow(folder) : folder.entries;
  const tree = entries.slice(0, world.limits.treeEntries);
  const url = `${world.apiUrl}/repos/${world.owner}/${world.repo}/git/trees/${folder.sha}`;
  return answer("git/get-tree", 200, { sha: folder.sha, url, truncated: tree.length < entries.length, tree });
};

function folderOf(world: World, named: string): Folder | null {
  const commit = resolveRef(world, named);
  if (commit !== null) return folderFrom(filesAt(world, commit));
  for (const sha of world.commits.keys()) {
    const found = findFolder(folderFrom(filesAt(world, sha)), named);
    if (found !== null) return found;
  }
  return null;
}

function findFolder(folder: Folder, sha: string): Folder | null {
  if (folder.sha === sha) return folder;
  for (const below of folder.folders) {
    const found = findFolder(below, sha);
    if (found !== null) return found;
  }
  return null;
}

/** By path, as Git sorts them but for folders, which nobody here depends on. */
function folderFrom(files: ReadonlyMap<string, string>): Folder {
  const entries: Entry[] = [];
  const below = new Map<string, Map<string, string>>();
  for (const [path, text] of files) {
    const [first = "", ...rest] = path.split("/");
    if (rest.length === 0) entries.push(fileEntry(first, text));
    else below.set(first, (below.get(first) ?? new Map()).set(rest.join("/"), text));
  }
  const folders = [...below].map(([name, within]) => ({ name, folder: folderFrom(within) }));
  for (const { name, folder } of folders) {
    entries.push({ path: name, mode: "040000", type: "tree", sha: folder.sha });
  }
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const sha = createHash("sha1").update(JSON.stringify(entries)).digest("hex");
  return { sha, entries, folders: folders.map(({ folder }) => folder) };
}

function fileEntry(path: string, text: string): Entry {
  const link = linkOf(text);
  const content = link ?? text;
  const mode = link === null ? "100644" : "120000";
  return { path, mode, type: "blob", sha: blobSha(content), size: Buffer.byteLength(content) };
}

function allBelow(folder: Folder, prefix = ""): readonly Entry[] {
  return folder.entries.flatMap((entry) => {
    const own = { ...entry, path: `${prefix}${entry.path}` };
    const below = folder.folders.find(({ sha }) => entry.type === "tree" && sha === entry.sha);
    return below === undefined ? [own] : [own, ...allBelow(below, `${own.path}/`)];
  });
}
