import { compare } from "../../domain/compare.ts";
import type { RuleChange } from "../../domain/model.ts";
import type { Waiver } from "../guardrails.ts";
import { isOver } from "../waivers.ts";

/** How audiences are called in a sentence, by id. */
export type AudienceNames = (audienceIds: readonly string[]) => string;

type Sides = { readonly before: readonly Waiver[]; readonly now: readonly Waiver[] };

/**
 * What is waived that was not, or for longer; or the reverse. A waiver that is over lets nothing pass, so it is no change;
 * nor is one that says the same of another owner or reason.
 *
 * @param at milliseconds since the epoch.
 */
export function compareWaivers(
  { before, now }: Sides,
  at: number,
  namesOf: AudienceNames,
  effect: RuleChange["effect"],
): readonly RuleChange[] {
  const [from, to] = effect === "weaker" ? [now, before] : [before, now];
  return from
    .filter((waiver) => !isOver(waiver, at))
    .flatMap((waiver) => {
      const alike = to.filter((other) => isAlike(other, waiver));
      const open = partsOf(waiver).filter((part) => !alike.some((other) => isWithin(part, waiver, other)));
      const shorter = (part: string | null) => alike.filter((other) => isOf(part, other));
      return [
        open.filter((part) => shorter(part).length === 0),
        open.filter((part) => shorter(part).length > 0),
      ].flatMap((parts) =>
        parts.length === 0 ? [] : [changeOf(waiver, parts, parts.flatMap(shorter), namesOf, effect)],
      );
    });
}

/** The audiences that a waiver is for, one by one; null for every one. */
function partsOf({ audienceIds }: Waiver): readonly (string | null)[] {
  return audienceIds ?? [null];
}

function isAlike(a: Waiver, b: Waiver): boolean {
  return a.campaignId === b.campaignId && a.rule === b.rule;
}

function isOf(part: string | null, { audienceIds }: Waiver): boolean {
  return audienceIds === null || (part !== null && audienceIds.includes(part));
}

function isWithin(part: string | null, waiver: Waiver, other: Waiver): boolean {
  return isOf(part, other) && other.expires >= waiver.expires;
}

function changeOf(
  { rule, campaignId, owner, reason, expires }: Waiver,
  parts: readonly (string | null)[],
  shorter: readonly Waiver[],
  namesOf: AudienceNames,
  effect: RuleChange["effect"],
): RuleChange {
  const audienceIds = parts.filter((part) => part !== null).sort(compare);
  const of = audienceIds.length === 0 ? "" : ` for ${namesOf(audienceIds)}`;
  const other = shorter
    .map((each) => each.expires)
    .sort(compare)
    .at(-1);
  const why = `${owner}: ${reason}`;
  return {
    kind: "waiver",
    effect,
    rule,
    campaignId,
    audienceIds,
    message:
      effect === "weaker" ? weakerWords(of, expires, other, why) : stricterWords(of, expires, other, why),
  };
}

function weakerWords(of: string, until: string, before: string | undefined, why: string): string {
  return before === undefined
    ? `A new waiver${of} until ${until} (${why}).`
    : `The waiver${of} goes until ${until}, before until ${before} (${why}).`;
}

function stricterWords(of: string, before: string, until: string | undefined, why: string): string {
  return until === undefined
    ? `The waiver${of} until ${before} is gone (${why}).`
    : `The waiver${of} goes until ${until}, before until ${before} (${why}).`;
}
