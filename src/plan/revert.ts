import { sameBinding } from "../domain/binding.ts";
import { isDraft } from "../domain/campaign.ts";
import { ChangedSinceError } from "../domain/errors.ts";
import type { ApplyResult, AudienceBinding, CampaignSpec, Report } from "../domain/model.ts";
import type { CampaignReader } from "../domain/ports.ts";

/** A campaign that an apply wrote, or may have written: what it found, and what it left. */
type Written = {
  readonly result: ApplyResult;
  readonly found: AudienceBinding;
  readonly left: AudienceBinding;
};

/**
 * What a report's apply wrote, or may have written, as it was before. What it did not write may be as declared through
 * somebody else, and is left alone.
 */
export function specsToRevert(report: Report): readonly CampaignSpec[] {
  return writtenIn(report).map(({ result: { campaignId, name, source }, found }) => ({
    ...{ campaignId, name, source, owner: null, labels: {} },
    audience: found,
  }));
}

function writtenIn({ results }: Report): readonly Written[] {
  return results.flatMap((result) => {
    const { outcome, error, before, after } = result;
    const mayBe = outcome === "applied" || outcome === "restored" || error?.mayHaveLanded === true;
    if (!mayBe || before === null) return [];
    return [{ result, found: before, left: outcome === "restored" ? before : after }];
  });
}

/**
 * A reader of campaigns to put back. A draft that is neither as the report left it nor as it found it is no campaign that
 * may be written: reading it is a {@link ChangedSinceError}.
 */
export function asLeftBy(report: Report, { readCampaign }: CampaignReader): CampaignReader {
  const written = new Map(writtenIn(report).map((each) => [each.result.campaignId, each]));
  return {
    async readCampaign(campaignId, signal, purpose) {
      const live = await readCampaign(campaignId, signal, purpose);
      const of = written.get(campaignId);
      const isKnown =
        of !== undefined && [of.left, of.found].some((each) => sameBinding(each, live.audience));
      if (isKnown || !isDraft(live)) return live;
      throw new ChangedSinceError(
        "Its audiences are neither those that the report left nor those that it found.",
      );
    },
  };
}
