import type { CampaignSpec } from "../domain/model.ts";
import type { CampaignFile } from "./campaign-file.ts";
import { type DeclaredBefore, sameDeclaration } from "./changed-campaigns.ts";
import { detached } from "./detached.ts";
import { type CampaignChoice, type ResolvedCampaign, resolveCampaign } from "./resolve.ts";

/** What campaign files of the base meant. */
export type BaseMeaning = {
  /** What decided that; null where names stood for what they stand for now. */
  readonly choice: CampaignChoice | null;
  /** The files that make names stand for something else now. */
  readonly because: readonly string[];
};

/** A file that is now as it was in the base: only what its names stand for can make a difference. */
export function compareSameText(
  file: CampaignFile,
  now: ResolvedCampaign,
  { choice, because }: BaseMeaning,
): readonly DeclaredBefore[] {
  const then = choice === null ? now : resolveCampaign(file, choice);
  const isSame = then === now || isAs(then, now.spec);
  const name = now.spec?.name ?? null;
  // Of the same nobody asks.
  const audience = isSame ? null : detached(then.spec?.audience ?? null);
  return now.claims.map(({ campaignId }) => ({
    campaignId,
    name,
    file: file.text.file,
    audience,
    isSame,
    because,
  }));
}

/**
 * A file of the base that says something else now, or is elsewhere, or nowhere.
 *
 * @param specs what is declared now, by campaign.
 * @param choice what decides that.
 */
export function compareOtherText(
  file: CampaignFile,
  specs: ReadonlyMap<string, CampaignSpec>,
  choice: CampaignChoice,
  base: BaseMeaning,
): readonly DeclaredBefore[] {
  const written = resolveCampaign(file, choice);
  const then = base.choice === null ? written : resolveCampaign(file, base.choice);
  return campaignsMeant(then, choice).map((campaignId) => {
    const now = specs.get(campaignId) ?? null;
    const because = isAs(written, now) ? base.because : null;
    const name = file.says?.name ?? null;
    const audience = then.spec?.audience ?? null;
    return { campaignId, name, file: file.text.file, audience, isSame: isAs(then, now), because };
  });
}

/** The campaigns that a file of a base declared. Without an environment nobody knows which of the ids for each was meant. */
export function campaignsMeant(
  { claims }: Pick<ResolvedCampaign, "claims">,
  { environment: chosen }: Pick<CampaignChoice, "environment">,
): readonly string[] {
  const meant = claims.filter(({ environment }) => environment === null || chosen !== null);
  return meant.map(({ campaignId }) => campaignId);
}

function isAs({ spec }: ResolvedCampaign, now: CampaignSpec | null): boolean {
  return spec !== null && now !== null && sameDeclaration(spec, now);
}
