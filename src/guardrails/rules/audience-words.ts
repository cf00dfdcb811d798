import { quoteWhole } from "../../text/quote.ts";
import type { NamedAudience } from "../guardrails.ts";
import type { PlanFacts } from "./broken.ts";

/** An audience as a sentence names it: by its name and its id, or by the id alone. */
export function audienceWords(
  { audienceId, name }: Pick<NamedAudience, "audienceId" | "name">,
  { audiences }: Pick<PlanFacts, "audiences">,
): string {
  const known = name ?? (Object.hasOwn(audiences, audienceId) ? audiences[audienceId]?.name : null) ?? null;
  return known === null ? audienceId : `${quoteWhole(known)} (${audienceId})`;
}

/** Several of them, as a sentence lists them. */
export function audienceList(ids: readonly string[], facts: Pick<PlanFacts, "audiences">): string {
  return ids.map((audienceId) => audienceWords({ audienceId, name: null }, facts)).join(", ");
}
