/**
 * The files of a commit that the files of now are compared with, whoever has them: git, or GitHub. Paths are from the root
 * of the repository, with slashes; a file is known by its blob id, which git makes of its bytes alone.
 */
export type BaseCommit = {
  /** Its full id. */
  readonly commit: string;
  /** Where the root of the repository is on the disk, absolute. */
  readonly root: string;
  /** The blob id of every regular file. */
  readonly files: ReadonlyMap<string, string>;
  /** The blob id of every symbolic link; its text is where it leads. */
  readonly links: ReadonlyMap<string, string>;
  /** Bytes by blob id, in any order. What cannot be had is left out: it then counts as different. */
  readonly read: (ids: readonly string[]) => AsyncIterable<readonly [id: string, bytes: Uint8Array]>;
  /** The files of the checkout as it is now that a sparse checkout leaves off the disk, as `files`. */
  readonly offDisk: () => Promise<ReadonlyMap<string, string>>;
};
