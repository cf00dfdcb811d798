import type { ApplyResult, Report } from "../../domain/model.ts";
import { isLeftToNewerRun, isSuperseded } from "../../domain/newer-run.ts";
import { countsAsUnconfirmed, isReachOpen } from "../../domain/reach-rules.ts";
import { errorFacts, type Fact, positionText, readMend, reasonWords } from "../facts.ts";
import { reachResultWords } from "../reach.ts";
import { reachHint } from "./reach-hints.ts";

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
  | "not-attempted";

/** Results of one kind, with a sign and a word for each, and what to know or to do about all of them. */
export type ReportGroup = {
  readonly kind: GroupKind;
  readonly sign: string;
  readonly word: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly results: readonly ApplyResult[];
};

type Heading = Pick<ReportGroup, "sign" | "word" | "title"> & { readonly hint: string | null };

const NO_WAIT_HINT = "Reach was not waited for: run `campaignctl wait`.";

/** The API takes a write without any precondition, so nobody can be told of what it replaced. */
const LAST_WRITE_WINS =
  "The last write wins: an edit made between the last read and the write of a campaign, if any, is gone.";

const HEADINGS: Readonly<Record<GroupKind, Heading>> = {
  applied: { sign: "+", word: "applied", title: "Applied", hint: null },
  "applied-open": {
    sign: "!",
    word: "applied, not confirmed",
    title: "Applied, but reach is not confirmed",
    hint: null,
  },
  confirmed: { sign: "=", word: "confirmed", title: "Unchanged, reach confirmed", hint: null },
  "unchanged-pending": {
    sign: "!",
    word: "not confirmed",
    title: "Unchanged, but reach is not confirmed",
    hint: null,
  },
  "unchanged-open": {
    sign: "!",
    word: "not confirmed",
    title: "Warning: unchanged, but reach is not confirmed",
    hint: null,
  },
  skipped: {
    sign: "!",
    word: "skipped",
    title: "SKIPPED: not draft, nothing was written",
    hint: "Only a draft can be changed. Make the file say what is live, or give it the id of a draft.",
  },
  stale: {
    sign: "!",
    word: "stale",
    title: "Stale: not as planned, nothing was written",
    hint: "Run `campaignctl plan`, review it again, then apply.",
  },
  failed: {
    sign: "x",
    word: "failed",
    title: "Failed",
    hint: "Run `campaignctl plan` to see what is live, then apply again. What is there already is not written twice.",
  },
  "not-attempted": {
    sign: ".",
    word: "not attempted",
    title: "Not attempted, nothing was written",
    hint: "Run the same command again.",
  },
};

/** What `wait` says otherwise, since it never writes. */
const WAIT_HEADINGS: Readonly<Partial<Record<GroupKind, Partial<Heading>>>> = {
  confirmed: { title: "Reach confirmed" },
  "unchanged-open": { title: "Reach not confirmed" },
  skipped: { title: "SKIPPED: not draft, not waited for", hint: "Only drafts are waited for." },
  "not-attempted": { title: "Not attempted", hint: "Run `campaignctl wait` again." },
};

const BRANCH_MOVED_HINT =
  "The run of the branch's newest commit applies it. Where none runs, start apply by hand.";

const ORDER = Object.keys(HEADINGS) as readonly GroupKind[];

/** The results of one kind, in the report's order. */
export function resultsOfKind(report: Report, kind: GroupKind): readonly ApplyResult[] {
  return report.results.filter((result) => kindOf(result, report.kind) === kind);
}

/** Sorts a report's results for reading; within a group they keep the report's order. Empty groups are left out. */
export function groupReport(report: Report): readonly ReportGroup[] {
  const present = ORDER.map((kind) => ({ kind, results: resultsOfKind(report, kind) })).filter(
    ({ results }) => results.length > 0,
  );
  const firstWritten = present.find(({ results }) => results.some(mayBeWritten));
  return present.map((group) => {
    const { hint, ...heading } = headingOf(group.kind, report.kind);
    const told = hintsFor(group.kind, group.results, report.kind);
    const usual = hint === null ? [] : [hint];
    const notes = [...(told.length > 0 ? told : usual), ...(group === firstWritten ? [LAST_WRITE_WINS] : [])];
    return { ...heading, ...group, notes };
  });
}

function mayBeWritten({ outcome, error }: ApplyResult): boolean {
  return outcome === "applied" || error?.mayHaveLanded === true;
}

const REACH_OPEN: readonly GroupKind[] = ["applied-open", "unchanged-pending", "unchanged-open"];

/** Hints that fit why it came to this; none where the usual one does. */
function hintsFor(
  kind: GroupKind,
  results: readonly ApplyResult[],
  reportKind: Report["kind"],
): readonly string[] {
  if (REACH_OPEN.includes(kind)) return [...new Set(results.map((result) => reachHint(result, reportKind)))];
  const reasons = new Set(results.map(({ reason }) => reason));
  if (kind === "applied" && results.some(({ waited }) => !waited)) return [NO_WAIT_HINT];
  if (kind === "failed" && reportKind === "wait-report") return mendsOf(results);
  if (reasons.has("no-access"))
    return ["Mend the credentials first (see the message), then run the same command again."];
  if (reasons.has("plan-too-old")) return ["Make a new plan, review it, and apply that one."];
  if (kind === "not-attempted" && results.every(isLeftToNewerRun)) {
    return [results.every(isSuperseded) ? "Nothing is to be done here." : BRANCH_MOVED_HINT];
  }
  if (reasons.has("declined")) return ["To apply, run the same command again and answer yes."];
  return [];
}

/** Of a campaign that was read in vain for a reason of its own, waiting does not help. */
function mendsOf(results: readonly ApplyResult[]): readonly string[] {
  const mends = results.map(({ reason }) => readMend(reason) ?? "Run `campaignctl wait` again.");
  return [...new Set(mends)];
}

function headingOf(kind: GroupKind, reportKind: Report["kind"]): Heading {
  return reportKind === "wait-report" ? { ...HEADINGS[kind], ...WAIT_HEADINGS[kind] } : HEADINGS[kind];
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

/** What there is to say of one result. Values are not escaped yet. Only an apply report has writes to speak of. */
export function resultFacts(result: ApplyResult, reportKind: Report["kind"]): readonly Fact[] {
  const { campaignId, source, outcome, reason, reach, error } = result;
  const written = outcome === "applied" || outcome === "unchanged";
  return [
    { label: "campaign", value: campaignId },
    { label: "file", value: positionText(source) },
    ...(reason === null || reason === error?.code ? [] : [{ label: "reason", value: reasonWords(reason) }]),
    ...(written ? [{ label: "reach", value: reachResultWords(reach, result) }] : []),
    ...(error === null ? [] : errorFacts(error)),
    ...(error === null || reportKind === "wait-report" ? [] : [landedFact(error)]),
  ];
}

function landedFact(error: { readonly mayHaveLanded: boolean }): Fact {
  const value = error.mayHaveLanded
    ? "MAY HAVE LANDED: the campaign may have the new audiences, or not"
    : "nothing was written";
  return { label: "write", value };
}
