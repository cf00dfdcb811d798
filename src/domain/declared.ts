import type { CatalogueFacts } from "./model.ts";
import type { Span } from "./source-file.ts";

/** Something that a file says, and where it says it. */
export type Said<T> = { readonly says: T; readonly place: Span };

/** An audience as it is written: its id is a UUID in any case; its type may be any value in a file with mistakes. */
type WrittenAudience = { readonly audienceId: string; readonly type: unknown };

/** A name of the catalogue, as it is written: of one audience, or of a group. */
export type WrittenName = { readonly name: string };

/** One entry of `include` or `exclude`. */
export type WrittenEntry = WrittenAudience | WrittenName;

/** An id of a campaign, as it is written, with the place of its key: for one environment, or for every one (null). */
export type WrittenId = Said<string> & { readonly environment: string | null };

/** What one campaign file says, before it is known what that means in an environment. What has no sense is left out. */
export type DeclaredCampaign = {
  /** Where the key `campaignId` is: the place of the whole campaign. */
  readonly place: Span;
  readonly ids: readonly WrittenId[];
  readonly name: string | null;
  readonly owner: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly include: readonly Said<WrittenEntry>[];
  readonly exclude: readonly Said<WrittenEntry>[];
};

/** What the catalogue says of audiences, by their ids in lower case. */
export type KnownAudiences = { readonly get: (audienceId: string) => CatalogueFacts | undefined };
