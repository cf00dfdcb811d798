import type { ApplyResult, AudienceBinding, AudienceRef } from "../../../src/domain/model.ts";
import type { Exchange } from "./network.ts";
import type { Phase, SeedRun } from "./run-seed.ts";

/** Everything that happened under one seed, in lines for a person: what was live when, what was sent, what was said. */
export function describeRun(run: SeedRun): string {
  const { campaigns, events, odds, ...choices } = run.scenario;
  const lines = [
    `seed ${run.seed}: ${JSON.stringify({ ...choices, odds })}`,
    ...campaigns.flatMap(({ campaignId, desired, kind }) => [
      `${short(campaignId)} (${kind}) desired ${shortBinding(desired)}`,
      ...(run.world.histories.get(campaignId)?.versions ?? []).map(
        ({ at, by, audience, authoringStatus, evaluation }) =>
          `  ${time(at)} ${by}: ${authoringStatus} ${shortBinding(audience)}, ${evaluation.result} at ${time(evaluation.doneAt)}`,
      ),
    ]),
    ...phaseLines("plan", run.planned),
    ...phaseLines("apply", run.applied),
    ...(run.applied?.result.report.results ?? []).map(resultLine),
    ...phaseLines("wait", run.waited),
    ...phaseLines("second apply", run.secondApply),
  ];
  return `${lines.join("\n")}\n`;
}

function phaseLines(name: string, phase: Phase<unknown> | null): readonly string[] {
  if (phase === null) return [];
  return [
    `${name} from ${time(phase.startedAt)} to ${time(phase.endedAt)}`,
    ...phase.exchanges.map(exchangeLine),
  ];
}

function exchangeLine({ at, endedAt, method, campaignId, fault, lagging, result }: Exchange): string {
  const answer = result === null ? "cut off" : result.kind === "failure" ? result.failure : result.status;
  const wait = result?.kind === "answer" ? (result.headers["retry-after"] ?? "") : "";
  const notes = [fault === "none" ? "" : fault, lagging ? "lagging" : "", wait && `retry-after ${wait}`];
  const ended = endedAt === null ? "" : time(endedAt);
  return `  ${time(at)}-${ended} ${method} ${short(campaignId)} ${answer} ${notes.join(" ")}`.trimEnd();
}

function resultLine({ campaignId, outcome, reason, reach, unconfirmedReason, error }: ApplyResult): string {
  const said = { reason, confirmed: reach?.confirmed, unconfirmedReason, error };
  return `${short(campaignId)} ${outcome} ${JSON.stringify(said)}`;
}

const time = (ms: number): string => (Number.isFinite(ms) ? `${Math.round(ms)}` : "never");

const short = (id: string): string => id.slice(-2);

function shortBinding({ include, exclude }: AudienceBinding): string {
  const refs = (list: readonly AudienceRef[]) =>
    list.map(({ audienceId, type }) => `${audienceId.slice(-1)}${type[0]}`);
  return `[${refs(include).join(" ")}] but not [${refs(exclude).join(" ")}]`;
}
