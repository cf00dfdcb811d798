/** What is known of an audience beside its id: the part of the vocabulary that names and counts are made of. Types only. */
import type { AudienceType } from "../model.ts";

/** How many people are in one audience. */
export type AudienceSize = {
  readonly count: number;
  /** Null when nobody says: the `memberCount` of a live answer. */
  readonly isExact: boolean | null;
  /** ISO 8601: when it was counted; null when nobody says. */
  readonly at: string | null;
};

/**
 * What is known of an audience beside its id. Stands beside the bindings and never in them: the digest depends on
 * audiences alone. `owner`, `description` and `groups` are of the catalogue.
 */
export type AudienceFacts = {
  readonly name: string | null;
  readonly type: AudienceType;
  readonly nameFrom: "catalogue" | "live" | null;
  readonly owner: string | null;
  readonly description: string | null;
  /** The groups that hold it, sorted. */
  readonly groups: readonly string[];
  readonly size: AudienceSize | null;
};

/** What the catalogue says of one audience. */
export type CatalogueFacts = Pick<AudienceFacts, "type" | "owner" | "description" | "groups"> & {
  readonly name: string;
  /** Under which id the API counts its people, where that is not the audience's own. */
  readonly previewId: string | null;
};
