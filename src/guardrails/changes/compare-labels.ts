import type { Change, RuleChange } from "../../domain/model.ts";
import { quoteWhole } from "../../text/quote.ts";
import type { RuleSet } from "../guardrails.ts";
import { isFor } from "../rule-scope.ts";
import { demandsOf } from "./demands.ts";
import { lostDemands } from "./lost-demands.ts";

/** The labels of a campaign. */
export type Labels = Change["labels"];

/** A campaign, and how it was labelled. */
type Labelled = Pick<Change, "campaignId" | "labels"> & { readonly before: Labels };

/**
 * Whether other labels take a campaign out of rules, which are the same for both. A label that is gone does not: whatever
 * lacks a label counts as having it. It is told all the same, since nobody sees any more that the rules are for it.
 *
 * @param now milliseconds since the epoch.
 */
export function compareLabels(
  { campaignId, labels, before }: Labelled,
  sets: readonly RuleSet[],
  now: number,
): readonly RuleChange[] {
  const demandsFor = (each: Labels) => demandsOf(setsFor(each, sets), now);
  const lost = lostDemands({ from: demandsFor(before), to: demandsFor(labels) });
  const rules = [...new Set(lost.map(({ rule }) => rule))];
  const words = changedLabels(before, labels, sets);
  const gone = goneLabels(before, labels, sets);
  const base = { kind: "label", effect: "weaker", campaignId, audienceIds: [] } as const;
  if (rules.length > 0) {
    const [rule = null] = rules.length === 1 ? rules : [];
    return [
      {
        ...base,
        rule,
        message: `Rules that look at its labels are no longer for it (${rules.join(", ")}): ${words}.`,
      },
    ];
  }
  if (gone.length === 0) return [];
  const message = `It has lost a label by which rules choose campaigns: ${gone.join(", ")}. They are for it as long as it has none.`;
  return [{ ...base, rule: null, message }];
}

/** The rules that are for a campaign with these labels, as far as that depends on labels. */
function setsFor(labels: Labels, sets: readonly RuleSet[]): readonly RuleSet[] {
  return sets.flatMap((set) => {
    const { scope } = set;
    if (scope === null) return [set];
    if (!isFor(scope, { channel: scope.channel, labels })) return [];
    return [{ ...set, scope: scope.channel === null ? null : { ...scope, labels: {} } }];
  });
}

/** Of the labels that rules look at, those that are not as they were. */
function changedLabels(before: Labels, now: Labels, sets: readonly RuleSet[]): string {
  const keys = new Set(sets.flatMap(({ scope }) => Object.keys(scope?.labels ?? {})));
  return [...keys]
    .filter((key) => labelText(before, key) !== labelText(now, key))
    .map((key) => `${key} is ${labelText(now, key)}, and was ${labelText(before, key)}`)
    .join("; ");
}

/** The labels by which rules were for a campaign, and that it lacks now. */
function goneLabels(before: Labels, now: Labels, sets: readonly RuleSet[]): readonly string[] {
  const scopes = sets.flatMap(({ scope }) => scope ?? []);
  const keys = scopes
    .filter((scope) => isFor(scope, { channel: scope.channel, labels: before }))
    .flatMap((scope) => Object.keys(scope.labels));
  return [...new Set(keys)]
    .filter((key) => Object.hasOwn(before, key) && !Object.hasOwn(now, key))
    .map((key) => `${key} ${labelText(before, key)}`);
}

function labelText(labels: Labels, key: string): string {
  return Object.hasOwn(labels, key) ? quoteWhole(labels[key] ?? "") : "not there";
}
