/** The bytes of one file. `file` is its name for people: relative to the working directory when inside it. */
export type SourceFile = {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** What must never be shown of it, such as the token of this run. */
  readonly secrets?: readonly string[];
};

/** A part of a text: offsets in UTF-16 units, the second one exclusive. */
export type Span = readonly [start: number, end: number];

/** Largest file that is read, in bytes: about 70 times a usual campaign file. */
export const MAX_FILE_BYTES = 64 * 1024;

/** Largest catalogue that is read, in bytes: some 20,000 audiences with owner and description. */
export const MAX_CATALOGUE_BYTES = 4 * 1024 * 1024;

/** The name of the project file when no other is given. */
export const PROJECT_FILE = "campaignctl.yaml";

/** The name of the audience catalogue, which stands beside the project file. */
export const CATALOGUE_FILE = "audiences.yaml";
