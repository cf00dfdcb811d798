import type { Diagnostic, Plan, Unreadable } from "../../domain/model.ts";
import { canReachMore, updatesOf } from "../../plan/updates.ts";
import { timeText } from "../../text/figures.ts";
import { type ChangeEntry, skipEntry, type UpdateEntry, updateEntry } from "./change-entry.ts";
import type { PageAlert, PageOrigin, PageSection, Sentences } from "./page-section.ts";
import { planAlerts } from "./plan-alerts.ts";
import { planVerdict } from "./plan-verdict.ts";
import { type Told, tellUnreadable } from "./same-reason.ts";
import { planLine } from "./summary-line.ts";

/** What a plan says to people, whatever writes it down. Campaigns in sync are only counted. */
export type PlanPage = {
  readonly verdict: Sentences;
  readonly origin: PageOrigin;
  readonly alerts: readonly PageAlert[];
  /** Those that can reach more people first. */
  readonly updates: PageSection<UpdateEntry>;
  readonly skips: PageSection<ChangeEntry>;
  readonly unread: PageSection<Told<Unreadable>>;
  readonly warnings: PageSection<Diagnostic>;
  readonly digest: string;
  /** The stable line. */
  readonly lastLine: string;
};

/** Sorts a plan for reading and puts it into words; within a section it keeps its order. */
export function planPage(plan: Plan): PlanPage {
  const { apiUrl, environment, createdAt, changes, digest, summary } = plan;
  const updates = updatesOf(changes);
  const ordered = [...updates.filter(canReachMore), ...updates.filter((update) => !canReachMore(update))];
  const skips = changes.flatMap((change) => (change.action === "skip" ? [change] : []));
  const unread = changes.flatMap((change) => (change.action === "error" ? [change] : []));
  const entries = ordered.map(updateEntry);
  return {
    verdict: planVerdict(plan),
    origin: { apiUrl, environment, when: `planned ${timeText(createdAt)}` },
    alerts: planAlerts(entries),
    updates: { title: "Changes", items: entries },
    skips: {
      title: "Skipped: not draft, left alone although different",
      items: skips.map(skipEntry),
    },
    unread: { title: "Could not be read", items: tellUnreadable(unread) },
    warnings: { title: "Warnings", items: plan.diagnostics },
    digest,
    lastLine: planLine(summary),
  };
}
