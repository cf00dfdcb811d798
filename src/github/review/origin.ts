import { sameBinding } from "../../domain/binding.ts";
import type { AudienceBinding } from "../../domain/model.ts";
import type { Origin } from "../run/model.ts";

/**
 * Where a change comes from. A file that this pull request does not touch differs from live by drift; where live is
 * what the base commit's file says, this pull request is all there is; else it is both.
 *
 * @param base what the base commit's file says, in canonical form; null when the campaign is not declared there.
 */
export function originOf(
  change: { readonly before: AudienceBinding; readonly after: AudienceBinding },
  base: AudienceBinding | null,
): Origin {
  if (base === null || sameBinding(base, change.before)) return "this pull request";
  return sameBinding(base, change.after) ? "drift" : "this pull request and drift";
}
