import type { Applied } from "../../../src/commands/apply.ts";
import { sameBinding } from "../../../src/domain/binding.ts";
import type { ApplyResult, AudienceBinding, Plan } from "../../../src/domain/model.ts";
import type { Version } from "./history.ts";
import { type Exchange, isWrite, shownBy } from "./network.ts";
import type { Phase, SeedRun } from "./run-seed.ts";

/** One campaign at the end: what was said of it, and what is known of it here. */
type Facts = {
  readonly result: ApplyResult;
  readonly after: AudienceBinding;
  /** Everything it was until the calm, in order. */
  readonly versions: readonly Version[];
  readonly exchanges: readonly Exchange[];
  /** How far a copy may lag behind. */
  readonly lagMs: number;
};

/** What a report says of each campaign, held against everything that happened to it. */
export function brokenOutcomeLaws(plan: Plan, applied: Phase<Applied>, run: SeedRun): string[] {
  return applied.result.report.results.flatMap((result, index) => {
    const { campaignId, outcome } = result;
    const change = plan.changes[index];
    if (change === undefined) return [`${campaignId} was not planned`];
    const facts: Facts = {
      result,
      after: change.after,
      versions: (run.world.histories.get(campaignId)?.versions ?? []).filter(
        ({ at }) => at < run.secondApply.startedAt,
      ),
      exchanges: applied.exchanges.filter((each) => each.campaignId === campaignId),
      lagMs: run.scenario.lagMs,
    };
    return brokenLawsOf(facts).map((how) => `${campaignId} is ${outcome}, but ${how}`);
  });
}

/**
 * What a wait says of a campaign whose write the apply report told of. An edit there and back of which not even
 * `updatedAt` tells is past knowing.
 */
export function brokenWaitLaws(plan: Plan, applied: Phase<Applied>, run: SeedRun): string[] {
  const { waited, scenario } = run;
  if (waited.result.kind !== "waited") return [];
  return waited.result.report.results.flatMap((result, index) => {
    const { campaignId } = result;
    const after = plan.changes[index]?.after;
    const versions = run.world.histories.get(campaignId)?.versions ?? [];
    const exchanges = [...applied.exchanges, ...waited.exchanges].filter(
      (each) => each.campaignId === campaignId,
    );
    const isKnown = scenario.updatedAtMoves || versions.every(({ by }) => by !== "other");
    if (after === undefined || result.writes.length === 0 || !isKnown) return [];
    const facts = { result, after, versions, exchanges, lagMs: scenario.lagMs };
    return result.reach?.confirmed === true && !isConfirmedByOurs(facts)
      ? [`${campaignId} was confirmed by a wait, but the evaluation is not of these audiences`]
      : [];
  });
}

function brokenLawsOf(facts: Facts): string[] {
  const { result, versions } = facts;
  if (result.outcome === "applied") return appliedLaws(facts);
  if (result.error?.mayHaveLanded === true) return [];
  const landed = versions.filter(({ by }) => by === "run");
  // Locked with the audiences of somebody else: that ours were there for a moment is past knowing, and of no matter.
  if (result.outcome === "skipped") return isOurs(versions) ? ["ours are its audiences"] : [];
  return landed.length > 0 ? ["a write landed and it does not say so"] : [];
}

/** Whether the last to set the audiences was the run. A lock sets none. */
function isOurs(versions: readonly Version[]): boolean {
  const last = versions.at(-1);
  return versions.find(({ evaluation }) => evaluation === last?.evaluation)?.by === "run";
}

function appliedLaws(facts: Facts): string[] {
  const { result, after, versions, exchanges } = facts;
  const firstWrite = exchanges.find(isWrite);
  if (firstWrite === undefined) return ["nothing was sent"];
  const broken: string[] = [];
  const since = versions.filter((_, index) => endOf(versions, index) > firstWrite.at);
  const asDeclared = since.filter(({ audience }) => sameBinding(audience, after));
  if (asDeclared.length === 0) broken.push("live was never as declared after the write");
  const looks = exchanges.slice(exchanges.indexOf(firstWrite) + 1).filter((each) => shownBy(each) !== null);
  if (!looks.some((look) => isShown(look, after))) broken.push("no look showed it as declared");
  const last = versions.at(-1);
  const isEdited = since.some(({ by, at }) => by === "other" && at >= firstWrite.at);
  if (!isEdited && last !== undefined && !sameBinding(last.audience, after)) {
    broken.push("it ended different, and nobody edited it");
  }
  if (result.reach?.confirmed === true && !isConfirmedByOurs(facts))
    broken.push("the evaluation that confirmed it is not of these audiences");
  return broken;
}

/**
 * Whether the count is that of an evaluation of the declared audiences. Two that no look can tell are excused: of an
 * edit between the last look before the write and the first that showed the write, and the second of several older ones
 * that were queued when the write came.
 */
function isConfirmedByOurs({ result, after, versions, exchanges, lagMs }: Facts): boolean {
  const version = versions.find(({ evaluation }) => evaluation.count === result.reach?.evaluatedCount);
  if (version === undefined) return false;
  if (sameBinding(version.evaluation.audience, after)) return true;
  const lastWrite = exchanges.findLastIndex(isWrite);
  const guard = exchanges.slice(0, lastWrite).findLast((each) => shownBy(each) !== null);
  const verified = exchanges.slice(lastWrite).find((each) => isShown(each, after));
  const until = verified?.endedAt ?? Number.POSITIVE_INFINITY;
  const sentAt = exchanges[lastWrite]?.at ?? 0;
  const queued = versions.filter(({ at, evaluation }) => at <= sentAt && evaluation.doneAt > sentAt);
  if (queued.length > 1 && queued.indexOf(version) > 0) return true;
  return version.by === "other" && version.at >= (guard?.at ?? 0) - lagMs && version.at <= until;
}

function endOf(versions: readonly Version[], index: number): number {
  return versions[index + 1]?.at ?? Number.POSITIVE_INFINITY;
}

function isShown(look: Exchange, audience: AudienceBinding): boolean {
  const shown = shownBy(look);
  return shown !== null && sameBinding(shown.audience, audience);
}
