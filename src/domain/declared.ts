import type { Span } from "./source-file.ts";

/** Something that a file says, and where it says it. */
export type Said<T> = { readonly says: T; readonly place: Span };

/** An audience as it is written: its id is a UUID in any case; its type may be any value in a file with mistakes. */
export type WrittenAudience = { readonly audienceId: string; readonly type: unknown };

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
  readonly include: readonly Said<WrittenAudience>[];
  readonly exclude: readonly Said<WrittenAudience>[];
};
