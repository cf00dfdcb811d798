import type { Use, WhoUses } from "../catalogue/who-uses.ts";
import { quantity } from "../text/figures.ts";

/** Who was asked for, in a few words: `vip-customers (segment, a1b2…)`, or a group with its members. */
export function askedWords({ audience }: WhoUses): string {
  if ("members" in audience)
    return `${audience.name} (group of ${quantity(audience.members.length, "audience")})`;
  const { name, audienceId, type } = audience;
  const facts = [type, name === null ? null : (audienceId ?? "an id for each environment")];
  return `${name ?? audienceId} (${facts.filter((fact) => fact !== null).join(", ")})`;
}

/** How often it is used: `is used by 2 campaigns: included in 1, excluded in 1`. */
export function useCounts({ uses }: WhoUses): string {
  if (uses.length === 0) return "is used by no campaign";
  const filesWith = (list: Use["list"]) =>
    new Set(uses.filter((use) => use.list === list).map(({ source }) => source.file)).size;
  const all = new Set(uses.map(({ source }) => source.file)).size;
  return `is used by ${quantity(all, "campaign")}: included in ${filesWith("include")}, excluded in ${filesWith("exclude")}`;
}

/** The way through groups, or nothing: `by way of a, b`. */
export function wayWords({ via }: Use): string {
  return via.length === 0 ? "" : `by way of ${via.join(", ")}`;
}
