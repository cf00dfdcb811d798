import type { Diagnostic, Direction, Plan, Unreadable } from "../../domain/model.ts";
import { stops } from "../../guardrails/stops.ts";
import { EFFECTS } from "../../plan/audience-changes.ts";
import { dangerousFirst, updatesOf } from "../../plan/updates.ts";
import { quantity, timeText } from "../../text/figures.ts";
import { knowledgeOf } from "./audience-knowledge.ts";
import { type ChangeEntry, skipEntry, type UpdateEntry, updateEntry } from "./change-entry.ts";
import { DIRECTION_SIGNS } from "./effect-words.ts";
import { shownName } from "./facts.ts";
import type { PageAlert, PageHead, PageOrigin, PageSection } from "./page-section.ts";
import { planHead, unseenSentences } from "./plan-head.ts";
import { type FindingSections, findingSections } from "./rules/finding-entry.ts";
import { type RuleChangesEntry, ruleChangesEntry } from "./rules/rule-change-entry.ts";
import { type Told, tellUnreadable } from "./same-reason.ts";
import { planLine } from "./summary-line.ts";

/** What a plan says to people, whatever writes it down. Campaigns in sync are only counted. */
export type PlanPage = {
  readonly head: PageHead;
  readonly origin: PageOrigin;
  readonly alerts: readonly PageAlert[];
  /** How many declared campaigns it says nothing of and why, which the head says too. */
  readonly unseen: readonly string[];
  /** What loses its last exclude first, then what widens, then what may go either way, then what narrows. */
  readonly updates: PageSection<UpdateEntry>;
  readonly skips: PageSection<ChangeEntry>;
  readonly unread: PageSection<Told<Unreadable>>;
  readonly findings: FindingSections;
  /** Null where the files change nothing of the rules. */
  readonly ruleChanges: RuleChangesEntry | null;
  readonly warnings: PageSection<Diagnostic>;
  readonly digest: string;
  /** The stable line. */
  readonly lastLine: string;
};

/**
 * Sorts a plan for reading and puts it into words; within a section it keeps its order.
 *
 * @param minCount below how many people a count is not shown; see `privacy.ts`.
 */
export function planPage(plan: Plan, minCount: number): PlanPage {
  const known = knowledgeOf(plan, minCount);
  const { apiUrl, environment, createdAt, changes, digest, summary } = plan;
  const skips = changes.flatMap((change) => (change.action === "skip" ? [change] : []));
  const unread = changes.flatMap((change) => (change.action === "error" ? [change] : []));
  const entries = dangerousFirst(updatesOf(changes)).map((update) => updateEntry(update, known));
  return {
    head: planHead(plan),
    origin: { apiUrl, environment, when: `planned ${timeText(createdAt)}` },
    alerts: [...refusalAlert(plan), ...planAlerts(entries)],
    unseen: unseenSentences(plan),
    updates: { title: "Changes", items: entries },
    skips: {
      title: "Skipped: not draft, left alone although different",
      items: skips.map((skip) => skipEntry(skip, known)),
    },
    unread: { title: "Could not be read", items: tellUnreadable(unread) },
    findings: findingSections(plan.findings, changes),
    ruleChanges: ruleChangesEntry(plan),
    warnings: { title: "Warnings", items: plan.diagnostics },
    digest,
    lastLine: planLine(summary),
  };
}

/** That rules hold all of it back, with the campaigns whose changes they refuse. */
function refusalAlert({ findings, changes }: Plan): readonly PageAlert[] {
  const broken = findings.filter(stops);
  if (broken.length === 0) return [];
  const refused = new Set(broken.map(({ campaignId }) => campaignId));
  const names = changes.flatMap(({ campaignId, name }) => (refused.has(campaignId) ? [shownName(name)] : []));
  const title = `Refused by ${quantity(new Set(broken.map(({ rule }) => rule)).size, "rule")}`;
  return [{ level: "caution", lines: [{ title, names, means: "Nothing of this plan would be written." }] }];
}

/** The changes that take away the last exclude, and all of them by direction, what widens first. */
function planAlerts(updates: readonly UpdateEntry[]): readonly PageAlert[] {
  if (updates.length === 0) return [];
  const lines = EFFECTS.flatMap((direction) => {
    const names = namesOf(updates.filter((update) => update.direction === direction));
    return names.length === 0 ? [] : [{ title: titleOf(direction, names.length), names, means: "" }];
  });
  return [
    ...bareAlert(updates),
    { level: updates.some(({ reachesMore }) => reachesMore) ? "warning" : "note", lines },
  ];
}

function bareAlert(updates: readonly UpdateEntry[]): readonly PageAlert[] {
  const names = namesOf(updates.filter(({ losesLastExclude }) => losesLastExclude));
  if (names.length === 0) return [];
  const title = `No exclude is left in ${quantity(names.length, "campaign")}`;
  return [{ level: "caution", lines: [{ title, names, means: NO_EXCLUDE_MEANS }] }];
}

const NO_EXCLUDE_MEANS = "Everybody in an included audience receives the campaign.";

const CAN: Readonly<Record<Direction, string>> = {
  widens: "can reach more people",
  mixed: "can go either way",
  narrows: "can reach fewer people",
  none: "can reach the same people",
};

function titleOf(direction: Direction, count: number): string {
  return `${DIRECTION_SIGNS[direction]} ${quantity(count, "campaign")} ${CAN[direction]}`;
}

function namesOf(updates: readonly UpdateEntry[]): readonly string[] {
  return updates.map(({ name }) => name);
}
