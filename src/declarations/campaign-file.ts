import type { AudienceRef, CampaignSpec, Diagnostic } from "../domain.ts";
import { canonicalBinding } from "../plan/canonical.ts";
import { type Claim, claimsOf } from "./campaign-claims.ts";
import { CAMPAIGN_SHAPE } from "./campaign-shape.ts";
import { checkShape } from "./check-shape.ts";
import { keySpan } from "./locate.ts";
import { nearestKey } from "./nearest-key.ts";
import { repeatedAudiences } from "./repeated-audiences.ts";
import type { SourceFile } from "./source-file.ts";
import { diagnosticAt, positionAt } from "./source-text.ts";
import { readDocument, type YamlDocument } from "./yaml-document.ts";

/** Which of a campaign's ids counts when it has one for each environment. */
export type EnvironmentChoice = {
  /** The environment that was chosen, or null. */
  readonly environment: string | null;
  /** Whether one must be chosen where a file has an id for each. */
  readonly needsEnvironment: boolean;
};

/** What one campaign file says. */
export type CampaignFile = {
  readonly claims: readonly Claim[];
  /** Null with any diagnostic, and when no environment was chosen where a file has an id for each. */
  readonly spec: CampaignSpec | null;
  readonly diagnostics: readonly Diagnostic[];
};

/** The form that the schema has checked. */
type Content = {
  readonly campaignId: string | Readonly<Record<string, string>>;
  readonly name?: string;
  readonly owner?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly include: readonly AudienceRef[];
  readonly exclude?: readonly AudienceRef[];
};

/** Reads one campaign file and tells every mistake in it. */
export function readCampaignFile(source: SourceFile, choice: EnvironmentChoice): CampaignFile {
  const document = readDocument(source);
  const content = [...checkShape(document, CAMPAIGN_SHAPE), ...repeatedAudiences(document)];
  const claims = claimsOf(document);
  const isMap = claims.some(({ environment }) => environment !== null);
  const chosen = claims.filter(
    ({ environment }) =>
      environment === null || choice.environment === null || environment === choice.environment,
  );
  const environment = isMap && content.length === 0 ? checkEnvironment(document, claims, choice) : [];
  const diagnostics = [...document.diagnostics, ...content, ...environment];
  const [only] = isMap && choice.environment === null ? [] : chosen;
  const spec = diagnostics.length === 0 && only !== undefined ? specOf(document, only) : null;
  return { claims: chosen, spec, diagnostics };
}

function checkEnvironment(
  document: YamlDocument,
  claims: readonly Claim[],
  choice: EnvironmentChoice,
): Diagnostic[] {
  const names = claims.flatMap(({ environment }) => environment ?? []);
  const listed = names.map((name) => JSON.stringify(name)).join(", ");
  const { environment } = choice;
  if (environment === null) {
    if (!choice.needsEnvironment) return [];
    const detail = `This campaign has an id for each of ${listed}, and only one can be meant. Choose one with --environment.`;
    return atCampaignId(document, "environment-required", detail);
  }
  if (names.includes(environment)) return [];
  const near = nearestKey(environment, names);
  const hint = near === null ? "" : ` Did you mean ${JSON.stringify(near)}?`;
  const detail = `There is no id for the environment ${JSON.stringify(environment)}, only for ${listed}.${hint} Add it here, or choose another one with --environment.`;
  return atCampaignId(document, "environment-missing", detail);
}

function atCampaignId(
  document: YamlDocument,
  code: "environment-required" | "environment-missing",
  detail: string,
): Diagnostic[] {
  return [diagnosticAt(document.text, code, keySpan(document.root, ["campaignId"]), detail)];
}

function specOf(document: YamlDocument, claim: Claim): CampaignSpec {
  const { name, owner, labels, include, exclude } = document.value as Content;
  const [offset] = keySpan(document.root, ["campaignId"]);
  const position = positionAt(document.text, offset);
  return {
    campaignId: claim.campaignId,
    name: name ?? null,
    owner: owner ?? null,
    labels: labels ?? {},
    audience: canonicalBinding({ include, exclude: exclude ?? [] }),
    source: { file: document.text.file, ...position },
  };
}
