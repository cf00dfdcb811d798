import type { Finding, Source } from "../../../domain/model.ts";
import { stops } from "../../../guardrails/stops.ts";
import { shownName } from "../facts.ts";

/** What a rule says, in words. Nothing is escaped yet. */
export type FindingEntry = {
  readonly state: Finding["state"];
  readonly rule: string;
  readonly strength: Finding["strength"];
  /** Whether it holds the run back. */
  readonly isStop: boolean;
  /** The campaign, or that it is the run. */
  readonly who: string;
  readonly source: Source | null;
  readonly message: string;
  /** How to mend it, or who lets it pass and why. */
  readonly remedy: string;
  /** How many campaigns this is about: several where the same may be said of each. */
  readonly count: number;
};

/** The rules that a plan or a report breaks first, then those that are let pass or are only told. */
export type FindingSections = {
  /** Over the first: whether they keep something from being written, or were broken by what was written. */
  readonly stopsTitle: string;
  readonly stops: readonly FindingEntry[];
  readonly told: readonly FindingEntry[];
};

type Named = { readonly campaignId: string; readonly name: string | null };

/**
 * Findings for reading. What is only possible is told once for all campaigns: of most of them it is no news.
 *
 * @param campaigns those that they are about, for their names.
 * @param refuses whether those that hold a run back kept something from being written.
 */
export function findingSections(
  findings: readonly Finding[],
  campaigns: readonly Named[],
  refuses = true,
): FindingSections {
  const names = namesOf(campaigns);
  const certain = findings
    .filter((each) => each.state !== "possible" && !isToldElsewhere(each))
    .map((each) => entryOf(each, names));
  const refusals = certain.filter(({ isStop }) => isStop);
  return {
    stopsTitle: refuses ? "Refused by rules" : "Broken rules",
    stops: refusals,
    told: [...certain.filter(({ isStop }) => !isStop), ...possibleOnce(findings, names)],
  };
}

/** Findings for reading, one by one and in their order. */
export function findingEntries(
  findings: readonly Finding[],
  campaigns: readonly Named[],
): readonly FindingEntry[] {
  const names = namesOf(campaigns);
  return findings.map((finding) => entryOf(finding, names));
}

function namesOf(campaigns: readonly Named[]): ReadonlyMap<string, string | null> {
  return new Map(campaigns.map(({ campaignId, name }) => [campaignId, name]));
}

/** Where a change is shown, a lost last exclude is loud already. */
function isToldElsewhere({ rule, strength, state }: Finding): boolean {
  return rule === "loses-all-excludes" && strength === "warn" && state === "broken";
}

function entryOf(finding: Finding, names: ReadonlyMap<string, string | null>): FindingEntry {
  const { state, rule, strength, campaignId, source, message } = finding;
  return {
    state,
    rule,
    strength,
    isStop: stops(finding),
    who: campaignId === null ? "this run" : shownName(names.get(campaignId) ?? null),
    source,
    message,
    remedy: remedyOf(finding),
    count: 1,
  };
}

function possibleOnce(
  findings: readonly Finding[],
  names: ReadonlyMap<string, string | null>,
): readonly FindingEntry[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.state !== "possible") continue;
    const key = `${finding.rule} ${finding.strength} ${finding.message}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Finding];
    const entry = entryOf(first, names);
    if (group.length === 1) return entry;
    return { ...entry, who: `${group.length} campaigns`, source: null, count: group.length };
  });
}

function remedyOf(finding: Finding): string {
  const { state, strength, rule, waiver, allowedReason } = finding;
  switch (state) {
    case "waived":
      return waiver === null ? "" : `Waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}`;
    case "allowed":
      return `Allowed for this run by --allow ${rule}${allowedReason === null ? ", without a reason." : `: ${allowedReason}`}`;
    case "possible":
      return waiver === null || rule === "waiver-expired"
        ? ""
        : `A waiver of ${waiver.owner} would let it pass until ${waiver.expires}.`;
    case "broken":
      return strength === "warn" ? "" : `${MENDS[rule]} ${passWords(finding)}`.trim();
  }
}

function passWords({ rule, strength, campaignId }: Finding): string {
  if (rule === "waiver-expired") return "";
  const waiver = campaignId === null ? "" : "a waiver in the project file lets it pass";
  if (strength === "hard") return waiver === "" ? "" : `Else only ${waiver}.`;
  return waiver === "" ? `Else --allow ${rule} lets it pass.` : `Else --allow ${rule} or ${waiver}.`;
}

const MENDS: Readonly<Record<Finding["rule"], string>> = {
  "require-exclude": "Add it to exclude in the campaign's file.",
  "forbid-include": "Take it out of include in the campaign's file.",
  "max-changes": "Apply fewer campaigns at once.",
  freeze: "Apply after that time.",
  "reach-min": "Include more people, or exclude fewer.",
  "reach-max": "Include fewer people, or exclude more.",
  "reach-increase": "Include fewer people, or exclude more.",
  "reach-decrease": "Include more people, or exclude fewer.",
  "loses-all-excludes": "Exclude somebody in the campaign's file.",
  "replaces-all-includes": "Check that the file has the right campaignId.",
  "waiver-expired": "Mend what the rule refuses, or renew the waiver in the project file.",
};
