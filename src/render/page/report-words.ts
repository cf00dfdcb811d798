import type { ApplySummary, Report } from "../../domain/model.ts";
import { countText, durationText, quantity, timeText } from "../../text/figures.ts";
import { applyLine, waitLine } from "./summary-line.ts";

/** The stable last line of either kind of report. */
export function lastLine({ kind, summary }: Report): string {
  return kind === "wait-report" ? waitLine(summary) : applyLine(summary);
}

/** When a run began, and how long it took. */
export function runTimeText({ startedAt, finishedAt }: Report): string {
  const took = Date.parse(finishedAt) - Date.parse(startedAt);
  return `started ${timeText(startedAt)}${Number.isNaN(took) ? "" : `, took ${durationText(took)}`}`;
}

/** What a report comes to in a few short sentences, the main one first. */
export function reportVerdict({ kind, summary }: Report): readonly [string, ...string[]] {
  return kind === "wait-report" ? waitSentences(summary) : applySentences(summary);
}

function applySentences(summary: ApplySummary): readonly [string, ...string[]] {
  const { applied, skipped, stale, failed, notAttempted, reachUnconfirmed } = summary;
  const nothing =
    stale + failed + notAttempted > 0
      ? "Nothing was applied."
      : `Nothing to apply.${skipped === 0 ? " The live audiences are those of the files." : ""}`;
  return [
    applied === 0 ? nothing : `${quantity(applied, "campaign")} applied.`,
    ...counted(reachUnconfirmed, "with reach not confirmed"),
    ...counted(stale, "stale"),
    ...counted(failed, "failed"),
    ...counted(notAttempted, "not attempted"),
    ...counted(skipped, "skipped (not draft)"),
  ];
}

function waitSentences(summary: ApplySummary): readonly [string, ...string[]] {
  const { reachConfirmed, reachUnconfirmed, failed, notAttempted, skipped } = summary;
  return [
    `Reach of ${quantity(reachConfirmed, "campaign")} confirmed.`,
    ...counted(reachUnconfirmed, "not confirmed"),
    ...counted(failed, "failed"),
    ...counted(notAttempted, "not attempted"),
    ...counted(skipped, "skipped (not draft)"),
  ];
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${countText(count)} ${what}.`];
}
