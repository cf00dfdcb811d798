/** What the rules of a project say of a plan: the part of the vocabulary that findings are made of. Types only. */
import type { Source } from "../model.ts";

/** A rule that a project can set. The last two are always there. */
export type RuleName =
  | "require-exclude"
  | "forbid-include"
  | "max-changes"
  | "freeze"
  | "reach-min"
  | "reach-max"
  | "reach-increase"
  | "reach-decrease"
  | "loses-all-excludes"
  | "replaces-all-includes";

/**
 * `hard`: only a waiver of the project file lets what breaks it pass. `soft`: whoever runs a command may allow it, too.
 * `warn`: told, and stops nothing.
 */
export type Strength = "hard" | "soft" | "warn";

/** Who lets one rule pass for one campaign, why, and until the end of which day, UTC. */
export type WaiverFacts = { readonly owner: string; readonly reason: string; readonly expires: string };

/**
 * What one rule says of one campaign, or of the run (`campaignId` is null). `possible`: it depends on a count that nobody
 * knows yet. `waived` and `allowed`: it is broken, and is let pass.
 */
export type Finding = {
  readonly rule: RuleName | "waiver-expired";
  readonly strength: Strength;
  readonly campaignId: string | null;
  readonly source: Source | null;
  /** What is wrong, in a sentence. A count that others may not read is not in it. */
  readonly message: string;
  /** The audiences that it is about. */
  readonly audienceIds: readonly string[];
  readonly state: "broken" | "waived" | "allowed" | "possible";
  /** What lets it pass, or would, once it is broken; null where nothing does. */
  readonly waiver: WaiverFacts | null;
  /** Why it was allowed for this run; null where nobody said. */
  readonly allowedReason: string | null;
};
