import type { Said } from "../domain/declared.ts";
import type { AudienceType } from "../domain/model.ts";
import type { Span } from "../domain/source-file.ts";
import { indexText, type SourceText } from "../yaml/source-text.ts";

/** What a name of the catalogue stands for. */
export type CatalogueAudience = {
  readonly name: string;
  /** UUID in lower case; or one for each environment that has one. */
  readonly audienceId: string | ReadonlyMap<string, string>;
  readonly type: AudienceType;
  readonly description: string | null;
  readonly owner: string | null;
  /** Under which id the API counts its people, where that is not `audienceId`. */
  readonly previewId: string | null;
  /** Where the name is. */
  readonly place: Span;
};

/** A list of names under a name of its own. */
export type CatalogueGroup = {
  readonly name: string;
  /** Names of audiences and groups, as written. */
  readonly members: readonly Said<string>[];
  /** Where the name is. */
  readonly place: Span;
};

/** What `audiences.yaml` says. Audiences and groups share one name space. */
export type Catalogue = {
  /** The file, for places; without a line where there is none. */
  readonly text: SourceText;
  readonly isThere: boolean;
  readonly audiences: ReadonlyMap<string, CatalogueAudience>;
  readonly groups: ReadonlyMap<string, CatalogueGroup>;
};

/**
 * The catalogue of a project that has none.
 *
 * @param file where it would be.
 */
export function noCatalogue(file: string): Catalogue {
  return { text: indexText(file, ""), isThere: false, audiences: new Map(), groups: new Map() };
}

/**
 * The id that counts in an environment, or null where there is none for it. Without an environment only an audience
 * with one id for all has one.
 */
export function audienceIdIn(
  { audienceId }: Pick<CatalogueAudience, "audienceId">,
  environment: string | null,
): string | null {
  if (typeof audienceId === "string") return audienceId;
  return environment === null ? null : (audienceId.get(environment) ?? null);
}

/** The environments that any audience has an id for, sorted. */
export function environmentsIn({ audiences }: Catalogue): readonly string[] {
  const names = new Set<string>();
  for (const { audienceId } of audiences.values()) {
    if (typeof audienceId !== "string") for (const name of audienceId.keys()) names.add(name);
  }
  return [...names].sort();
}
