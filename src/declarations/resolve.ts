import { canonicalBinding } from "../domain/binding.ts";
import type { DeclaredCampaign, Said, WrittenAudience, WrittenId } from "../domain/declared.ts";
import type { AudienceRef, CampaignSpec, Diagnostic } from "../domain/model.ts";
import { nearestKey } from "../text/nearest-key.ts";
import { quoteWhole } from "../text/quote.ts";
import { diagnosticAt, positionAt, type SourceText } from "../yaml/source-text.ts";
import { type Claim, claimOf } from "./campaign-claims.ts";
import type { CampaignFile } from "./campaign-file.ts";

/** Which of a campaign's ids counts when it has one for each environment. */
export type EnvironmentChoice = {
  /** The environment that was chosen, or null. */
  readonly environment: string | null;
  /** Whether one must be chosen where a file has an id for each. */
  readonly needsEnvironment: boolean;
};

/** What one campaign file means in an environment. */
export type ResolvedCampaign = {
  /** The campaigns that it declares there; all of them where no environment was chosen. */
  readonly claims: readonly Claim[];
  /** Null with any diagnostic, and when no environment was chosen where a file has an id for each. */
  readonly spec: CampaignSpec | null;
  /** Everything that is wrong with the file. */
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * Finds out which campaign and which audiences a file means, and tells what cannot be meant. In plain loops, since
 * thousands of files pass here.
 */
export function resolveCampaign(file: CampaignFile, choice: EnvironmentChoice): ResolvedCampaign {
  const { text, says, fits } = file;
  if (says === null) return { claims: [], spec: null, diagnostics: file.diagnostics };
  const claims: Claim[] = [];
  let isMap = false;
  for (const id of says.ids) {
    isMap ||= id.environment !== null;
    if (isMeant(id, choice)) claims.push(claimOf(id, text));
  }
  const repeated = repeatedAudiences(says, text);
  const unknown = isMap && fits && repeated.length === 0 ? environmentFaults(says, text, choice) : [];
  const diagnostics = [...file.diagnostics, ...repeated, ...unknown];
  const [only] = claims;
  const isOpen = only === undefined || (isMap && choice.environment === null);
  const spec = isOpen || diagnostics.length > 0 ? null : specOf(says, only, text);
  return { claims, spec, diagnostics };
}

function isMeant({ environment }: WrittenId, choice: EnvironmentChoice): boolean {
  return environment === null || choice.environment === null || environment === choice.environment;
}

/** An audience may be named once in both lists together: the API refuses an overlap, and a repetition says nothing. */
function repeatedAudiences({ include, exclude }: DeclaredCampaign, text: SourceText): readonly Diagnostic[] {
  const ids = new Set<string>();
  for (const { says } of include) ids.add(says.audienceId.toLowerCase());
  for (const { says } of exclude) ids.add(says.audienceId.toLowerCase());
  if (ids.size === include.length + exclude.length) return [];
  const first = new Map<string, Entry>();
  const entries: Entry[] = [
    ...include.map((entry) => ({ ...entry, list: "include" as const })),
    ...exclude.map((entry) => ({ ...entry, list: "exclude" as const })),
  ];
  return entries.flatMap((entry) => {
    const id = entry.says.audienceId.toLowerCase();
    const before = first.get(id);
    if (before !== undefined) return tellRepeated(id, before, entry, text);
    first.set(id, entry);
    return [];
  });
}

type Entry = Said<WrittenAudience> & { readonly list: "include" | "exclude" };

function tellRepeated(id: string, before: Entry, entry: Entry, text: SourceText): Diagnostic {
  const { line } = positionAt(text, before.place[0]);
  const detail = `The audience ${id} is already in ${before.list} on line ${line}${contrast(before, entry)}. An audience may be named only once in a file, ids being compared without case. Delete one of the two.`;
  return diagnosticAt(text, "repeated-audience", entry.place, detail);
}

function contrast(before: Entry, entry: Entry): string {
  if (before.list !== entry.list) return `, and here it is in ${entry.list}`;
  return before.says.type === entry.says.type ? "" : ", there with another type";
}

function environmentFaults(
  { ids, place }: DeclaredCampaign,
  text: SourceText,
  { environment, needsEnvironment }: EnvironmentChoice,
): readonly Diagnostic[] {
  const names = ids.flatMap((id) => id.environment ?? []);
  const listed = names.map(quoteWhole).join(", ");
  if (environment === null) {
    if (!needsEnvironment) return [];
    const detail = `This campaign has an id for each of ${listed}, and only one can be meant. Choose one with --environment.`;
    return [diagnosticAt(text, "environment-required", place, detail)];
  }
  if (names.includes(environment)) return [];
  const near = nearestKey(environment, names);
  const hint = near === null ? "" : ` Did you mean ${quoteWhole(near)}?`;
  const detail = `There is no id for the environment ${quoteWhole(environment)}, only for ${listed}.${hint} Add it here, or choose another one with --environment.`;
  return [diagnosticAt(text, "environment-missing", place, detail)];
}

function specOf(says: DeclaredCampaign, { campaignId }: Claim, text: SourceText): CampaignSpec {
  const { name, owner, labels, include, exclude, place } = says;
  return {
    campaignId,
    name,
    owner,
    labels,
    audience: canonicalBinding({ include: refsOf(include), exclude: refsOf(exclude) }),
    source: { file: text.file, ...positionAt(text, place[0]) },
  };
}

/** In a file without a mistake each type is one of the two. */
function refsOf(list: readonly Said<WrittenAudience>[]): readonly AudienceRef[] {
  const refs: AudienceRef[] = [];
  for (const { says } of list) refs.push(says as AudienceRef);
  return refs;
}
