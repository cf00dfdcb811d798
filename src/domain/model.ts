/** The whole vocabulary of campaignctl, with `scope.ts` and `vocabulary/`. Types only. Read this file first. */

import type { Scope } from "./scope.ts";
import type { AudienceFacts } from "./vocabulary/audience.ts";
import type { Cause } from "./vocabulary/cause.ts";
import type { Finding } from "./vocabulary/finding.ts";
import type { RuleChanges } from "./vocabulary/rule-change.ts";

// The API's nouns

/** What an audience id names. Source: PUT /campaigns/:id/audience, field `type`. */
export type AudienceType = "audience" | "segment";

/** One bound audience. Its identity is `audienceId`, a UUID compared without case and kept in lower case. */
export type AudienceRef = { readonly audienceId: string; readonly type: AudienceType };

/** What the API says of a bound audience beside id and type. Either may be missing. Source: API sheet, summary. */
export type LiveAudience = {
  readonly audienceId: string;
  readonly name: string | null;
  /** People, or null. What kind of count it is, and of when, is not documented. */
  readonly memberCount: number | null;
};

/**
 * Who receives a campaign: anybody in an included audience and in no excluded one. Inside this program always in the
 * form that `canonicalBinding` makes: ids in lower case, each once in a list, both lists sorted by id.
 */
export type AudienceBinding = {
  readonly include: readonly AudienceRef[];
  readonly exclude: readonly AudienceRef[];
};

/**
 * State of the API's evaluation of who would be reached. `status` is `idle`, `pending`, `ok` or `failed`; another word
 * is kept as it came. `evaluatedCount` counts people and is usable only when `status` is `ok` and `isStale` is not
 * true. `evaluatedAt` is ISO 8601 as the API gave it.
 */
export type Reach = {
  readonly status: string;
  readonly evaluatedCount: number | null;
  readonly evaluatedAt: string | null;
  readonly isStale: boolean | null;
};

/** When a campaign is to be sent, as far as the API says; each is as it came, or null. It is an intent, and locks nothing. */
export type Schedule = Readonly<Record<"sendAt" | "mode" | "timezone", string | null>>;

/** One campaign as the API reports it: live state. Source: GET /campaigns/:id/summary. */
export type Campaign = {
  /** UUID in lower case. */
  readonly campaignId: string;
  readonly name: string | null;
  /** Writable if and only if this is exactly `draft`; every other word means locked. */
  readonly authoringStatus: string;
  /** `email`, `sms`, `push`, `direct_mail`, or another word as it came; null when the answer has none. */
  readonly channel: string | null;
  readonly schedule: Schedule | null;
  readonly audience: AudienceBinding;
  /** Ids that the live lists name more than once with the same type; harmless, but told. */
  readonly repeatedAudienceIds: readonly string[];
  /** Of the bound audiences, those of which the API says more than id and type. */
  readonly liveAudiences: readonly LiveAudience[];
  readonly reach: Reach;
  /** ISO 8601, server's time; null when the answer has none. */
  readonly updatedAt: string | null;
  /** The answer's `Date` header in milliseconds since the epoch (whole seconds only); null when missing. */
  readonly serverTime: number | null;
};

// Declarations: what the files say

/** A place in a file. Line and column count from 1; a column counts UTF-16 units. */
export type Position = { readonly line: number; readonly column: number };

/** From the first character to just after the last one. */
export type SourceRange = { readonly start: Position; readonly end: Position };

/** Where a campaign is declared: the position of its `campaignId` key. `file` has forward slashes. */
export type Source = { readonly file: string; readonly line: number; readonly column: number };

/** One campaign as declared in a file: desired state. */
export type CampaignSpec = {
  /** UUID in lower case. */
  readonly campaignId: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly audience: AudienceBinding;
  readonly source: Source;
};

/**
 * Something to tell the author of a file. `summary` is short, fixed text without names from the file. `detail` says
 * what is wrong here, why it matters and how to mend it. `excerpt` is the line of `range.start`, cut to be printable.
 */
export type Diagnostic = {
  readonly severity: "error" | "warning";
  /** One of the closed list in `diagnostics.ts`. */
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  readonly file: string | null;
  readonly range: SourceRange | null;
  readonly excerpt: Excerpt | null;
};

/** A diagnostic that stops nothing. */
export type Warning = Diagnostic & { readonly severity: "warning" };

/** One source line to show under a diagnostic, with a caret under `column` (1-based, in `text`). */
export type Excerpt = { readonly text: string; readonly column: number; readonly length: number };

// The plan: what would change

/** One RFC 6902 operation on `{ include: { ID: type }, exclude: { ID: type } }`. Explains; no part of guard or write. */
export type Operation =
  | { readonly op: "test"; readonly path: string; readonly value: Readonly<Record<string, string>> }
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: AudienceType }
  | { readonly op: "remove"; readonly path: string };

