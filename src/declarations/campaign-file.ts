import type { DeclaredCampaign, Said, WrittenEntry, WrittenId } from "../domain/declared.ts";
import { isName, isUuid } from "../domain/ids.ts";
import type { Diagnostic } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { checkShape } from "../yaml/check-shape.ts";
import { decodeText } from "../yaml/decode-text.ts";
import { keySpan, valueSpan } from "../yaml/locate.ts";
import type { SourceText } from "../yaml/source-text.ts";
import { readDocument, type YamlDocument } from "../yaml/yaml-document.ts";
import { CAMPAIGN_SHAPE } from "./campaign-shape.ts";
import { settingsIn, tellNoCampaign } from "./other-kind.ts";
import { readPlainCampaign } from "./quick/plain-campaign.ts";

/** One campaign file as it was read; `resolveCampaign` says what it means. */
export type CampaignFile = {
  readonly text: SourceText;
  /** Null where it says nothing, or is no campaign file. */
  readonly says: DeclaredCampaign | null;
  /** Whether what it says has the shape of a campaign. */
  readonly fits: boolean;
  /** What is wrong with its form and its shape, wherever it is to hold. */
  readonly diagnostics: readonly Diagnostic[];
};

/** Reads what one campaign file says. */
export function readCampaignFile(source: SourceFile): CampaignFile {
  return readPlainFile(source) ?? readYamlFile(source);
}

/** Reads a file of the ordinary form without a YAML parser; null for every other file, and for one with a mistake. */
export function readPlainFile(source: SourceFile): CampaignFile | null {
  const text = decodeText(source);
  if (!("lineStarts" in text)) return null;
  const says = readPlainCampaign(text);
  return says === null ? null : { text, says, fits: true, diagnostics: [] };
}

/** Reads a file by way of a YAML document, whatever is in it. */
export function readYamlFile(source: SourceFile): CampaignFile {
  const document = readDocument(source);
  const { text, diagnostics } = document;
  const other = diagnostics.length === 0 ? settingsIn(document.value) : null;
  if (other !== null) {
    return { text, says: null, fits: false, diagnostics: [tellNoCampaign(source.file, other)] };
  }
  const misfits = checkShape(document, CAMPAIGN_SHAPE);
  return {
    text,
    says: document.root === null ? null : declaredIn(document),
    fits: misfits.length === 0,
    diagnostics: [...diagnostics, ...misfits],
  };
}

/** What makes sense of a document, whatever else is in it. */
function declaredIn(document: YamlDocument): DeclaredCampaign {
  const { root, value } = document;
  // Looked at only in a file without a mistake, and then the schema says that they are what they should be.
  const { name, owner, labels } = Object(value) as Partial<DeclaredCampaign>;
  return {
    place: keySpan(root, ["campaignId"]),
    ids: idsIn(document),
    name: name ?? null,
    owner: owner ?? null,
    labels: labels ?? {},
    include: entriesIn(document, "include"),
    exclude: entriesIn(document, "exclude"),
  };
}

/** One id, or one for each environment. */
function idsIn({ root, value }: YamlDocument): WrittenId[] {
  const campaignId = memberOf(value, "campaignId");
  if (isUuid(campaignId)) {
    return [{ says: campaignId, place: keySpan(root, ["campaignId"]), environment: null }];
  }
  if (typeof campaignId !== "object" || campaignId === null || Array.isArray(campaignId)) return [];
  return Object.entries(campaignId).flatMap(([environment, id]) =>
    isUuid(id) ? { says: id, place: keySpan(root, ["campaignId", environment]), environment } : [],
  );
}

function entriesIn({ root, value }: YamlDocument, list: "include" | "exclude"): Said<WrittenEntry>[] {
  const items = memberOf(value, list);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, index) => {
    const path = [list, String(index)];
    if (typeof item === "string") {
      return isName(item) ? { says: { name: item }, place: valueSpan(root, path) } : [];
    }
    const audienceId = memberOf(item, "audienceId");
    if (!isUuid(audienceId)) return [];
    const place = valueSpan(root, [...path, "audienceId"]);
    return { says: { audienceId, type: memberOf(item, "type") }, place };
  });
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
