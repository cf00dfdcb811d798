import { sameBinding } from "../domain/binding.ts";
import type { CampaignSpec, Cause } from "../domain/model.ts";
import type { CampaignFile } from "./campaign-file.ts";
import { catalogueCauses } from "./catalogue-causes.ts";
import { type DeclaredBefore, sameDeclaration, sameLabels } from "./changed-campaigns.ts";
import { detached } from "./detached.ts";
import { type CampaignChoice, type ResolvedCampaign, resolveCampaign } from "./resolve.ts";

/** What campaign files of the base meant. */
export type BaseMeaning = {
  /** What decided that; null where names stood for what they stand for now. */
  readonly choice: CampaignChoice | null;
  /** The catalogue of now, as it is called for people. */
  readonly catalogue: string;
  /** What made another file the catalogue; most often nothing. */
  readonly causes: readonly Cause[];
};

/**
 * A file that is now as it was in the base: only what its names stand for can make a difference.
 *
 * @param choice what decides that now.
 */
export function compareSameText(
  file: CampaignFile,
  now: ResolvedCampaign,
  choice: CampaignChoice,
  base: BaseMeaning,
): readonly DeclaredBefore[] {
  const then = base.choice === null ? now : resolveCampaign(file, base.choice);
  const isSame = then === now || isAs(then, now.spec);
  const name = now.spec?.name ?? null;
  // Of the same nobody asks.
  const audience = isSame ? null : detached(then.spec?.audience ?? null);
  const causes = causesOf(file, then, now.spec, { choice, base });
  return now.claims.map(({ campaignId }) => ({
    campaignId,
    name,
    file: file.text.file,
    audience,
    labels: null,
    isSame,
    causes,
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
    const isSame = isAs(then, now);
    const causes = sameAudience(written, now) ? causesOf(file, then, now, { choice, base }) : null;
    const name = file.says?.name ?? null;
    const audience = then.spec?.audience ?? null;
    const labels = otherLabels(file, now);
    return { campaignId, name, file: file.text.file, audience, labels, isSame, causes };
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

/** What made the names of a file stand for something else than in the base. A catalogue that nobody can read is told for all. */
function causesOf(
  file: CampaignFile,
  then: ResolvedCampaign,
  now: CampaignSpec | null,
  { choice, base }: { readonly choice: CampaignChoice; readonly base: BaseMeaning },
): readonly Cause[] {
  if (base.choice === null || base.choice.names === null || sameAudience(then, now)) return [];
  const found = catalogueCauses(file, base.choice, choice);
  const named = found.map((cause): Cause => ({ file: base.catalogue, ...cause }));
  const causes = [...named, ...base.causes];
  return detached(causes.length > 0 ? causes : [{ file: base.catalogue, kind: "file", name: null }]);
}

function sameAudience({ spec }: ResolvedCampaign, now: CampaignSpec | null): boolean {
  return spec !== null && now !== null && sameBinding(spec.audience, now.audience);
}

function otherLabels({ says }: CampaignFile, now: CampaignSpec | null): CampaignSpec["labels"] | null {
  return says === null || now === null || sameLabels(says.labels, now.labels) ? null : says.labels;
}

function isAs({ spec }: ResolvedCampaign, now: CampaignSpec | null): boolean {
  return spec !== null && now !== null && sameDeclaration(spec, now);
}
