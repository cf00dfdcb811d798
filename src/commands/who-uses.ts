import { audienceIdIn } from "../catalogue/catalogue.ts";
import type { Names } from "../catalogue/names.ts";
import { type Use, usesIn, type WhoIsMeant, type WhoUses, whoIsMeant } from "../catalogue/who-uses.ts";
import type { Claim } from "../declarations/campaign-claims.ts";
import type { CampaignFile } from "../declarations/campaign-file.ts";
import { compare } from "../domain/compare.ts";
import { UsageError } from "../domain/errors.ts";
import type { AudienceType } from "../domain/model.ts";
import { quote } from "../text/quote.ts";
import { type Declarations, type DeclareOptions, readDeclarations } from "./declare.ts";

/** What was read, and the answer: null where the files have errors. */
export type WhoUsesRead = { readonly declared: Declarations; readonly answer: WhoUses | null };

type Seen = { readonly file: CampaignFile; readonly claims: readonly Claim[] };

/**
 * Lists the declared campaigns that include or exclude an audience or a group.
 *
 * @param word a name, or the id of an audience.
 * @throws UsageError for a word that nothing has the name of, and no file the id.
 */
export function whoUses(
  word: string,
  options: Omit<DeclareOptions, "needsEnvironment" | "see">,
): WhoUsesRead {
  const seen: Seen[] = [];
  const leftOut: CampaignFile[] = [];
  const declared = readDeclarations({
    ...options,
    needsEnvironment: false,
    see: (file, { claims, isLeftOut }) => {
      if (isLeftOut) leftOut.push(file);
      else seen.push({ file, claims });
    },
  });
  if (declared.kind === "invalid") return { declared, answer: null };
  const { names } = declared;
  const asked = whoIsMeant(word, names, options.environment);
  if (asked === null) throw unknown(word, names);
  const uses = seen
    .flatMap(({ file: { says, text }, claims }) =>
      says === null ? [] : usesIn(says, text, idOf(claims), asked, names),
    )
    .sort(byPlace);
  if (uses.length === 0 && asked.kind === "audience" && asked.audience === null) {
    throw elsewhere(word, leftOut, names, options.environment) ?? unknown(word, names);
  }
  return {
    declared,
    answer: { audience: answerOf(asked, names, options.environment, typeIn(seen, asked)), uses },
  };
}

/** Without an environment a campaign may have one for each. */
function idOf(claims: readonly Claim[]): string | null {
  return claims.length === 1 ? (claims[0]?.campaignId ?? null) : null;
}

function byPlace({ source: a }: Use, { source: b }: Use): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}

function answerOf(
  asked: WhoIsMeant,
  names: Names,
  environment: string | null,
  writtenType: AudienceType | null,
): WhoUses["audience"] {
  if (asked.kind === "group") {
    const members = names.expand(asked.name) ?? [];
    return {
      name: asked.name,
      members: members.map(({ audience }) => ({
        name: audience.name,
        audienceId: audienceIdIn(audience, environment),
        type: audience.type,
      })),
    };
  }
  const { audience, ids } = asked;
  const [id = null] = ids.size === 1 ? ids : [];
  return { name: audience?.name ?? null, audienceId: id, type: audience?.type ?? writtenType };
}

/** How the files call an audience that is not in the catalogue. */
function typeIn(seen: readonly Seen[], asked: WhoIsMeant): AudienceType | null {
  if (asked.kind === "group" || asked.audience !== null) return null;
  for (const { file } of seen) {
    const type = typeOf(asked.ids, file);
    if (type !== null) return type;
  }
  return null;
}

/** How a file calls an audience that it has the id of; null where it has not. */
function typeOf(ids: ReadonlySet<string>, { says: file }: CampaignFile): AudienceType | null {
  for (const { says } of [...(file?.include ?? []), ...(file?.exclude ?? [])]) {
    if ("audienceId" in says && ids.has(says.audienceId.toLowerCase())) return says.type as AudienceType;
  }
  return null;
}

/** Who has an id that nothing of the chosen environment has; null where nobody does. */
function elsewhere(
  word: string,
  leftOut: readonly CampaignFile[],
  names: Names,
  environment: string | null,
): UsageError | null {
  if (environment === null) return null;
  const id = word.toLowerCase();
  for (const { name, audienceId } of names.catalogue.audiences.values()) {
    const [other] =
      typeof audienceId === "string" ? [] : ([...audienceId].find(([, its]) => its === id) ?? []);
    if (other === undefined) continue;
    return new UsageError(
      `${quote(word)} is the id of ${quote(name)} in the environment ${quote(other)}, and no id in ${quote(environment)}.`,
      `Ask for ${name}, or with --environment ${other}.`,
    );
  }
  const file = leftOut.find((each) => typeOf(new Set([id]), each) !== null);
  if (file === undefined) return null;
  return new UsageError(
    `Only campaigns that the environment ${quote(environment)} leaves out know ${quote(word)}, such as that of ${file.text.file}.`,
    "Ask without --environment, or for another environment.",
  );
}

function unknown(word: string, { catalogue, near }: Names): UsageError {
  const meant = near(word);
  const hint = meant === null ? "" : `Did you mean ${meant}? `;
  const where = catalogue.isThere ? catalogue.text.file : `a catalogue (${catalogue.text.file} is not there)`;
  return new UsageError(
    `Neither ${where} nor any campaign file knows ${quote(word)}.`,
    `${hint}Ask for a name of the catalogue, or for the id of an audience.`,
  );
}
