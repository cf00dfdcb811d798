/** Why a campaign is another one though its own file is not: the part of the vocabulary that changes since a base are made of. Types only. */

/**
 * What in a file made a campaign another one than in the commit that it is compared with. `group` and `audience` are of the
 * catalogue, `environment` and `setting` of the project file, each by its name. `unreadable`: nobody can tell what the file
 * said in that commit. `declared-too`: there it declared the same campaign. `file`: it did, and how is not known.
 */
export type Cause =
  | {
      readonly file: string;
      readonly kind: "group" | "audience" | "environment" | "setting";
      readonly name: string;
    }
  | { readonly file: string; readonly kind: "unreadable" | "declared-too" | "file"; readonly name: null };
