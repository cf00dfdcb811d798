import { canonicalBinding } from "../domain/binding.ts";
import type { AudienceBinding, CampaignError } from "../domain/model.ts";
import { quantity } from "../text/figures.ts";

/** What becomes of live excludes that a campaign's file does not name. */
export type UnknownExcludes = "remove" | "keep";

/** Why live excludes cannot be kept. */
type KeepFault = "kept-exclude-conflict" | "kept-exclude-overflow";

/** The declared audiences with the live excludes that stay bound, and the ids of these; or why that cannot be. */
export type Kept =
  | { readonly audience: AudienceBinding; readonly kept: readonly string[] }
  | { readonly error: CampaignError & { readonly code: KeepFault } };

/** The API takes no more in one list. */
const MOST_EXCLUDES = 25;

/** Adds to what a file declares every live exclude that it does not name. */
export function keepExcludes(declared: AudienceBinding, live: AudienceBinding): Kept {
  const named = new Set(declared.exclude.map(({ audienceId }) => audienceId));
  const unnamed = live.exclude.filter(({ audienceId }) => !named.has(audienceId));
  const included = new Set(declared.include.map(({ audienceId }) => audienceId));
  const both = unnamed.find(({ audienceId }) => included.has(audienceId));
  if (both !== undefined) {
    return fault(
      "kept-exclude-conflict",
      `The file includes ${both.audienceId}, which is excluded live and would stay excluded.`,
    );
  }
  const exclude = [...declared.exclude, ...unnamed];
  if (exclude.length > MOST_EXCLUDES) {
    return fault(
      "kept-exclude-overflow",
      `With the ${quantity(unnamed.length, "live exclude")} that the file does not name it would exclude ${exclude.length} audiences; ${MOST_EXCLUDES} are allowed.`,
    );
  }
  const audience = canonicalBinding({ include: declared.include, exclude });
  return { audience, kept: unnamed.map(({ audienceId }) => audienceId) };
}

function fault(code: KeepFault, message: string): Kept {
  return { error: { code, status: null, message, correlationId: null } };
}
