import { makeDiagnostic } from "../../domain/diagnostics.ts";
import { groupBy } from "../../domain/group-by.ts";
import type { AudienceRef, Diagnostic, Plan } from "../../domain/model.ts";
import { quantity } from "../../text/figures.ts";
import { audienceList } from "../rules/audience-words.ts";
import { type PlannedSend, SHORTLY_MS, sendWords } from "./planned-sends.ts";

type PlanFacts = Pick<Plan, "audiences" | "scope">;

/**
 * Drafts that are sent within a day of one another and include the same audience: whoever is in it may receive both. Two
 * of which each excludes somebody whom the other includes were told apart by somebody. One warning for the same drafts.
 *
 * @param sends soonest first.
 */
export function collidingSends(sends: readonly PlannedSend[], facts: PlanFacts): readonly Diagnostic[] {
  const shared = [...sendsByAudience(sends)].flatMap(([audienceId, all]) => {
    const colliding = all.filter((_, index) => hasNeighbour(all, index));
    return colliding.length === 0 ? [] : [{ audienceId, colliding }];
  });
  const keyOf = ({ colliding }: (typeof shared)[number]) =>
    colliding.map(({ change }) => change.campaignId).join(" ");
  return [...groupBy(shared, keyOf).values()].map((group) =>
    collision(
      group.map(({ audienceId }) => audienceId),
      group[0]?.colliding ?? [],
      facts,
    ),
  );
}

function sendsByAudience(sends: readonly PlannedSend[]): ReadonlyMap<string, readonly PlannedSend[]> {
  const byAudience = new Map<string, PlannedSend[]>();
  for (const send of sends) {
    for (const { audienceId } of send.change.after.include) {
      const found = byAudience.get(audienceId);
      if (found === undefined) byAudience.set(audienceId, [send]);
      else found.push(send);
    }
  }
  return byAudience;
}

/** The next of many is looked at first, so that whoever has a neighbour has it soon. */
function hasNeighbour(sends: readonly PlannedSend[], index: number): boolean {
  return hasNeighbourOn(sends, index, 1) || hasNeighbourOn(sends, index, -1);
}

function hasNeighbourOn(sends: readonly PlannedSend[], index: number, step: 1 | -1): boolean {
  const own = sends[index];
  for (let at = index + step; own !== undefined; at += step) {
    const other = sends[at];
    if (other === undefined || Math.abs(other.at - own.at) > SHORTLY_MS) return false;
    if (!areToldApart(own, other)) return true;
  }
  return false;
}

function areToldApart({ change: one }: PlannedSend, { change: other }: PlannedSend): boolean {
  return meet(one.after.exclude, other.after.include) && meet(other.after.exclude, one.after.include);
}

function meet(some: readonly AudienceRef[], others: readonly AudienceRef[]): boolean {
  const ids = new Set(some.map(({ audienceId }) => audienceId));
  return others.some(({ audienceId }) => ids.has(audienceId));
}

function collision(
  audienceIds: readonly string[],
  sends: readonly PlannedSend[],
  { audiences, scope }: PlanFacts,
): Diagnostic {
  const isPair = sends.length === 2;
  const who = audienceList(audienceIds, { audiences });
  const detail = [
    `${isPair ? "Two" : sends.length} drafts include ${who} and are ${isPair ? "" : "each "}to be sent within 24 hours of ${isPair ? "one another" : "another of them"}: ${sendWords(sends)}.`,
    `Whoever is in ${audienceIds.length === 1 ? "it" : "them"} may receive ${isPair ? "both" : "several"}.`,
    "Send them further apart, or let each exclude whom only the other includes.",
    ...comparedWords(scope),
  ].join(" ");
  const source = sends[0]?.change.source;
  const start = source === undefined ? null : { line: source.line, column: source.column };
  return makeDiagnostic("sends-collide", {
    detail,
    file: source?.file ?? null,
    range: start === null ? null : { start, end: start },
  });
}

/** What was not looked at may collide as well. */
function comparedWords({ planned, declared }: Plan["scope"]): readonly string[] {
  if (planned >= declared) return [];
  return [`Only the ${quantity(planned, "campaign")} of this plan were compared, of ${declared} declared.`];
}
