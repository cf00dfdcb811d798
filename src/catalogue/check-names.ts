import type { Said } from "../domain/declared.ts";
import type { AudienceType, Diagnostic } from "../domain/model.ts";
import { didYouMean, nearestKey } from "../text/nearest-key.ts";
import { quoteWhole } from "../text/quote.ts";
import { diagnosticAt, positionAt } from "../yaml/source-text.ts";
import type { Catalogue, CatalogueAudience, CatalogueGroup } from "./catalogue.ts";

/** What a schema cannot say: names that mean two things or nothing, and groups that lead back to themselves. */
export function checkNames(catalogue: Catalogue): readonly Diagnostic[] {
  return [...twoMeanings(catalogue), ...oddMembers(catalogue), ...cycles(catalogue), ...sharedIds(catalogue)];
}

function twoMeanings({ text, audiences, groups }: Catalogue): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { name, place } of groups.values()) {
    const audience = audiences.get(name);
    if (audience === undefined) continue;
    const { line } = positionAt(text, audience.place[0]);
    const detail = `${quoteWhole(name)} is also the name of an audience on line ${line}, and a campaign file could mean either. Rename one of the two.`;
    found.push(diagnosticAt(text, "repeated-name", place, detail));
  }
  return found;
}

/** Members that nothing has the name of, and those that stand in a group twice. */
function oddMembers({ text, audiences, groups }: Catalogue): Diagnostic[] {
  const names = [...audiences.keys(), ...groups.keys()];
  const near = new Map<string, string | null>();
  const found: Diagnostic[] = [];
  for (const { name, members } of groups.values()) {
    const before = new Set<string>();
    for (const { says, place } of members) {
      if (!audiences.has(says) && !groups.has(says)) {
        if (!near.has(says)) near.set(says, nearestKey(says, names));
        const detail = `No audience and no group has the name ${quoteWhole(says)}.${didYouMean(near.get(says) ?? null)} Add it under audiences, or take it out of this group.`;
        found.push(diagnosticAt(text, "unknown-name", place, detail));
      } else if (before.has(says)) {
        const detail = `${quoteWhole(says)} is already in the group ${quoteWhole(name)}. Delete one of the two.`;
        found.push(diagnosticAt(text, "repeated-audience", place, detail));
      }
      before.add(says);
    }
  }
  return found;
}

/** A group that is gone through, and the members of it that are not yet. */
type Step = { readonly name: string; readonly rest: Iterator<Said<string>> };

/** Each cycle once, at the member that closes it. Needs no recursion: groups may nest as deep as they like. */
function cycles({ text, groups }: Catalogue): Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const start of groups.values()) {
    if (seen.has(start.name)) continue;
    const open = new Set<string>();
    const way: Step[] = [enter(start, seen, open)];
    for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
      const next = step.rest.next();
      if (next.done === true) {
        open.delete(step.name);
        way.pop();
        continue;
      }
      const { says, place } = next.value;
      const group = groups.get(says);
      if (open.has(says)) {
        const names = way.map(({ name }) => name);
        const circle = [...names.slice(names.indexOf(says)), says];
        const detail = `A group cannot be in itself: ${shownCircle(circle)}. Take ${quoteWhole(says)} out of ${quoteWhole(step.name)}.`;
        found.push(diagnosticAt(text, "group-cycle", place, detail));
      } else if (group !== undefined && !seen.has(says)) {
        way.push(enter(group, seen, open));
      }
    }
  }
  return found;
}

function enter({ name, members }: CatalogueGroup, seen: Set<string>, open: Set<string>): Step {
  seen.add(name);
  open.add(name);
  return { name, rest: members.values() };
}

const MOST_SHOWN = 12;

function shownCircle(circle: readonly string[]): string {
  if (circle.length <= MOST_SHOWN) return circle.join(" → ");
  return [...circle.slice(0, MOST_SHOWN - 2), "…", circle.at(-1)].join(" → ");
}

/** Two names for one id are no mistake, but one of them is most likely a slip; with two types one of them is wrong. */
function sharedIds({ text, audiences }: Catalogue): Diagnostic[] {
  const first = new Map<string, CatalogueAudience>();
  const found: Diagnostic[] = [];
  for (const audience of audiences.values()) {
    const { taken, kept } = idKeys(audience);
    const withType = (type: AudienceType) =>
      taken.map((key) => first.get(`${type} ${key}`)).find((known) => known !== undefined);
    const other = withType(audience.type === "audience" ? "segment" : "audience") ?? withType(audience.type);
    for (const key of kept.map((each) => `${audience.type} ${each}`)) {
      if (!first.has(key)) first.set(key, audience);
    }
    if (other === undefined) continue;
    const { line } = positionAt(text, other.place[0]);
    const already = `The id of ${quoteWhole(audience.name)} already has the name ${quoteWhole(other.name)} on line ${line}`;
    const [code, rest] =
      other.type === audience.type
        ? (["two-names", ". A reader takes two names for two audiences. Keep one of them."] as const)
        : ([
            "type-differs",
            `, there with the type ${other.type}, here with ${audience.type}. An id has one type. Mend the one that is wrong.`,
          ] as const);
    found.push(diagnosticAt(text, code, audience.place, `${already}${rest}`));
  }
  return found;
}

/** Under which keys an audience is found by its ids, and under which another one has taken one. */
type IdKeys = { readonly taken: readonly string[]; readonly kept: readonly string[] };

/** An id for every environment meets any other; one for an environment meets those for it and for all. */
function idKeys({ audienceId }: CatalogueAudience): IdKeys {
  if (typeof audienceId === "string") {
    return { taken: [`${audienceId} *`, `${audienceId} ?`], kept: [`${audienceId} *`] };
  }
  const entries = [...audienceId];
  return {
    taken: entries.flatMap(([environment, id]) => [`${id} ${environment}`, `${id} *`]),
    kept: entries.flatMap(([environment, id]) => [`${id} ${environment}`, `${id} ?`]),
  };
}
