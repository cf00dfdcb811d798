import type { Change, Direction, Plan, PlanSummary, Update } from "../../domain/model.ts";
import type { Scope } from "../../domain/scope.ts";
import { stops } from "../../guardrails/stops.ts";
import { noExcludeIsLeft, updatesOf } from "../../plan/updates.ts";
import { countText, quantity } from "../../text/figures.ts";
import type { PageHead } from "./page-section.ts";

/** What a plan comes to, for people. Says "No changes" only of campaigns that were read. */
export function planHead(plan: Plan): PageHead {
  const { summary, changes, scope } = plan;
  const unseen = notLookedAt(scope);
  const isAsDeclared = summary.update + summary.error + summary.skip === 0;
  return {
    headline: headlineOf(plan),
    notes: [
      ...(isAsDeclared && unseen === null ? ["The live audiences are those of the files"] : []),
      ...refusedSentence(plan),
      ...bareSentence(changes),
      ...(unseen === null ? [] : [unseen]),
      ...goneSentence(plan),
      ...unreadSentence(summary),
      ...lockedSentence(summary),
      ...keptSentence(changes),
      ...leftOutSentence(plan),
    ],
  };
}

function headlineOf({ summary: { update, noOp, skip, error }, changes, scope }: Plan): string {
  if (update > 0) return changesWords(updatesOf(changes));
  if (error === 0) return noneFound("No changes", scope);
  return noOp + skip === 0 ? "No campaign could be read" : "No changes in the campaigns that could be read";
}

/** How many declared campaigns a result did not look at, and why not, in a sentence without its full stop; null for none. */
export function notLookedAt(scope: Scope): string | null {
  const { kind, shard, planned, declared, outOfTime = 0 } = scope;
  const count = declared - planned;
  if (count <= 0) return null;
  if (isUnchanged(scope)) return `None of ${quantity(declared, "declared campaign")} was looked at`;
  const parts = [
    ...(kind === "changed" ? [`what differs from commit ${shortOf(scope)}`] : []),
    ...(shard === null ? [] : [`shard ${shard}`]),
  ];
  const reasons = [
    ...(parts.length === 0 ? [] : [`only ${parts.join(", of that ")}`]),
    ...(outOfTime === 0 ? [] : [`the time was up before ${countText(outOfTime)} of them`]),
  ];
  const why = reasons.length === 0 ? "" : `: ${reasons.join(", and ")}`;
  return `${countText(count)} of ${quantity(declared, "declared campaign")} ${count === 1 ? "was" : "were"} not looked at${why}`;
}

/** Of what was not looked at nobody knows. */
function noneFound(nothing: string, scope: Scope): string {
  const { planned, declared } = scope;
  if (planned === declared) return nothing;
  if (isUnchanged(scope)) return `No file declares anything else than in commit ${shortOf(scope)}`;
  const those = planned === 1 ? "the campaign that was" : `the ${countText(planned)} campaigns that were`;
  return planned === 0 ? "No campaign was looked at" : `${nothing} in ${those} looked at`;
}

/** Whether nothing is declared otherwise than before, so that there was nothing to look at. */
function isUnchanged({ kind, shard, planned }: Scope): boolean {
  return kind === "changed" && shard === null && planned === 0;
}

function shortOf({ since }: Scope): string {
  return (since ?? "").slice(0, 7);
}

/** How many campaigns change, and what that does: `12 campaigns change: 4 can reach more people, 4 fewer, 4 either way`. */
function changesWords(updates: readonly Update[]): string {
  const [first] = updates;
  if (updates.length === 1 && first !== undefined) return `1 campaign changes: it ${ALONE[first.direction]}`;
  return `${quantity(updates.length, "campaign")} change: ${directionCounts(updates)}`;
}

const ALONE: Readonly<Record<Direction, string>> = {
  widens: "can reach more people",
  narrows: "can reach fewer people",
  mixed: "can reach more people or fewer",
  none: "reaches the same people",
};

