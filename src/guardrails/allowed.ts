import { UsageError } from "../domain/errors.ts";
import type { RuleName } from "../domain/model.ts";
import { didYouMean, nearestKey } from "../text/nearest-key.ts";
import { quoteWhole } from "../text/quote.ts";
import { type Guardrails, RULE_NAMES } from "./guardrails.ts";

/** The rules that whoever runs a command lets pass this once, each with the reason, if one was given. */
export type Allowed = ReadonlyMap<RuleName, string | null>;

/** Nothing is allowed. */
export const NOTHING_ALLOWED: Allowed = new Map();

/**
 * Reads `RULE` and `RULE=REASON`.
 *
 * @throws UsageError for a rule that there is not, and for one that only a waiver lets pass.
 */
export function allowedBy(words: readonly string[], { strength }: Pick<Guardrails, "strength">): Allowed {
  const allowed = new Map<RuleName, string | null>();
  for (const word of words) {
    const [, name = "", reason = ""] = /^([^=]*)=?(.*)$/su.exec(word) ?? [];
    const rule = RULE_NAMES.find((each) => each === name.trim());
    if (rule === undefined) throw unknownRule(name);
    if (strength[rule] === "hard") throw hardRule(rule);
    allowed.set(rule, reason.trim() === "" ? null : reason.trim());
  }
  return allowed;
}

function unknownRule(name: string): UsageError {
  return new UsageError(
    `There is no rule ${quoteWhole(name)} to allow. Nothing was sent.`,
    `${didYouMean(nearestKey(name, RULE_NAMES)).trim()} The rules are: ${RULE_NAMES.join(", ")}.`.trim(),
  );
}

function hardRule(rule: RuleName): UsageError {
  return new UsageError(
    `The rule ${rule} is hard: it cannot be allowed. Nothing was sent.`,
    "Mend what breaks it, or add a waiver for the campaign to the project file, where it is reviewed.",
  );
}
