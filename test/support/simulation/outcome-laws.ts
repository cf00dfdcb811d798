import type { Applied } from "../../../src/commands/apply.ts";
import type { ApplyResult, AudienceBinding, Plan } from "../../../src/domain.ts";
import { sameBinding } from "../../../src/plan/canonical.ts";
import type { Evaluation, Version } from "./history.ts";
import { type Exchange, isWrite, shownBy } from "./network.ts";
import type { Phase, SeedRun } from "./run-seed.ts";

/** One campaign at the end: what was said of it, and what is known of it here. */
type Facts = {
  readonly result: ApplyResult;
  readonly after: AudienceBinding;
  /** Everything it was until the calm, in order. */
  readonly versions: readonly Version[];
  readonly exchanges: readonly Exchange[];
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
    };
    return brokenLawsOf(facts).map((how) => `${campaignId} is ${outcome}, but ${how}`);
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
  const until = Math.max(...looks.map(({ endedAt }) => endedAt ?? 0));
  const isEvaluated = asDeclared.some(({ evaluation }) => isDone(evaluation, until));
  if (result.reach?.confirmed === true && !isEvaluated)
    broken.push("the evaluation that confirmed it is not of these audiences");
  return broken;
}

function endOf(versions: readonly Version[], index: number): number {
  return versions[index + 1]?.at ?? Number.POSITIVE_INFINITY;
}

function isShown(look: Exchange, audience: AudienceBinding): boolean {
  const shown = shownBy(look);
  return shown !== null && sameBinding(shown.audience, audience);
}

/** Finished when the last look was taken. That somebody else began it, with the same audiences, is no matter. */
function isDone({ result, doneAt }: Evaluation, until: number): boolean {
  return result === "ok" && doneAt <= until;
}
