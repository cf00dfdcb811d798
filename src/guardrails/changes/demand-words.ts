import { countText, quantity, timeText } from "../../text/figures.ts";
import { scopeWords } from "../rule-scope.ts";
import { audienceWords } from "../rules/audience-words.ts";
import type { AudienceDemand, Demand, FreezeDemand, LimitDemand } from "./demands.ts";

/** What a demand asks for, and of which campaigns, in words that begin small. @param more audiences that are asked for as well. */
export function demandWords(demand: Demand, ...more: readonly AudienceDemand[]): string {
  switch (demand.what) {
    case "audience": {
      const must = demand.rule === "require-exclude" ? "must be excluded" : "may not be included";
      return `${audiencesWords(demand, ...more)} ${must}${scopeOf(demand)}`;
    }
    case "limit":
      return limitWords(demand);
    case "freeze":
      return `nothing is written${scopeOf(demand)} ${timeWords(demand)}`;
  }
}

/** More than this nobody reads. */
const MOST_NAMED = 10;

/** Several audiences, each by name and id. */
export function audiencesWords(...group: readonly AudienceDemand[]): string {
  const named = group
    .slice(0, MOST_NAMED)
    .map(({ audience }) => audienceWords(audience, { audiences: {} }))
    .join(", ");
  const more = group.length - MOST_NAMED;
  return more > 0 ? `${named} and ${countText(more)} more` : named;
}

/** That the same is asked of other campaigns now. */
export function insteadWords(
  demand: Demand,
  now: readonly Demand[],
  more: readonly AudienceDemand[] = [],
): string {
  const whose = [...new Set(now.map(campaigns))].join(" and ");
  const what = demandWords({ ...demand, scope: null }, ...more);
  return `Asked of ${whose} now, before of ${campaigns(demand)}: ${what}.`;
}

function campaigns({ scope }: Pick<Demand, "scope">): string {
  return scope === null ? "all campaigns" : `campaigns${scopeWords(scope)}`;
}

/** Which campaigns, within a sentence; empty for all. */
export function scopeOf({ scope }: Pick<Demand, "scope">): string {
  return scope === null ? "" : ` in ${campaigns({ scope })}`;
}

function limitWords(demand: LimitDemand): string {
  const { rule, scope, limit } = demand;
  const value = limitValue(demand);
  switch (rule) {
    case "max-changes": {
      const most = limit.unit === "number" ? quantity(limit.value, "campaign") : `${value} of the campaigns`;
      return `at most ${most}${scopeWords(scope)} may change in one run`;
    }
    case "reach-min":
      return `at least ${value} people are reached${scopeOf(demand)}`;
    case "reach-max":
      return `at most ${value} people are reached${scopeOf(demand)}`;
    case "reach-increase":
      return `reach grows by at most ${value}${scopeOf(demand)}`;
    case "reach-decrease":
      return `reach shrinks by at most ${value}${scopeOf(demand)}`;
  }
}

/** A limit alone: `25`, or `30%`. */
export function limitValue({ limit: { unit, value } }: Pick<LimitDemand, "limit">): string {
  return unit === "percent" ? `${value}%` : countText(value);
}

/** From when until when. */
export function timeWords({ from, to, hasBegun }: FreezeDemand): string {
  const until = `until ${timeOf(to)}`;
  return hasBegun ? until : `from ${timeOf(from)} ${until}`;
}

function timeOf(ms: number): string {
  return timeText(new Date(ms).toISOString());
}

/** With a capital letter at its beginning. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
