import type { AudienceBinding, AudienceRef, CampaignSpec } from "../domain/model.ts";
import type { Claim } from "./campaign-claims.ts";
import { detached } from "./detached.ts";
import type { ResolvedCampaign } from "./resolve.ts";

/** Copies a campaign so that it shares no text with its file. */
export type Detach = (campaign: ResolvedCampaign) => ResolvedCampaign;

/**
 * Makes copies of campaigns that share no text with their files, as {@link detached} does; but each text and each
 * audience is copied once for all of them, since thousands of files have the same ones.
 */
export function createDetacher(): Detach {
  const texts = new Map<string, string>();
  const refs = new Map<string, AudienceRef>();

  const text = (original: string): string => {
    const known = texts.get(original);
    if (known !== undefined) return known;
    const own = detached(original);
    texts.set(own, own);
    return own;
  };
  const textOrNull = (original: string | null): string | null => (original === null ? null : text(original));
  const ref = ({ audienceId, type }: AudienceRef): AudienceRef => {
    const known = refs.get(audienceId);
    if (known?.type === type) return known;
    const own = { audienceId: text(audienceId), type };
    refs.set(own.audienceId, own);
    return own;
  };
  const binding = ({ include, exclude }: AudienceBinding): AudienceBinding => ({
    include: include.map(ref),
    exclude: exclude.map(ref),
  });
  const labelsOf = (labels: CampaignSpec["labels"]): CampaignSpec["labels"] =>
    Object.fromEntries(Object.entries(labels).map(([key, value]) => [text(key), text(value)]));
  const spec = (original: CampaignSpec): CampaignSpec => ({
    campaignId: text(original.campaignId),
    name: textOrNull(original.name),
    owner: textOrNull(original.owner),
    labels: labelsOf(original.labels),
    audience: binding(original.audience),
    source: original.source,
  });
  const claim = (original: Claim): Claim => ({
    ...original,
    campaignId: text(original.campaignId),
    environment: textOrNull(original.environment),
    // Nearly every one is another.
    head: detached(original.head),
  });
  return (campaign) => ({
    claims: campaign.claims.map(claim),
    spec: campaign.spec === null ? null : spec(campaign.spec),
    isLeftOut: campaign.isLeftOut,
    diagnostics: campaign.diagnostics.length === 0 ? campaign.diagnostics : detached(campaign.diagnostics),
  });
}
