import { posix, resolve, sep } from "node:path";
import type { BaseCommit } from "../../declarations/base-commit.ts";
import { localBlob } from "../../files/local-blob.ts";

/** The files of a base, links followed, by their absolute paths on the disk, whether they are there or not. */
export type BaseFiles = {
  /** Blob ids by path. */
  readonly ids: ReadonlyMap<string, string>;
  /** The content of one file: undefined where the base has none, null where it cannot be had. */
  read(path: string): Promise<Uint8Array | null | undefined>;
  /** Content by blob id, each once; what cannot be had is left out. */
  readAll(ids: readonly string[]): BaseFilesRead;
};

type BaseFilesRead = ReturnType<BaseCommit["read"]>;

/** More links than that lead in a circle. */
const MOST_LINKS = 10;

/** Follows the links of a base, and names its files as the disk does. */
export async function baseFilesOf(base: BaseCommit): Promise<BaseFiles> {
  const ids = new Map<string, string>();
  for (const [path, id] of base.files) ids.set(onDisk(path, base), id);
  for (const [path, id] of await followed(base)) ids.set(onDisk(path, base), id);
  return {
    ids,
    async read(path) {
      const id = ids.get(path);
      if (id === undefined) return undefined;
      const local = localBlob(path, id);
      if (local !== null) return local;
      for await (const [, bytes] of base.read([id])) return bytes;
      return null;
    },
    readAll: (wanted) => base.read(wanted),
  };
}

/** Where a file of a base is on the disk, were it there. */
export function onDisk(path: string, { root }: BaseCommit): string {
  return sep === "/" ? `${root === "/" ? "" : root}/${path}` : resolve(root, path);
}

/** What links lead to, where that is a file of the base. */
async function followed(base: BaseCommit): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (base.links.size === 0) return found;
  const texts = new Map<string, string>();
  for await (const [id, bytes] of base.read([...new Set(base.links.values())])) {
    texts.set(id, new TextDecoder().decode(bytes));
  }
  for (const link of base.links.keys()) {
    const id = behind(link, base, texts);
    if (id !== null) found.set(link, id);
  }
  return found;
}

function behind(
  link: string,
  { files, links }: BaseCommit,
  texts: ReadonlyMap<string, string>,
): string | null {
  let at = link;
  for (let step = 0; step < MOST_LINKS; step += 1) {
    const text = texts.get(links.get(at) ?? "");
    if (text === undefined) return files.get(at) ?? null;
    at = posix.isAbsolute(text) ? "" : posix.join(posix.dirname(at), text);
  }
  return null;
}
