import { isUnknownCampaign } from "../../domain/api-codes.ts";
import { isDraft } from "../../domain/campaign.ts";
import type {
  ApplyResult,
  CampaignError,
  Change,
  ReachResult,
  Report,
  Skip,
  Source,
  Unreadable,
  UnreadableReason,
  Update,
} from "../../domain/model.ts";
import { BRANCH_MOVED, SUPERSEDED } from "../../domain/newer-run.ts";
import { RESTORED_BEFORE } from "../../guardrails/restored-before.ts";
import { withoutOpenEnd } from "../../text/invisible.ts";
import { BECAUSE, becauseWords } from "./because-words.ts";
import { directionText } from "./effect-words.ts";
import { movedDirection, reachResultWords } from "./reach-words.ts";

/** One labelled fact. Neither part is escaped yet: each renderer does that once, in its own way. */
export type Fact = { readonly label: string; readonly value: string };

/** The name to show for a campaign, not yet escaped, and cut where nobody would read on. Never empty. */
export function shownName(name: string | null): string {
  if (name === null || name.trim() === "") return "(no name)";
  const characters = Array.from(name.slice(0, 2 * (MAX_NAME + 1)));
  return characters.length > MAX_NAME ? `${withoutOpenEnd(characters.slice(0, MAX_NAME).join(""))}…` : name;
}

const MAX_NAME = 120;

/** Where a campaign is declared: `file:line:column`. */
export function positionText({ file, line, column }: Source): string {
  return `${file}:${line}:${column}`;
}

/** Which campaign this is: id and file, and what in others changed it, where its own did not. */
export function identityFacts({
  campaignId,
  source,
  ...change
}: Pick<Change, "campaignId" | "source" | "because" | "causes">): readonly Fact[] {
  const because = becauseWords(change);
  return [
    { label: "campaign", value: campaignId },
    { label: "file", value: positionText(source) },
    ...(because.length === 0 ? [] : [{ label: BECAUSE, value: because.join("; ") }]),
  ];
}

/** Which campaign this is and in which state. A draft is the ordinary case. */
export function changeFacts(change: Update | Skip, reach: string): readonly Fact[] {
  return [
    ...identityFacts(change),
    ...(isDraft(change) ? [] : [{ label: "status", value: statusWords(change) }]),
    { label: "reach", value: reach },
  ];
}

function statusWords({ authoringStatus }: Pick<Skip, "authoringStatus">): string {
  return `${authoringStatus} (only a draft can be changed)`;
}

type ReadWords = { readonly what: string; readonly mend: string };

type ReadReason = Exclude<UnreadableReason, "unreadable">;

const READ_REASONS: Readonly<Record<ReadReason, ReadWords>> = {
  "not-found": {
    what: "the API knows no such campaign",
    mend: "Check the campaignId, the API URL, and that the credentials belong to the workspace of this campaign.",
  },
  "unsupported-type": {
    what: "the API does not offer this type of campaign",
    mend: "Audiences of this type cannot be kept in a file: remove the file.",
  },
  "changed-since": {
    what: "somebody changed it since the report",
    mend: "What is there now stands. To put back the old audiences all the same, write them into its file.",
  },
  "summary-unavailable": {
    what: "the campaign lacks stored state",
    mend: "Open the campaign in the Experiture console, complete and save it, then plan again.",
  },
  "kept-exclude-conflict": {
    what: "a live exclude that no file names stays bound, and the file includes the same audience",
    mend: "Take it out of include, or remove the exclude in the Experiture console.",
  },
  "kept-exclude-overflow": {
    what: "with the live excludes that no file names there would be too many",
    mend: "Exclude fewer audiences in the file, or remove some in the Experiture console.",
  },
};

const OTHER_404: ReadWords = {
  what: "the answer is a 404 that is not about a campaign",
  mend: "Is the API URL right (…/public/v1)? If it is, check the campaignId, and that the credentials belong to the workspace of this campaign.",
};

/** How to mend what keeps this one campaign from being read; null where it is no such reason. */
export function readMend({ reason, error }: Pick<ApplyResult, "reason" | "error">): string | null {
  if (error === null || reason === null || !isReadReason(reason)) return null;
  return readWords(reason, error).mend;
}

function isReadReason(reason: string): reason is ReadReason {
  return Object.hasOwn(READ_REASONS, reason);
}

function readWords(reason: ReadReason, error: CampaignError): ReadWords {
  return reason === "not-found" && !isUnknownCampaign(error) ? OTHER_404 : READ_REASONS[reason];
}

