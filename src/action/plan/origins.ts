import type { AudienceBinding, Change, Plan, Skip, Update } from "../../domain/model.ts";
import { originOf } from "../../github/review/origin.ts";
import type { Origin } from "../../github/run/model.ts";

/**
 * Of each campaign that differs: does what is to be merged cause it, or was it there before?
 *
 * @param before what the base declared of campaigns that are declared otherwise now, as `declareChanged` says.
 */
export function originsSince(
  { changes }: Plan,
  before: ReadonlyMap<string, AudienceBinding | null>,
): ReadonlyMap<string, Origin> {
  return new Map(
    changes.filter(isDiffering).map((change) => {
      const base = before.get(change.campaignId);
      return [change.campaignId, base === undefined ? "drift" : originOf(change, base)];
    }),
  );
}

function isDiffering(change: Change): change is Update | Skip {
  return change.action === "update" || change.action === "skip";
}
