import { sameBinding } from "../../../src/domain/binding.ts";
import type { Report } from "../../../src/domain/model.ts";
import validateReport from "../../../src/generated/validate-apply-report.js";
import { renderJson } from "../../../src/render/json.ts";
import { renderReportText } from "../../../src/render/text/report-text.ts";
import { plainStyle } from "../../../src/render/text/style.ts";
import { brokenEndLaws } from "./end-laws.ts";
import { isWrite } from "./network.ts";
import { brokenOutcomeLaws, brokenWaitLaws } from "./outcome-laws.ts";
import type { SeedRun } from "./run-seed.ts";
import { brokenSnapshotLaws } from "./snapshot-laws.ts";
import { brokenDepthLaw, brokenWriteLaws } from "./write-laws.ts";

/** What a run did that it must never do, in words; empty when all laws hold. */
export function brokenLaws(run: SeedRun): readonly string[] {
  const { planned, applied } = run;
  const always = [...readOnlyLaws(run), ...boundLaws(run), ...convergenceLaws(run)];
  if (applied === null || planned.result.kind !== "planned") return always;
  const { plan } = planned.result;
  return [
    ...always,
    ...reportLaws(run, applied.result.report),
    ...brokenWriteLaws(plan, applied.exchanges, run.world),
    ...brokenEndLaws(applied, run.interruptedAt),
    ...brokenDepthLaw(applied.exchanges, applied.result.report.results, run.scenario.parallelism),
    ...brokenSnapshotLaws(applied.exchanges, run.snapshots),
    ...brokenOutcomeLaws(plan, applied, run),
    ...brokenWaitLaws(plan, applied, run),
  ];
}

function readOnlyLaws({ planned, waited, lastPlan }: SeedRun): string[] {
  const sent = [planned, waited, lastPlan].flatMap(({ exchanges }) => exchanges);
  return sent.some(({ method }) => method !== "GET") ? ["a plan or a wait sent something else than GET"] : [];
}

/** A campaign: twice what the worst of many seeds took, whose requests hang and are refused again and again. */
const MOST = { minutes: 16, requests: 40 };

function boundLaws({ scenario, planned, applied, waited }: SeedRun): string[] {
  const campaigns = scenario.campaigns.length;
  return [planned, applied, waited].flatMap((phase) => {
    if (phase === null) return [];
    const minutes = (phase.endedAt - phase.startedAt) / 60_000;
    const requests = phase.exchanges.length;
    return [
      ...(minutes > MOST.minutes * campaigns ? [`it took ${minutes} minutes`] : []),
      ...(requests > MOST.requests * campaigns ? [`it sent ${requests} requests`] : []),
    ];
  });
}

/** When all trouble is over, the next run makes every draft what its file says, and the one after has nothing to do. */
function convergenceLaws({ scenario, world, secondApply, lastPlan }: SeedRun): string[] {
  if (lastPlan.result.kind !== "planned") return ["the last plan was not made"];
  const broken: string[] = [];
  const { update } = lastPlan.result.plan.summary;
  if (update > 0) broken.push(`after a calm apply ${update} campaigns still differ`);
  const { applied } = secondApply.result.report.summary;
  const writes = secondApply.exchanges.filter(isWrite).length;
  if (writes !== applied) broken.push(`a calm apply of ${applied} campaigns made ${writes} writes`);
  for (const { campaignId, desired, kind } of scenario.campaigns) {
    const latest = world.histories.get(campaignId)?.latest();
    if (kind !== "broadcast" || latest?.authoringStatus !== "draft") continue;
    if (!sameBinding(latest.audience, desired)) broken.push(`${campaignId} did not converge`);
  }
  return broken;
}

function reportLaws({ scenario }: SeedRun, report: Report): string[] {
  const broken: string[] = [];
  const declared = scenario.campaigns.map(({ campaignId }) => campaignId);
  const told = report.results.map(({ campaignId }) => campaignId);
  if (told.join() !== declared.join()) broken.push(`outcomes of ${told} in place of ${declared}`);
  if (!validateReport(JSON.parse(renderJson(report)))) broken.push("the report does not fit its schema");
  const line = renderReportText(report, { style: plainStyle }).trimEnd().split("\n").at(-1);
  if (line !== expectedLine(report)) broken.push(`the summary line says: ${line}`);
  return broken;
}

/** Counted here once more, from the results alone. */
function expectedLine({ results }: Report): string {
  const count = (outcome: string) => results.filter((each) => each.outcome === outcome).length;
  const waited = results.filter((each) => each.waited);
  const confirmed = waited.filter(({ reach }) => reach?.confirmed === true).length;
  return `Apply: ${count("applied")} applied, ${count("unchanged")} unchanged, ${count("skipped")} skipped (not draft), ${count("stale")} stale, ${count("failed")} failed, ${count("not-attempted")} not attempted. Reach: ${confirmed} confirmed, ${waited.length - confirmed} not confirmed.`;
}
