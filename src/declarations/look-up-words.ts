import { audienceIdIn, type CatalogueAudience } from "../catalogue/catalogue.ts";
import type { Member } from "../catalogue/expand.ts";
import type { Names } from "../catalogue/names.ts";
import type { DeclaredCampaign, Said, WrittenEntry } from "../domain/declared.ts";
import type { AudienceRef, Diagnostic } from "../domain/model.ts";
import type { Span } from "../domain/source-file.ts";
import { didYouMean } from "../text/nearest-key.ts";
import { quoteWhole } from "../text/quote.ts";
import { diagnosticAt, positionAt, type SourceText } from "../yaml/source-text.ts";

/** Which audiences the words of a file stand for. */
export type AudienceChoice = {
  /** Null where nobody knows: the catalogue has a mistake, which is told there. */
  readonly names: Names | null;
  /** The environment that was chosen, or null. */
  readonly environment: string | null;
  /** Whether it matters that an audience has no id there, or one for each environment and none is chosen. */
  readonly needsIds: boolean;
};

/** An audience that a word brings in. */
export type Brought = {
  /** Two that are the same audience have the same. */
  readonly key: string;
  /** Null where its id is not known, as without an environment. */
  readonly ref: AudienceRef | null;
  readonly type: unknown;
  /** Its name; null for a plain id. */
  readonly name: string | null;
  /** The groups on the way to it, the word itself first. */
  readonly via: readonly string[];
};

/** An entry of a list, and what it comes to. */
export type Word = {
  readonly list: "include" | "exclude";
  readonly place: Span;
  readonly brings: readonly Brought[];
};

/** What the entries of a file bring in, in their order, and what is wrong with the names among them. */
export type WordsBrought = { readonly words: readonly Word[]; readonly diagnostics: readonly Diagnostic[] };

/** Looks up each entry of both lists. */
export function lookUpWords(
  { include, exclude }: Pick<DeclaredCampaign, "include" | "exclude">,
  text: SourceText,
  choice: AudienceChoice,
): WordsBrought {
  const words: Word[] = [];
  const diagnostics: Diagnostic[] = [];
  const lookUp = (list: Word["list"], { says, place }: Said<WrittenEntry>): void => {
    if ("audienceId" in says) {
      words.push({ list, place, brings: [plain(says.audienceId.toLowerCase(), says.type)] });
      return;
    }
    if (choice.names === null) return;
    const members = choice.names.expand(says.name);
    if (members === null) {
      diagnostics.push(diagnosticAt(text, "unknown-name", place, unknownName(says.name, choice.names)));
      return;
    }
    words.push({ list, place, brings: members.map((member) => named(member, choice)) });
    const without = choice.needsIds ? withoutId(members, choice) : undefined;
    if (without !== undefined) diagnostics.push(tellWithoutId(without, place, text, choice, choice.names));
  };
  for (const entry of include) lookUp("include", entry);
  for (const entry of exclude) lookUp("exclude", entry);
  return { words, diagnostics };
}

function plain(audienceId: string, type: unknown): Brought {
  // In a file without a mistake each type is one of the two.
  return { key: audienceId, ref: { audienceId, type } as AudienceRef, type, name: null, via: [] };
}

function named({ audience, via }: Member, { environment }: AudienceChoice): Brought {
  const { name, type } = audience;
  const audienceId = audienceIdIn(audience, environment);
  return { key: audienceId ?? name, ref: audienceId === null ? null : { audienceId, type }, type, name, via };
}

function withoutId(members: readonly Member[], { environment }: AudienceChoice): Member | undefined {
  return members.find(({ audience }) => audienceIdIn(audience, environment) === null);
}

function unknownName(name: string, { catalogue, near }: Names): string {
  const { file } = catalogue.text;
  return catalogue.isThere
    ? `No audience and no group in ${file} has the name ${quoteWhole(name)}.${didYouMean(near(name))} Add it there, or mend it here.`
    : `${quoteWhole(name)} is a name, and there is no catalogue that could say what it stands for: ${file} is not there. Add it, or write the audienceId and the type here.`;
}

function tellWithoutId(
  { audience, via }: Member,
  place: Span,
  text: SourceText,
  { environment }: AudienceChoice,
  { catalogue }: Names,
): Diagnostic {
  const subject = subjectOf(audience, via);
  const listed = environmentsOf(audience).map(quoteWhole).join(", ");
  if (environment === null) {
    const detail = `${subject} an id for each of ${listed}, and only one can be meant. Choose one with --environment.`;
    return diagnosticAt(text, "environment-required", place, detail);
  }
  const { line } = positionAt(catalogue.text, audience.place[0]);
  const detail = `${subject} no id for the environment ${quoteWhole(environment)}, only for ${listed}. Add it in ${catalogue.text.file} on line ${line}, or take the name out here.`;
  return diagnosticAt(text, "audience-without-id", place, detail);
}

function subjectOf({ name }: CatalogueAudience, [group]: readonly string[]): string {
  return group === undefined
    ? `${quoteWhole(name)} has`
    : `The group ${quoteWhole(group)} brings in ${quoteWhole(name)}, which has`;
}

function environmentsOf({ audienceId }: CatalogueAudience): readonly string[] {
  return typeof audienceId === "string" ? [] : [...audienceId.keys()];
}
