import { type Names, NO_NAMES } from "../catalogue/names.ts";
import type { DeclaredCampaign, WrittenId } from "../domain/declared.ts";
import { hasErrors } from "../domain/diagnostics.ts";
import type { AudienceBinding, CampaignSpec, Diagnostic } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { didYouMean, nearestKey } from "../text/nearest-key.ts";
import { quoteWhole } from "../text/quote.ts";
import { diagnosticAt, positionAt, type SourceText } from "../yaml/source-text.ts";
import { type Claim, claimOf } from "./campaign-claims.ts";
import type { CampaignFile } from "./campaign-file.ts";
import { resolveAudiences } from "./resolve-audiences.ts";

/** What decides which campaign and which audiences a file means. */
export type CampaignChoice = {
  /** The environment that was chosen, or null. */
  readonly environment: string | null;
  /** Whether one must be chosen where a file has an id for each. */
  readonly needsEnvironment: boolean;
  /** Whether a campaign that has no id for the chosen environment is left out; else that is a mistake. */
  readonly isPartial?: boolean;
  /** Whether a campaign without an owner is told. */
  readonly requiresOwners?: boolean;
  /** Is told each file as it was read and resolved by this choice; what it is resolved to shares no text with it. */
  readonly see?:
    | ((file: CampaignFile, resolved: ResolvedCampaign, source: SourceFile, choice: CampaignChoice) => void)
    | undefined;
  /** What names stand for: null where the catalogue has a mistake; left out, where there is none. */
  readonly names?: Names | null;
};

/** What one campaign file means in an environment. */
export type ResolvedCampaign = {
  /** The campaigns that it declares there; all of them where no environment was chosen. */
  readonly claims: readonly Claim[];
  /** Null with any error, when no environment was chosen where a file has an id for each, and when it is left out. */
  readonly spec: CampaignSpec | null;
  /** Whether it is left out: it has no id for the chosen environment, which need not have every campaign. */
  readonly isLeftOut: boolean;
  /** Everything that is wrong with the file. */
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * Finds out which campaign and which audiences a file means, and tells what cannot be meant. In plain loops, since
 * thousands of files pass here.
 */
export function resolveCampaign(file: CampaignFile, choice: CampaignChoice): ResolvedCampaign {
  const { text, says, fits } = file;
  if (says === null) return { claims: [], spec: null, isLeftOut: false, diagnostics: file.diagnostics };
  const { environment, needsEnvironment, isPartial = false, names = NO_NAMES } = choice;
  const claims: Claim[] = [];
  let isMap = false;
  for (const id of says.ids) {
    isMap ||= id.environment !== null;
    if (isMeant(id, choice)) claims.push(claimOf(id, text));
  }
  const isLeftOut = isPartial && isMap && claims.length === 0;
  const needsIds = !isLeftOut && (environment !== null || needsEnvironment);
  const resolved = resolveAudiences(says, text, { names, environment, needsIds });
  const mayAsk = isMap && !isLeftOut && fits && !hasErrors(resolved.diagnostics);
  const unknown = mayAsk ? environmentFaults(says, text, choice) : [];
  const owner = choice.requiresOwners === true && fits ? ownerMissing(says, text) : [];
  const diagnostics = [...file.diagnostics, ...resolved.diagnostics, ...unknown, ...owner];
  const [only] = claims;
  const isOpen = only === undefined || resolved.audience === null || (isMap && environment === null);
  const spec = isOpen || hasErrors(diagnostics) ? null : specOf(says, only, resolved.audience, text);
  return { claims, spec, isLeftOut, diagnostics };
}

function isMeant({ environment }: WrittenId, choice: CampaignChoice): boolean {
  return environment === null || choice.environment === null || environment === choice.environment;
}

function environmentFaults(
  { ids, place }: DeclaredCampaign,
  text: SourceText,
  { environment, needsEnvironment }: CampaignChoice,
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
  const detail = `There is no id for the environment ${quoteWhole(environment)}, only for ${listed}.${didYouMean(near)} Add it here, or choose another one with --environment.`;
  return [diagnosticAt(text, "environment-missing", place, detail)];
}

function ownerMissing({ owner, place }: DeclaredCampaign, text: SourceText): readonly Diagnostic[] {
  if (owner !== null) return [];
  const detail =
    "This campaign has no owner, and the project file asks for one with requireOwners. Add the key owner, with the team or person who answers for it.";
  return [diagnosticAt(text, "without-owner", place, detail)];
}

function specOf(
  { name, owner, labels, place }: DeclaredCampaign,
  { campaignId }: Claim,
  audience: AudienceBinding,
  text: SourceText,
): CampaignSpec {
  const source = { file: text.file, ...positionAt(text, place[0]) };
  return { campaignId, name, owner, labels, audience, source };
}