/** Of campaigns that change, how many do so in which direction: `4 can reach more people, 4 fewer, 4 either way`. */
export function directionCounts(updates: readonly Pick<Update, "direction">[]): string {
  const counted = (direction: Direction, words: string): readonly (readonly [number, string])[] => {
    const count = updates.filter((update) => update.direction === direction).length;
    return count === 0 ? [] : [[count, words]];
  };
  const parts = [
    ...counted("widens", "more"),
    ...counted("narrows", "fewer"),
    ...counted("mixed", "either way"),
  ];
  return parts
    .map(([count, words], index) =>
      index > 0
        ? `${countText(count)} ${words}`
        : `${countText(count)} ${words === "either way" ? "can go either way" : `can reach ${words} people`}`,
    )
    .join(", ");
}

/** What keeps all of it from being carried out is told before any detail. */
function refusedSentence({ findings }: Pick<Plan, "findings">): string[] {
  const count = findings.filter(stops).length;
  if (count === 0) return [];
  return [
    `REFUSED BY ${count === 1 ? "A RULE" : `RULES, ${countText(count)} TIMES`}: apply would write nothing`,
  ];
}

/** The most dangerous change is told before any detail, however many campaigns there are. */
function bareSentence(changes: readonly Change[]): string[] {
  const bare = updatesOf(changes).filter(noExcludeIsLeft).length;
  if (bare === 0) return [];
  return [
    bare === 1 ? "1 CAMPAIGN LOSES ITS LAST EXCLUDE" : `${countText(bare)} CAMPAIGNS LOSE THEIR LAST EXCLUDE`,
  ];
}

function unreadSentence({ update, noOp, skip, error }: PlanSummary): string[] {
  if (error === 0 || update + noOp + skip === 0) return [];
  return [`${quantity(error, "campaign")} could not be read`];
}

function lockedSentence({ skip }: PlanSummary): string[] {
  if (skip === 0) return [];
  return [
    skip === 1
      ? "1 campaign differs from its file but is not draft: skipped"
      : `${quantity(skip, "campaign")} differ from their files but are not draft: skipped`,
  ];
}

/** Which campaigns a plan says nothing of, each reason in a sentence without its full stop. */
export function unseenSentences(plan: Pick<Plan, "scope" | "leftOut" | "diagnostics">): readonly string[] {
  return [notLookedAt(plan.scope) ?? [], goneSentence(plan), leftOutSentence(plan)].flat();
}

/** Who takes a file away should know that the campaign stays. */
function goneSentence({ diagnostics }: Pick<Plan, "diagnostics">): string[] {
  const gone = diagnostics.filter(({ code }) => code === "no-longer-declared").length;
  if (gone === 0) return [];
  return [
    gone === 1
      ? "1 campaign is declared by no file any more: it stays as it is live"
      : `${countText(gone)} campaigns are declared by no file any more: they stay as they are live`,
  ];
}

/** What `unknownExcludes: keep` leaves bound is no drift, but nobody should believe that the files say all. */
function keptSentence(changes: readonly Change[]): string[] {
  const count = changes.reduce((sum, { kept }) => sum + kept.length, 0);
  return count === 0
    ? []
    : [`${quantity(count, "live exclude")} that no file names ${count === 1 ? "is" : "are"} kept`];
}

/** What has no id where the plan looked. */
function leftOutSentence({ leftOut }: Pick<Plan, "leftOut">): string[] {
  if (leftOut === 0) return [];
  return [
    leftOut === 1
      ? "1 campaign has no id for this environment: left out"
      : `${quantity(leftOut, "campaign")} have no id for this environment: left out`,
  ];
}

/** What a plan comes to where nobody is about to apply it. Of what could not be read nobody knows whether it has drifted. */
export function driftHead({ summary: { update, error }, scope }: Pick<Plan, "summary" | "scope">): string {
  const unread = error === 0 ? "" : `${quantity(error, "campaign")} could not be read`;
  if (update > 0) {
    const drift = `Drift: ${quantity(update, "campaign")} not as in the files`;
    return unread === "" ? drift : `${drift}, ${unread}`;
  }
  return unread === "" ? noneFound("No drift", scope) : `Drift is not known: ${unread}`;
}
