/** What the files of a plan change of the rules that a base had: the part of the vocabulary that this is told in. Types only. */
import type { Finding, RuleName } from "./finding.ts";

/**
 * What of the rules is not as it was. `rule`: what it asks, or its limit. `catalogue`: for whom a name stands that it uses.
 * `when`: for which campaigns it is. `label`: one by which it chooses a campaign.
 */
export type RuleChangeKind =
  | "rule"
  | "catalogue"
  | "when"
  | "strength"
  | "waiver"
  | "label"
  | "on-breach"
  | "unknown-excludes";

/** One thing that is not as it was. `weaker`: something may pass now that was refused. */
export type RuleChange = {
  readonly kind: RuleChangeKind;
  readonly effect: "weaker" | "stricter";
  /** Null where it is about no single rule. */
  readonly rule: RuleName | null;
  /** Null where it is about no single campaign. */
  readonly campaignId: string | null;
  /** The audiences that it is about. */
  readonly audienceIds: readonly string[];
  /** What is different, in a sentence or two. */
  readonly message: string;
};

/** How the rules of a plan's files differ from those of the commit that the files are compared with. */
export type RuleChanges = {
  /** The full id of that commit; null where it cannot be had. */
  readonly since: string | null;
  /** Why its rules are not known, so that nobody can tell what was changed; null where they are. */
  readonly unknown: string | null;
  /** What is weaker first. */
  readonly changes: readonly RuleChange[];
  /** What those rules refuse of this plan, and those of now let pass. */
  readonly refusedBefore: readonly Finding[];
};
