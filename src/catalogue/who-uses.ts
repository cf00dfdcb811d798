import type { DeclaredCampaign, WrittenEntry } from "../domain/declared.ts";
import { isUuid } from "../domain/ids.ts";
import type { AudienceType, Source } from "../domain/model.ts";
import { positionAt, type SourceText } from "../yaml/source-text.ts";
import { audienceIdIn, type CatalogueAudience } from "./catalogue.ts";
import { wayBetween } from "./expand.ts";
import type { Names } from "./names.ts";

/** Who was asked for: an audience, by whatever name or id, or a group. */
export type WhoIsMeant =
  | {
      readonly kind: "audience";
      /** Its ids, in lower case, and all its names. */
      readonly ids: ReadonlySet<string>;
      readonly names: ReadonlySet<string>;
      /** The first name of the catalogue for it; null where it has none. */
      readonly audience: CatalogueAudience | null;
    }
  | { readonly kind: "group"; readonly name: string };

/** One word of a campaign file that brings in who was asked for. */
export type Use = {
  /** UUID in lower case; null where no environment was chosen and the campaign has an id for each. */
  readonly campaignId: string | null;
  readonly name: string | null;
  readonly list: "include" | "exclude";
  /** The groups on the way, the word itself first; empty for a plain id or name. */
  readonly via: readonly string[];
  readonly source: Source;
};

/** An audience as results of `who-uses` name it. */
type NamedAudience = {
  readonly name: string | null;
  /** Null where it has one for each environment, and none was chosen. */
  readonly audienceId: string | null;
  readonly type: AudienceType | null;
};

/** Who was asked for, and every word that brings them in. */
export type WhoUses = {
  readonly audience: NamedAudience | { readonly name: string; readonly members: readonly NamedAudience[] };
  /** By file and place. */
  readonly uses: readonly Use[];
};

/**
 * Who is meant by a word: a name of an audience or a group, or an id; null for a name that the catalogue lacks. Without
 * an environment the ids for all of them count.
 */
export function whoIsMeant(
  word: string,
  { catalogue }: Names,
  environment: string | null,
): WhoIsMeant | null {
  const { audiences, groups } = catalogue;
  if (groups.has(word)) return { kind: "group", name: word };
  const named = audiences.get(word) ?? null;
  if (named === null && !isUuid(word)) return null;
  const ids = new Set(named === null ? [word.toLowerCase()] : idsOf(named, environment));
  const same = [...audiences.values()].filter((other) => idsOf(other, environment).some((id) => ids.has(id)));
  const names = new Set(same.map(({ name }) => name)).add(named?.name ?? same[0]?.name ?? "");
  return { kind: "audience", ids, names, audience: named ?? same[0] ?? null };
}

function idsOf(audience: CatalogueAudience, environment: string | null): readonly string[] {
  if (environment !== null) {
    const id = audienceIdIn(audience, environment);
    return id === null ? [] : [id];
  }
  return typeof audience.audienceId === "string" ? [audience.audienceId] : [...audience.audienceId.values()];
}

/** The words of one campaign file that bring in who was asked for, in their order. */
export function usesIn(
  says: DeclaredCampaign,
  text: SourceText,
  campaignId: string | null,
  asked: WhoIsMeant,
  names: Names,
): readonly Use[] {
  return (["include", "exclude"] as const).flatMap((list) =>
    says[list].flatMap(({ says: entry, place }) => {
      const via = wayFrom(entry, asked, names);
      if (via === null) return [];
      const source = { file: text.file, ...positionAt(text, place[0]) };
      return [{ campaignId, name: says.name, list, via, source }];
    }),
  );
}

/** The groups from a word down to who was asked for; null where it does not bring them in. */
function wayFrom(entry: WrittenEntry, asked: WhoIsMeant, names: Names): readonly string[] | null {
  if ("audienceId" in entry) {
    return asked.kind === "audience" && asked.ids.has(entry.audienceId.toLowerCase()) ? [] : null;
  }
  if (asked.kind === "group") {
    return wayBetween(entry.name, asked.name, names.catalogue)?.slice(0, -1) ?? null;
  }
  // Its first member of this audience is by the shortest way.
  const members = names.expand(entry.name) ?? [];
  return members.find(({ audience }) => asked.names.has(audience.name))?.via ?? null;
}
