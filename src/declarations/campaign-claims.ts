import { isUuid } from "../domain/ids.ts";
import type { Diagnostic } from "../domain/model.ts";
import { keySpan, type Path } from "../yaml/locate.ts";
import { diagnosticAt, type SourceText, type Span, withDetail } from "../yaml/source-text.ts";
import type { YamlDocument } from "../yaml/yaml-document.ts";

/** That a file declares a campaign: in one environment, or in every one when `environment` is null. */
export type Claim = {
  /** UUID in lower case. */
  readonly campaignId: string;
  readonly environment: string | null;
  /** The diagnostic to give should another file claim the same, but for its detail. */
  readonly place: Diagnostic;
};

/** Which campaigns a file declares: one, or one for each environment. Ids that are no UUID claim nothing. */
export function claimsOf(document: YamlDocument): Claim[] {
  const { value } = document;
  const campaignId = typeof value === "object" && value !== null ? Reflect.get(value, "campaignId") : null;
  if (isUuid(campaignId)) return claim(document, campaignId, null, ["campaignId"]);
  if (typeof campaignId !== "object" || campaignId === null || Array.isArray(campaignId)) return [];
  return Object.entries(campaignId).flatMap(([environment, id]) =>
    isUuid(id) ? claim(document, id, environment, ["campaignId", environment]) : [],
  );
}

function claim(document: YamlDocument, id: string, environment: string | null, path: Path): Claim[] {
  return [claimAt(document.text, { id, environment }, keySpan(document.root, path))];
}

/** That a file declares a campaign, by a key at a span of its text. */
export function claimAt(
  text: SourceText,
  { id, environment }: { readonly id: string; readonly environment: string | null },
  span: Span,
): Claim {
  return {
    campaignId: id.toLowerCase(),
    environment,
    place: diagnosticAt(text, "repeated-campaign", span, ""),
  };
}

/** An error in every file that claims a campaign which another file claims too, naming the other. */
export function repeatedCampaigns(claims: readonly Claim[]): Diagnostic[] {
  const byCampaign = new Map<string, Claim[]>();
  for (const claim of claims) {
    const group = byCampaign.get(claim.campaignId);
    if (group === undefined) byCampaign.set(claim.campaignId, [claim]);
    else group.push(claim);
  }
  return [...byCampaign.values()].flatMap((group) =>
    group.length === 1
      ? []
      : group.flatMap((claim) => {
          const other = group.find((candidate) => overlap(claim, candidate));
          return other === undefined ? [] : [withDetail(claim.place, detailOf(claim, other))];
        }),
  );
}

function overlap(a: Claim, b: Claim): boolean {
  if (a.place.file === b.place.file) return false;
  return a.environment === null || b.environment === null || a.environment === b.environment;
}

function detailOf(claim: Claim, other: Claim): string {
  const start = other.place.range?.start;
  const where = `${other.place.file}:${start?.line}:${start?.column}`;
  return (
    `The campaign ${claim.campaignId} is also declared in ${where}, and each file would undo the other. ` +
    `Keep one of them.`
  );
}
