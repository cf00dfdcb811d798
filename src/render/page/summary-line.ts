import type { ApplySummary, PlanSummary } from "../../domain/model.ts";

/** The last line of a plan: stable wording, for people and for grep. No campaign that widens, no mention of it. */
export function planLine(summary: PlanSummary): string {
  const widens = summary.widens === 0 ? "" : ` (${summary.widens} widens)`;
  return `Plan: ${summary.update} to change${widens}, ${summary.noOp} in sync, ${summary.skip} skipped (not draft), ${summary.error} errors.`;
}

/** The last line of an apply report: stable wording, for people and for grep. */
export function applyLine(summary: ApplySummary): string {
  const {
    applied,
    restored,
    unchanged,
    skipped,
    stale,
    failed,
    notAttempted,
    reachConfirmed,
    reachUnconfirmed,
  } = summary;
  const back = restored === 0 ? "" : ` ${restored} restored,`;
  return `Apply: ${applied} applied,${back} ${unchanged} unchanged, ${skipped} skipped (not draft), ${stale} stale, ${failed} failed, ${notAttempted} not attempted. Reach: ${reachConfirmed} confirmed, ${reachUnconfirmed} not confirmed.`;
}

/** The last line of a wait report: stable wording, for people and for grep. */
export function waitLine(summary: ApplySummary): string {
  const { reachConfirmed, reachUnconfirmed, skipped, failed } = summary;
  return `Wait: ${reachConfirmed} confirmed, ${reachUnconfirmed} not confirmed, ${skipped} skipped (not draft), ${failed} failed.`;
}
