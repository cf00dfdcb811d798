import type { Plan, RuleChange, RuleChanges } from "../../../domain/model.ts";
import { shownName } from "../facts.ts";
import { type FindingEntry, findingEntries } from "./finding-entry.ts";

/** One thing that is not as it was, in words. Nothing is escaped yet. */
export type RuleChangeEntry = {
  /** The rule, or what decides of all rules. */
  readonly rule: string;
  /** The campaign; null where it is about no single one. */
  readonly who: string | null;
  readonly message: string;
};

/** What files change of the rules, for reading. */
export type RuleChangesEntry = {
  /** How the base is called in a sentence. */
  readonly base: string;
  /** Why nobody knows what was changed; null where that is known. */
  readonly unknown: string | null;
  readonly weaker: readonly RuleChangeEntry[];
  readonly stricter: readonly RuleChangeEntry[];
  /** What the rules of before refuse, and those of now let pass. */
  readonly refused: readonly FindingEntry[];
};

/** Null where there is nothing to say. */
export function ruleChangesEntry({ ruleChanges, changes }: Plan): RuleChangesEntry | null {
  if (ruleChanges === undefined) return null;
  const { unknown, changes: all, refusedBefore } = ruleChanges;
  if (unknown === null && all.length === 0 && refusedBefore.length === 0) return null;
  const names = new Map(changes.map(({ campaignId, name }) => [campaignId, name]));
  const entriesOf = (effect: RuleChange["effect"]) =>
    all.filter((change) => change.effect === effect).map((change) => entryOf(change, names));
  return {
    base: baseWords(ruleChanges),
    unknown,
    weaker: entriesOf("weaker"),
    stricter: entriesOf("stricter"),
    // How it is mended is no question any more.
    refused: findingEntries(refusedBefore, changes).map((entry) => ({ ...entry, remedy: "" })),
  };
}

function baseWords({ since }: RuleChanges): string {
  return since === null ? "the base" : `commit ${since.slice(0, 7)}`;
}

function entryOf(
  { rule, kind, campaignId, message }: RuleChange,
  names: ReadonlyMap<string, string | null>,
): RuleChangeEntry {
  // A campaign that the plan does not look at is known by its id alone.
  const name =
    campaignId === null
      ? null
      : names.has(campaignId)
        ? shownName(names.get(campaignId) ?? null)
        : campaignId;
  return { rule: rule ?? kind, who: name, message };
}

/** That nobody knows, as a sentence. */
export function unknownRules({ base, unknown }: RuleChangesEntry): string {
  return `The rules of ${base} could not be read, so it is not known whether they were weakened: ${unknown}.`;
}

/** What it means for this plan that rules are weaker, without its full stop. */
export function refusedWords({ base, refused }: RuleChangesEntry): string {
  return refused.length === 0
    ? `The rules of ${base} would have refused nothing more of this plan`
    : `The rules of ${base} would have refused this plan`;
}
