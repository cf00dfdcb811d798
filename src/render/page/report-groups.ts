import { groupBy } from "../../domain/group-by.ts";
import type { ApplyResult, Report } from "../../domain/model.ts";
import { isLeftToNewerRun, isSuperseded } from "../../domain/newer-run.ts";
import { countsAsUnconfirmed, isReachOpen } from "../../domain/reach-rules.ts";
import { RESTORED_BEFORE } from "../../guardrails/restored-before.ts";
import type { Advice } from "./advice.ts";

/** What a reader wants to tell apart in a report. Unchanged campaigns with nothing to say are in none. */
export type GroupKind =
  | "applied"
  | "applied-open"
  | "confirmed"
  | "unchanged-pending"
  | "unchanged-open"
  | "skipped"
  | "stale"
  | "failed"
  | "not-attempted"
  | "restored";

/** Results of one kind, with a sign and a word for each, and what to know or to do about all of them. */
export type ReportGroup = {
  readonly kind: GroupKind;
  readonly sign: string;
  readonly word: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly results: readonly ApplyResult[];
};

type Heading = Pick<ReportGroup, "sign" | "word" | "title">;

const NO_WAIT_HINT = "Reach was not waited for: run `campaignctl wait`.";

/** The API takes a write without any precondition, so nobody can be told of what it replaced. */
const LAST_WRITE_WINS =
  "The last write wins: an edit made between the last read and the write of a campaign, if any, is gone.";

const HEADINGS: Readonly<Record<GroupKind, Heading>> = {
  restored: { sign: "!", word: "restored", title: "Put back, since reach broke a rule" },
  applied: { sign: "+", word: "applied", title: "Applied" },
  "applied-open": { sign: "!", word: "applied, not confirmed", title: "Applied, but reach is not confirmed" },
  confirmed: { sign: "=", word: "confirmed", title: "Unchanged, reach confirmed" },
  "unchanged-pending": { sign: "!", word: "not confirmed", title: "Unchanged, but reach is not confirmed" },
  "unchanged-open": {
    sign: "!",
    word: "not confirmed",
    title: "Warning: unchanged, but reach is not confirmed",
  },
  skipped: { sign: "!", word: "skipped", title: "SKIPPED: not draft, nothing was written" },
  stale: { sign: "!", word: "stale", title: "Stale: not as planned, nothing was written" },
  failed: { sign: "x", word: "failed", title: "Failed" },
  "not-attempted": { sign: ".", word: "not attempted", title: "Not attempted, nothing was written" },
};

/** What `wait` says otherwise, since it never writes. */
const WAIT_TITLES: Readonly<Partial<Record<GroupKind, string>>> = {
  confirmed: "Reach confirmed",
  "unchanged-open": "Reach not confirmed",
  skipped: "SKIPPED: not draft, not waited for",
  "not-attempted": "Not attempted",
};

const REFUSED_HINT =
  "One broken rule holds back the whole plan. Mend what the rules refuse, or let it pass as they say, then apply again.";

const BRANCH_MOVED_HINT =
  "The run of the branch's newest commit applies it. Where none runs, start apply by hand.";

const ORDER = Object.keys(HEADINGS) as readonly GroupKind[];

/** The results of one kind, in the report's order. */
export function resultsOfKind(report: Report, kind: GroupKind): readonly ApplyResult[] {
  return report.results.filter((result) => kindOf(result, report.kind) === kind);
}

/** Sorts a report's results for reading; within a group they keep the report's order. Empty groups are left out. */
export function groupReport(report: Report, advice: Advice): readonly ReportGroup[] {
  const byKind = groupBy(report.results, (result) => kindOf(result, report.kind));
  const present = ORDER.flatMap((kind) => {
    const results = byKind.get(kind);
    return results === undefined ? [] : [{ kind, results }];
  });
  const firstWritten = present.find(({ results }) => results.some(mayBeWritten));
  return present.map((group) => {
    const lost = group === firstWritten ? [LAST_WRITE_WINS] : [];
    const notes = [...adviceOn(group.kind, group.results, advice), ...lost];
    return { ...headingOf(group.kind, report.kind), ...group, notes };
  });
}

function mayBeWritten({ outcome, error }: ApplyResult): boolean {
  return outcome === "applied" || outcome === "restored" || error?.mayHaveLanded === true;
}

const REACH_OPEN: readonly GroupKind[] = ["applied-open", "unchanged-pending", "unchanged-open"];

/** Advice that fits why it came to this; where nothing more is known, the usual one. */
function adviceOn(kind: GroupKind, results: readonly ApplyResult[], advice: Advice): readonly string[] {
  if (REACH_OPEN.includes(kind)) return [...new Set(results.map(advice.reach))];
  const reasons = new Set(results.map(({ reason }) => reason));
  if (kind === "applied" && results.some(({ waited }) => !waited)) return [NO_WAIT_HINT];
  const mends = kind === "failed" ? new Set(results.flatMap((result) => advice.mend(result) ?? [])) : [];
  if ([...mends].length > 0) return [...mends];
  if (reasons.has("no-access")) return [advice.noAccess];
  if (reasons.has("plan-too-old")) return ["Make a new plan, review it, and apply that one."];
  if (kind === "not-attempted" && results.every(isLeftToNewerRun)) {
    return [results.every(isSuperseded) ? "Nothing is to be done here." : BRANCH_MOVED_HINT];
  }
  if (reasons.has("guardrail")) return [REFUSED_HINT];
  if (reasons.has(RESTORED_BEFORE)) return ["To write it all the same, leave out `--after`."];
  if (reasons.has("declined")) return ["To apply, run the same command again and answer yes."];
  return usualAdvice(kind, advice);
}

function usualAdvice(kind: GroupKind, advice: Advice): readonly string[] {
  switch (kind) {
    case "stale":
    case "failed":
    case "skipped":
      return [advice[kind]];
    case "not-attempted":
      return [advice.notAttempted];
    default:
      return [];
  }
}

function headingOf(kind: GroupKind, reportKind: Report["kind"]): Heading {
  const heading = HEADINGS[kind];
  return reportKind === "wait-report" ? { ...heading, title: WAIT_TITLES[kind] ?? heading.title } : heading;
}

function kindOf(result: ApplyResult, reportKind: Report["kind"]): GroupKind | null {
  switch (result.outcome) {
    case "applied":
      return isReachOpen(result) ? "applied-open" : "applied";
    case "unchanged":
      if (result.reach?.confirmed === true) return "confirmed";
      if (reportKind === "apply-report" && countsAsUnconfirmed(result, reportKind))
        return "unchanged-pending";
      return isReachOpen(result) || isUnsettled(result) ? "unchanged-open" : null;
    default:
      return result.outcome;
  }
}

/** Worth a warning although nobody waited: its evaluation still runs, or has failed. */
function isUnsettled({ reach }: ApplyResult): boolean {
  return reach?.status === "pending" || reach?.status === "failed";
}
