import { createHash } from "node:crypto";
import { storedOf } from "./links.ts";
import type { FakeCommit } from "./model.ts";

/** An entry of a folder, as Git keeps it. */
type GitEntry = {
  readonly name: string;
  readonly mode: "100644" | "120000" | "040000";
  readonly sha: string;
  /** Bytes of a file; null for a folder. */
  readonly size: number | null;
};

/** A folder, as Git keeps it, and those in it by name. */
export type GitFolder = {
  readonly sha: string;
  readonly entries: readonly GitEntry[];
  readonly folders: ReadonlyMap<string, GitFolder>;
};

function objectSha(type: string, content: Uint8Array): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

/** The SHA that Git gives a file's text. */
export function blobSha(text: string): string {
  return objectSha("blob", Buffer.from(text));
}

/** Files by path, as the folders that Git makes of them. */
export function folderOf(files: ReadonlyMap<string, string>): GitFolder {
  return folderBelow([...files].map(([path, text]) => [path, path, text]));
}

type Placed = readonly [below: string, path: string, text: string];

function folderBelow(files: readonly Placed[]): GitFolder {
  const entries: GitEntry[] = [];
  const inFolders = new Map<string, Placed[]>();
  for (const [below, path, text] of files) {
    const slash = below.indexOf("/");
    if (slash < 0) {
      const { content, isLink } = storedOf(path, text);
      const size = Buffer.byteLength(content);
      entries.push({ name: below, mode: isLink ? "120000" : "100644", sha: blobSha(content), size });
      continue;
    }
    const name = below.slice(0, slash);
    const within = inFolders.get(name) ?? [];
    within.push([below.slice(slash + 1), path, text]);
    inFolders.set(name, within);
  }
  const folders = new Map([...inFolders].map(([name, within]) => [name, folderBelow(within)]));
  for (const [name, { sha }] of folders) entries.push({ name, mode: "040000", sha, size: null });
  const sorted = inOrder(entries);
  return { sha: objectSha("tree", Buffer.concat(sorted.map(bytesOf))), entries: sorted, folders };
}

/** By the bytes of their names. Git sorts a folder as if its name ended with a slash. */
function inOrder(entries: readonly GitEntry[]): readonly GitEntry[] {
  const keyed = entries.map((entry) => {
    const { name, mode } = entry;
    return { entry, key: Buffer.from(mode === "040000" ? `${name}/` : name) };
  });
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ entry }) => entry);
}

function bytesOf({ name, mode, sha }: GitEntry): Buffer {
  return Buffer.concat([Buffer.from(`${mode.replace(/^0/, "")} ${name}\0`), Buffer.from(sha, "hex")]);
}

/** Who made a commit, and when, as Git writes it. */
export function personOf({ email, at }: Pick<FakeCommit, "email" | "at">): string {
  return `marketer <${email}> ${Math.floor(at / 1_000)} +0000`;
}

/** The SHA that Git gives a commit of these files. */
export function commitSha(commit: Omit<FakeCommit, "sha">, files: ReadonlyMap<string, string>): string {
  const person = personOf(commit);
  const lines = [
    `tree ${folderOf(files).sha}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${person}`,
    `committer ${person}`,
  ];
  return objectSha("commit", Buffer.from(`${lines.join("\n")}\n\n${commit.message}`));
}
