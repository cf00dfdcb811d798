import type { Binding, Evaluation, LiveCampaign, World } from "./model.ts";
import { endOf, reachOf, shownAt } from "./reach.ts";

/** The evaluation that a change of the audiences brings now: at once, or behind one that is open and finishes. */
export function evaluationAfterChange(campaign: LiveCampaign, audience: Binding, world: World): Evaluation {
  const open = campaign.switches.openEvaluation === "finishes" ? openEvaluation(campaign, world) : null;
  const before: Evaluation = open ?? { kind: "settled", reach: reachOf(campaign, world) };
  return {
    kind: "running",
    audience,
    startedAt: campaign.switches.evaluation === "lazy" ? null : startAfter(before, world),
    firstHalf: open === null ? "as-switched" : "as-before",
    before,
  };
}

/** Starts a lazy evaluation, if one waits for somebody to look. */
export function noticeRead(campaign: LiveCampaign, world: World): void {
  const { evaluation } = campaign;
  if (evaluation.kind === "running" && evaluation.startedAt === null) {
    campaign.evaluation = { ...evaluation, startedAt: startAfter(evaluation.before, world) };
  }
}

function startAfter(before: Evaluation, world: World): number {
  return Math.max(world.now(), endOf(before, world));
}

/** The evaluation that has begun and not ended, if there is one; what came before it is over, and needs no chain. */
function openEvaluation(campaign: LiveCampaign, world: World): Evaluation | null {
  const now = world.now();
  let { evaluation } = campaign;
  while (evaluation.kind === "running" && (evaluation.startedAt === null || evaluation.startedAt > now)) {
    evaluation = evaluation.before;
  }
  if (evaluation.kind === "settled" || evaluation.startedAt === null) return null;
  if (endOf(evaluation, world) <= now) return null;
  const reach = shownAt(evaluation.before, evaluation.startedAt, campaign.switches, world);
  return { ...evaluation, before: { kind: "settled", reach } };
}