/** `widens`: can only reach more people. `narrows`: can only reach fewer. `mixed`: either. */
export type Direction = "widens" | "narrows" | "mixed" | "none";

/** Why a live campaign could not be planned. */
export type UnreadableReason =
  | "not-found"
  | "unsupported-type"
  | "summary-unavailable"
  | "unreadable"
  | "kept-exclude-conflict"
  | "kept-exclude-overflow"
  /** Of a plan that puts back what an apply changed: somebody changed it since. */
  | "changed-since";

/** What went wrong with one campaign. `code` is the API's, or ours in kebab-case (`no-answer`). */
export type CampaignError = {
  readonly code: string;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly message: string;
  readonly correlationId: string | null;
};

/** What reach can be, in people; null where nothing is known. */
export type Bounds = { readonly min: number | null; readonly max: number | null };

/**
 * `name` is the live one, else the declared one; `owner` and `labels` are of the file, `channel` and `schedule` live.
 * `kept`: ids of live excludes that no file names and that stay bound. `bounds`: what reach can be after the change.
 */
type ChangeBase = Pick<CampaignSpec, "campaignId" | "name" | "source" | "owner" | "labels"> &
  Pick<Campaign, "channel" | "schedule"> & {
    readonly kept: readonly string[];
    readonly bounds: Bounds;
    /** The files that changed what is declared here, where it was not the campaign's own. */
    readonly because?: readonly string[];
    /** What in these files did; left out where they are, and by versions that did not tell it. */
    readonly causes?: readonly Cause[];
  };

type LiveChange = ChangeBase & {
  readonly authoringStatus: string;
  readonly before: AudienceBinding;
  readonly after: AudienceBinding;
  readonly reach: Reach;
  /** How many people `before` reaches; null unless the count of `reach` surely is of it. */
  readonly reachedBefore: number | null;
  readonly error: null;
};

type Differing = LiveChange & { readonly direction: Direction; readonly operations: readonly Operation[] };

/** A draft whose live audiences differ from the file. */
export type Update = Differing & { readonly action: "update"; readonly reason: null };

/** Live audiences already match, whether the campaign is locked or not. */
export type NoOp = LiveChange & {
  readonly action: "no-op";
  readonly reason: null;
  readonly direction: "none";
  readonly operations: readonly [];
};

/** Locked, and different: left alone. `operations` says how it differs. */
export type Skip = Differing & { readonly action: "skip"; readonly reason: "not-draft" };

/** The live campaign could not be read. */
export type Unreadable = ChangeBase & {
  readonly action: "error";
  readonly reason: UnreadableReason;
  readonly direction: "none";
  readonly authoringStatus: null;
  readonly before: null;
  readonly after: AudienceBinding;
  readonly operations: readonly [];
  readonly reach: null;
  readonly reachedBefore: null;
  readonly error: CampaignError;
};

/** What the plan says of one declared campaign. */
export type Change = Update | NoOp | Skip | Unreadable;

/** Counts of changes by action. `widens` counts the updates whose direction is `widens` or `mixed`. */
export type PlanSummary = Readonly<Record<"update" | "noOp" | "skip" | "error" | "widens", number>>;

/** Name and version of the program that made a result. */
export type Tool = { readonly name: string; readonly version: string };

/** Every campaign that was looked at once, sorted by `campaignId`. Schema: `schemas/plan.schema.json`. */
export type Plan = {
  readonly formatVersion: string;
  readonly kind: "plan";
  readonly tool: Tool;
  /** ISO 8601, this machine's clock. */
  readonly createdAt: string;
  readonly environment: string | null;
  readonly apiUrl: string;
  /** Where others read, a count of people below `minCount` is not shown. */
  readonly privacy: { readonly minCount: number };
  /** Whether the audiences that updates change were counted: a size that is null is then one that nobody can say. */
  readonly sized: boolean;
  /** `sha256:` and 64 hex digits over all updates; see `digestOf`. */
  readonly digest: string;
  /** `sha256:` and 64 hex digits over everything else that the plan says; see `fingerprintOf`. */
  readonly fingerprint: string;
  readonly summary: PlanSummary;
  /** How many declared campaigns have no id for this environment, which need not have every campaign. */
  readonly leftOut: number;
  readonly scope: Scope;
  readonly changes: readonly Change[];
  /** Every audience of `before` or `after`, by its id. */
  readonly audiences: Readonly<Record<string, AudienceFacts>>;
  /** What the rules of the project say of it. */
  readonly findings: readonly Finding[];
  /** What its files change of the rules; left out where they were compared with no commit. */
  readonly ruleChanges?: RuleChanges;
  /** Warnings only: with errors there is no plan. */
  readonly diagnostics: readonly Diagnostic[];
};

// Apply and wait: what was done

export type * from "./vocabulary/audience.ts";
export type * from "./vocabulary/cause.ts";
export type * from "./vocabulary/finding.ts";
export type * from "./vocabulary/outcome.ts";
export type * from "./vocabulary/rule-change.ts";
