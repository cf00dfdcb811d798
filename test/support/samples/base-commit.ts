import type { BaseCommit } from "../../../src/declarations/base-commit.ts";
import { blobIdsOf } from "../../../src/declarations/blob-id.ts";

/** The id of the commit of every sample base. */
export const BASE = "1f0c2b7f2c0d4c9fb9a1d2b0f5c7d1e3a4b5c6d7";

/** What a sample base was asked for. */
export type SampleBase = BaseCommit & { readonly asked: string[] };

/** A commit that has these files, and these links with where they lead; `missing` are files that cannot be had. */
export function sampleBase(
  root: string,
  texts: Readonly<Record<string, string>>,
  more: {
    readonly links?: Readonly<Record<string, string>>;
    readonly missing?: readonly string[];
    readonly offDisk?: Readonly<Record<string, string>>;
  } = {},
): SampleBase {
  const bytes = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const stored = (files: Readonly<Record<string, string>>): Map<string, string> =>
    new Map(
      Object.entries(files).map(([path, text]) => {
        const [id = ""] = blobIdsOf(Buffer.from(text), 40);
        if (more.missing?.includes(path) !== true) bytes.set(id, Buffer.from(text));
        return [path, id];
      }),
    );
  const [files, links, offDisk] = [texts, more.links ?? {}, more.offDisk ?? {}].map(stored);
  return {
    commit: BASE,
    root,
    files: files ?? new Map(),
    links: links ?? new Map(),
    asked,
    async *read(ids) {
      asked.push(...ids);
      for (const id of ids) {
        const found = bytes.get(id);
        if (found !== undefined) yield [id, found] as const;
      }
    },
    offDisk: async () => offDisk ?? new Map(),
  };
}