/** Names the correlation id only where there is one to give. */
function unreadableWords(error: CampaignError): ReadWords {
  if (error.code === "interrupted")
    return { what: "the run was interrupted before it was read", mend: "Plan again." };
  const what = "the campaign could not be read";
  if (error.correlationId !== null) {
    return { what, mend: "Plan again. If this stays, give the correlation id to Experiture's support." };
  }
  return { what, mend: "Plan again when that is mended." };
}

/** Why a campaign could not be read, and how to mend it. */
export function unreadableFacts({ reason, error }: Unreadable): readonly Fact[] {
  const { what, mend } = reason === "unreadable" ? unreadableWords(error) : readWords(reason, error);
  return [
    { label: "reason", value: `${what} (${reason})` },
    ...errorFacts(error),
    { label: "to mend", value: mend },
  ];
}

/** How the handle for support is called; of several campaigns only that of the first is shown. */
export const CORRELATION_ID = { label: "correlation id", ofFirst: "first correlation id" } as const;

/** What the API said, or did not say, and the handle for its support. */
function errorFacts(error: CampaignError): readonly Fact[] {
  return [
    { label: "message", value: error.message + answerWords(error) },
    { label: CORRELATION_ID.label, value: error.correlationId ?? "none" },
  ];
}

/** Status and code, as far as the message does not have them already. */
function answerWords({ status, code, message }: CampaignError): string {
  const said = (text: string) => message.includes(text) || message.includes(text.replaceAll("-", " "));
  const answer = [status === null ? "" : `HTTP ${status}`, code.startsWith("http-") ? "" : code];
  const unsaid = answer.filter((text) => text !== "" && !said(text.replace("HTTP ", "")));
  return unsaid.length === 0 ? "" : ` (${unsaid.join(", ")})`;
}

/** A reason of ours in words; a code of the API as it is. */
export function reasonWords(reason: string): string {
  switch (reason) {
    case "not-draft":
      return "not draft, so its audiences are locked";
    case "live-changed":
      return "the live audiences changed since the plan";
    case "digest-differs":
      return "the plan is not the one that was reviewed";
    case "no-access":
      return "the API refused the credentials";
    case "guardrail":
      return "a rule of the project refuses it";
    case RESTORED_BEFORE:
      return "an earlier apply wrote the same, and put it back, since reach broke a rule";
    case "interrupted":
      return "the run was interrupted";
    case "plan-too-old":
      return "the saved plan is older than --max-plan-age allows";
    case SUPERSEDED:
      return "the branch declares something else by now, so this is left to a newer run";
    case BRANCH_MOVED:
      return "the branch moved on, and what it declares by now cannot be told here, so this is left to a newer run";
    case "declined":
      return "the answer was not yes";
    default:
      return /^[a-z]+(?:-[a-z]+)*$/.test(reason) ? reason.replaceAll("-", " ") : reason;
  }
}

/** What there is to say of one result. Values are not escaped yet. Only an apply report has writes to speak of. */
export function resultFacts(
  result: ApplyResult,
  reportKind: Report["kind"],
  minCount: number,
): readonly Fact[] {
  const { campaignId, source, outcome, reason, reach, error } = result;
  const written = outcome === "applied" || outcome === "unchanged" || outcome === "restored";
  return [
    { label: "campaign", value: campaignId },
    { label: "file", value: positionText(source) },
    ...(reason === null || reason === error?.code ? [] : [{ label: "reason", value: reasonWords(reason) }]),
    ...(written && reach?.confirmed === true ? peopleFacts(reach, minCount) : []),
    ...(written ? [{ label: "reach", value: reachResultWords(reach, result, minCount) }] : []),
    ...(error === null ? [] : errorFacts(error)),
    ...(error === null || reportKind === "wait-report" ? [] : [landedFact(error)]),
  ];
}

/** What became of how many, before any figure. */
function peopleFacts({ reachedBefore, evaluatedCount }: ReachResult, minCount: number): readonly Fact[] {
  const direction = movedDirection(reachedBefore, evaluatedCount, minCount);
  return direction === "none" ? [] : [{ label: PEOPLE, value: directionText(direction) }];
}

/** How the fact is called that says whether more people are reached by now, or fewer. */
export const PEOPLE = "people";

function landedFact(error: { readonly mayHaveLanded: boolean }): Fact {
  const value = error.mayHaveLanded
    ? "MAY HAVE LANDED: the campaign may have the new audiences, or not"
    : "nothing was written";
  return { label: "write", value };
}
