import { canonicalBinding } from "../domain/binding.ts";
import type { CampaignSpec, Diagnostic, Source } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { nearestKey } from "../text/nearest-key.ts";
import { quoteWhole } from "../text/quote.ts";
import { decodeText } from "../yaml/decode-text.ts";
import { keySpan } from "../yaml/locate.ts";
import { diagnosticAt, positionAt, type SourceText, type Span } from "../yaml/source-text.ts";
import { readDocument, type YamlDocument } from "../yaml/yaml-document.ts";
import { type Claim, claimAt, claimsOf } from "./campaign-claims.ts";
import { CAMPAIGN_SHAPE } from "./campaign-shape.ts";
import { checkShape } from "./check-shape.ts";
import { settingsIn, tellNoCampaign } from "./other-kind.ts";
import { type CampaignContent, readPlainCampaign } from "./quick/plain-campaign.ts";
import { repeatedAudiences } from "./repeated-audiences.ts";

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

/** Reads one campaign file and tells every mistake in it. */
export function readCampaignFile(source: SourceFile, choice: EnvironmentChoice): CampaignFile {
  return readPlainFile(source) ?? readYamlFile(source, choice);
}

/** Reads a file of the ordinary form without a YAML parser; null for every other file, and for one with a mistake. */
export function readPlainFile(source: SourceFile): CampaignFile | null {
  const text = decodeText(source);
  if (!("lineStarts" in text)) return null;
  const plain = readPlainCampaign(text);
  if (plain === null) return null;
  const { content, idOffset } = plain;
  const span: Span = [idOffset, idOffset + "campaignId".length];
  const claim = claimAt(text, { id: content.campaignId, environment: null }, span);
  return { claims: [claim], spec: specOf(content, claim, sourceAt(text, idOffset)), diagnostics: [] };
}

/** Reads a file by way of a YAML document, whatever is in it. */
export function readYamlFile(source: SourceFile, choice: EnvironmentChoice): CampaignFile {
  const document = readDocument(source);
  const other = document.diagnostics.length === 0 ? settingsIn(document.value) : null;
  if (other !== null) return { claims: [], spec: null, diagnostics: [tellNoCampaign(source.file, other)] };
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
  const spec = diagnostics.length === 0 && only !== undefined ? specOfDocument(document, only) : null;
  return { claims: chosen, spec, diagnostics };
}

function checkEnvironment(
  document: YamlDocument,
  claims: readonly Claim[],
  choice: EnvironmentChoice,
): Diagnostic[] {
  const names = claims.flatMap(({ environment }) => environment ?? []);
  const listed = names.map(quoteWhole).join(", ");
  const { environment } = choice;
  if (environment === null) {
    if (!choice.needsEnvironment) return [];
    const detail = `This campaign has an id for each of ${listed}, and only one can be meant. Choose one with --environment.`;
    return atCampaignId(document, "environment-required", detail);
  }
  if (names.includes(environment)) return [];
  const near = nearestKey(environment, names);
  const hint = near === null ? "" : ` Did you mean ${quoteWhole(near)}?`;
  const detail = `There is no id for the environment ${quoteWhole(environment)}, only for ${listed}.${hint} Add it here, or choose another one with --environment.`;
  return atCampaignId(document, "environment-missing", detail);
}

function atCampaignId(
  document: YamlDocument,
  code: "environment-required" | "environment-missing",
  detail: string,
): Diagnostic[] {
  return [diagnosticAt(document.text, code, keySpan(document.root, ["campaignId"]), detail)];
}

function specOfDocument({ root, text, value }: YamlDocument, claim: Claim): CampaignSpec {
  const [offset] = keySpan(root, ["campaignId"]);
  return specOf(value as CampaignContent, claim, sourceAt(text, offset));
}

function sourceAt(text: SourceText, offset: number): Source {
  return { file: text.file, ...positionAt(text, offset) };
}

function specOf(content: CampaignContent, { campaignId }: Claim, source: Source): CampaignSpec {
  const { name, owner, labels, include, exclude } = content;
  return {
    campaignId,
    name: name ?? null,
    owner: owner ?? null,
    labels: labels ?? {},
    audience: canonicalBinding({ include, exclude: exclude ?? [] }),
    source,
  };
}
