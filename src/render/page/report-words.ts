import type { ApplySummary, Report } from "../../domain/model.ts";
import { stops } from "../../guardrails/stops.ts";
import { countText, durationText, quantity, timeText } from "../../text/figures.ts";
import type { PageHead } from "./page-section.ts";
import { notLookedAt } from "./plan-head.ts";
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
export function reportHead({ kind, summary, scope, findings }: Report): PageHead {
  const unseen = notLookedAt(scope);
  const { headline, notes } =
    kind === "wait-report" ? waitHead(summary) : applyHead(summary, unseen === null, findings);
  return { headline, notes: unseen === null ? notes : [...notes, unseen] };
}

function applyHead(summary: ApplySummary, isWhole: boolean, findings: Report["findings"]): PageHead {
  const { applied, restored, skipped, stale, failed, notAttempted, reachUnconfirmed } = summary;
  const isLeft = restored + stale + failed + notAttempted > 0;
  const nothing = isLeft ? "Nothing was applied" : "Nothing to apply";
  const isAsDeclared = isWhole && applied === 0 && !isLeft && skipped === 0;
  const notes = [
    ...(isAsDeclared ? ["The live audiences are those of the files"] : []),
    ...brokenNote(findings, applied + restored > 0),
    ...counted(restored, "put back, since reach broke a rule"),
    ...counted(reachUnconfirmed, "with reach not confirmed"),
    ...counted(stale, "stale"),
    ...counted(failed, "failed"),
    ...counted(notAttempted, "not attempted"),
    ...counted(skipped, "skipped (not draft)"),
  ];
  return { headline: applied === 0 ? nothing : `${quantity(applied, "campaign")} applied`, notes };
}

function brokenNote(findings: Report["findings"], isWritten: boolean): string[] {
  const broken = new Set(findings.filter(stops).map(({ rule }) => rule));
  if (broken.size === 0) return [];
  return [isWritten ? `${quantity(broken.size, "rule")} broken` : "REFUSED BY RULES: nothing was written"];
}

function waitHead(summary: ApplySummary): PageHead {
  const { reachConfirmed, reachUnconfirmed, failed, notAttempted, skipped } = summary;
  return {
    headline: `Reach of ${quantity(reachConfirmed, "campaign")} confirmed`,
    notes: [
      ...counted(reachUnconfirmed, "not confirmed"),
      ...counted(failed, "failed"),
      ...counted(notAttempted, "not attempted"),
      ...counted(skipped, "skipped (not draft)"),
    ],
  };
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${countText(count)} ${what}`];
}
