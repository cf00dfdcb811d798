import { posix } from "node:path";
import type { BaseCommit } from "../../declarations/base-commit.ts";
import type { Client } from "./client.ts";
import { fieldsOf } from "./wire.ts";

/** What is in a commit. Of links only those in the wanted folders, or on the way to one: each has to be asked for. */
export type CommitTree = Pick<BaseCommit, "files" | "links">;

/** Trees that are asked for at most, where GitHub does not show all in one. */
const MOST_TREES = 10;

/**
 * The files of a commit: one request, as long as GitHub shows everything at once. Where it does not, the folders that are
 * wanted are read by themselves, and what stands beside the way there. Null where that takes too many requests.
 *
 * @param commit full SHA.
 * @param folders from the root of the repository, which is `.`.
 */
export async function readCommitTree(
  client: Client,
  commit: string,
  folders: readonly string[],
): Promise<CommitTree | null> {
  const whole = await readTree(client, commit, "recursive");
  const entries = whole.isCut ? await readByFolder(client, commit, folders) : whole.entries;
  return entries === null ? null : treeOf(entries, folders);
}

function readByFolder(
  client: Client,
  commit: string,
  folders: readonly string[],
): Promise<readonly Entry[] | null> {
  let left = MOST_TREES;
  const read = async (id: string, depth: Depth): Promise<Tree> => {
    left -= 1;
    return left < 0 ? CUT : readTree(client, id, depth);
  };
  const walk = async (id: string, folder: string): Promise<readonly Entry[] | null> => {
    if (folder !== "" && folders.some((wanted) => isBelow(folder, wanted))) {
      const all = await read(id, "recursive");
      if (!all.isCut) return entriesIn(all, folder);
    }
    const level = await read(id, "one level");
    if (level.isCut) return null;
    const found = [...entriesIn(level, folder)];
    for (const { path, id: below } of found.filter(({ mode }) => mode === FOLDER)) {
      if (!folders.some((wanted) => leadsTo(path, wanted))) continue;
      const more = await walk(below, path);
      if (more === null) return null;
      found.push(...more);
    }
    return found;
  };
  return walk(commit, "");
}

type Depth = "recursive" | "one level";

type Entry = { readonly path: string; readonly mode: string; readonly id: string };

type Tree = { readonly entries: readonly Entry[]; readonly isCut: boolean };

const CUT: Tree = { entries: [], isCut: true };

/** How Git writes what an entry is. */
const FOLDER = "040000";
const LINK = "120000";

function readTree(client: Client, id: string, depth: Depth): Promise<Tree> {
  const path = "/repos/{owner}/{repo}/git/trees/{tree_sha}";
  // Whatever its value, `recursive` means all.
  const values = { tree_sha: id, ...(depth === "recursive" ? { recursive: 1 } : {}) };
  return client.read({ path, values, permission: "contents: read" }, decodeTree);
}

function decodeTree(value: unknown): Tree | null {
  const { tree, truncated } = fieldsOf(value);
  if (!Array.isArray(tree) || typeof truncated !== "boolean") return null;
  const entries = tree.map((entry: unknown) => decodeEntry(entry));
  return entries.every((entry) => entry !== null) ? { entries, isCut: truncated } : null;
}

function decodeEntry(value: unknown): Entry | null {
  const { path, mode, sha } = fieldsOf(value);
  if (typeof path !== "string" || typeof mode !== "string" || typeof sha !== "string") return null;
  return { path, mode, id: sha };
}

/** As Git writes modes: other regular files differ in who may run them. */
function treeOf(entries: readonly Entry[], folders: readonly string[]): CommitTree {
  const idsOf = (isOne: (entry: Entry) => boolean) =>
    new Map(entries.filter(isOne).map(({ path, id }) => [path, id]));
  const isNear = (path: string): boolean =>
    folders.some((folder) => isBelow(path, folder) || leadsTo(posix.dirname(path), folder));
  return {
    files: idsOf(({ mode }) => mode.startsWith("100")),
    links: idsOf(({ mode, path }) => mode === LINK && isNear(path)),
  };
}

function entriesIn({ entries }: Tree, folder: string): readonly Entry[] {
  return folder === "" ? entries : entries.map((entry) => ({ ...entry, path: `${folder}/${entry.path}` }));
}

/** Whether a folder is another one, or lies in it. */
function isBelow(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}

function leadsTo(path: string, folder: string): boolean {
  return path === "." || isBelow(path, folder) || folder.startsWith(`${path}/`);
}
