import type { WrittenId } from "../domain/declared.ts";
import { groupBy } from "../domain/group-by.ts";
import type { Diagnostic } from "../domain/model.ts";
import { diagnosticAt, type SourceText, withDetail } from "../yaml/source-text.ts";

/** That a file declares a campaign: in one environment, or in every one when `environment` is null. */
export type Claim = {
  /** UUID in lower case. */
  readonly campaignId: string;
  readonly environment: string | null;
  /** The diagnostic to give should another file claim the same, but for its detail. */
  readonly place: Diagnostic;
};

/** That a file declares a campaign, by one of its ids. */
export function claimOf({ says, environment, place }: WrittenId, text: SourceText): Claim {
  return {
    campaignId: says.toLowerCase(),
    environment,
    place: diagnosticAt(text, "repeated-campaign", place, ""),
  };
}

/** An error in every file that claims a campaign which another file claims too, naming the other. */
export function repeatedCampaigns(claims: readonly Claim[]): Diagnostic[] {
  const byCampaign = groupBy(claims, ({ campaignId }) => campaignId);
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
