import { unreadableReasonOf } from "../domain/api-codes.ts";
import { isDraft } from "../domain/campaign.ts";
import { compare } from "../domain/compare.ts";
import type { KnownAudiences } from "../domain/declared.ts";
import { makeDiagnostic } from "../domain/diagnostics.ts";
import type {
  Campaign,
  CampaignError,
  CampaignSpec,
  Cause,
  Change,
  Diagnostic,
  Direction,
  Plan,
  PlanSummary,
  Tool,
  UnreadableReason,
} from "../domain/model.ts";
import { countOfThese } from "../domain/reach-rules.ts";
import { type Scope, wholeScope } from "../domain/scope.ts";
import { changeBounds } from "../people/change-bounds.ts";
import { DEFAULT_MIN_COUNT } from "../people/privacy.ts";
import { audienceFacts, factsOf } from "./audience-facts.ts";
import { diffBindings } from "./diff.ts";
import { digestOf } from "./digest.ts";
import { fingerprinted, unfingerprinted } from "./fingerprint.ts";
import { keepExcludes, type UnknownExcludes } from "./keep-excludes.ts";
import { unknownLive } from "./unknown-live.ts";
import { canReachMore, updatesOf } from "./updates.ts";

/** One attempt to read a live campaign. */
export type LiveRead = { readonly campaign: Campaign } | { readonly error: CampaignError };

/** What a plan says of itself. `createdAt` is milliseconds since the epoch. */
export type PlanOrigin = {
  readonly tool: Tool;
  readonly createdAt: number;
  readonly environment: string | null;
  readonly apiUrl: string;
  readonly privacy?: Plan["privacy"] | undefined;
  /** As in {@link Plan}; 0 when left out. */
  readonly leftOut?: number;
  /** What becomes of live excludes that no file names: `remove` when left out. */
  readonly unknownExcludes?: UnknownExcludes | undefined;
  /** Every declared campaign when left out. */
  readonly scope?: Scope | undefined;
  /** Of campaigns that other files than their own changed: what in them did. None when left out. */
  readonly causes?: ReadonlyMap<string, readonly Cause[]> | undefined;
};

/** The plan format this program writes. A reader refuses another major and ignores keys it does not know. */
const PLAN_FORMAT = "1.0";

/**
 * Compares every declared campaign with its live state. Pure: the same declarations and the same live state give the
 * same changes in the same order.
 *
 * @param known what the catalogue says of audiences; null where there is none.
 */
export function buildPlan(
  specs: readonly CampaignSpec[],
  live: ReadonlyMap<string, LiveRead>,
  origin: PlanOrigin,
  warnings: readonly Diagnostic[],
  known: KnownAudiences | null = null,
): Plan {
  const ordered = [...specs].sort((a, b) => compare(a.campaignId, b.campaignId));
  const changes = ordered.map((spec) => ({
    ...buildChange(spec, readOf(spec, live), origin.unknownExcludes),
    ...becauseOf(spec, origin),
  }));
  return completePlan({
    formatVersion: PLAN_FORMAT,
    kind: "plan",
    tool: origin.tool,
    createdAt: new Date(origin.createdAt).toISOString(),
    environment: origin.environment,
    apiUrl: origin.apiUrl,
    privacy: origin.privacy ?? { minCount: DEFAULT_MIN_COUNT },
    sized: false,
    leftOut: origin.leftOut ?? 0,
    scope: origin.scope ?? wholeScope(specs.length),
    changes,
    audiences: audienceFacts(changes, campaignsOf(live), known),
    findings: [],
    diagnostics: [
      ...warnings,
      ...unknownLive(changes, known),
      ...ordered.flatMap((spec) => liveWarnings(spec, readOf(spec, live))),
    ],
  });
}

function becauseOf({ campaignId }: CampaignSpec, origin: PlanOrigin): Pick<Change, "because" | "causes"> {
  const causes = origin.causes?.get(campaignId);
  if (causes === undefined) return {};
  return { because: [...new Set(causes.map(({ file }) => file))].sort(), causes };
}

function campaignsOf(live: ReadonlyMap<string, LiveRead>): readonly Campaign[] {
  return [...live.values()].flatMap((read) => ("campaign" in read ? [read.campaign] : []));
}

type Unbounded<C> = C extends Change ? Omit<C, "bounds"> : never;

/** What a plan says, without what follows from it. */
type PlanContent = Omit<Plan, "digest" | "fingerprint" | "summary" | "changes"> & {
  readonly changes: readonly Unbounded<Change>[];
};

/**
 * The one way to a plan: bounds, counts, digest and fingerprint always follow from the rest, also in part of another plan.
 * Of the audiences those stay that occur in the changes.
 */
export function completePlan({ findings, ruleChanges, diagnostics, ...content }: PlanContent): Plan {
  const { audiences, changes: unbounded, ...head } = content;
  const changes = unbounded.map((change) => ({ ...change, bounds: changeBounds(change, audiences) }));
  const top = { ...head, digest: digestOf(changes) };
  const rest = {
    summary: summaryOf(changes),
    changes,
    audiences: factsOf(changes, audiences),
    findings,
    ...(ruleChanges === undefined ? {} : { ruleChanges }),
    diagnostics,
  };
  return fingerprinted(top, rest);
}

/** The same plan with other parts, and what follows from them. */
export function remakePlan(plan: Plan, parts: Partial<PlanContent>): Plan {
  return completePlan({ ...unfingerprinted(plan), ...parts });
}

function readOf(spec: CampaignSpec, live: ReadonlyMap<string, LiveRead>): LiveRead {
  const read = live.get(spec.campaignId);
  if (read === undefined) throw new Error(`Campaign ${spec.campaignId} was declared but never read.`);
  return read;
}

function buildChange(
  spec: CampaignSpec,
  read: LiveRead,
  unknownExcludes: UnknownExcludes = "remove",
): Unbounded<Change> {
  if ("error" in read) return unreadable(spec, unreadableReasonOf(read.error), read.error);
  const { campaign } = read;
  const desired =
    unknownExcludes === "keep"
      ? keepExcludes(spec.audience, campaign.audience)
      : { audience: spec.audience, kept: [] };
  if ("error" in desired && isDraft(campaign)) return unreadable(spec, desired.error.code, desired.error);
  // A locked campaign is left alone either way.
  const { audience: after, kept } = "error" in desired ? { audience: spec.audience, kept: [] } : desired;
  const base = {
    campaignId: spec.campaignId,
    name: campaign.name ?? spec.name,
    source: spec.source,
    ...factsOfFile(spec),
    channel: campaign.channel,
    schedule: campaign.schedule,
    kept,
    authoringStatus: campaign.authoringStatus,
    before: campaign.audience,
    after,
    reach: campaign.reach,
    reachedBefore: countOfThese(campaign),
    error: null,
  };
  const { operations, direction } = diffBindings(campaign.audience, after);
  const action = actionOf(direction, campaign);
  switch (action) {
    case "no-op":
      return { ...base, action, reason: null, direction: "none", operations: [] };
    case "update":
      return { ...base, action, reason: null, direction, operations };
    case "skip":
      return { ...base, action, reason: "not-draft", direction, operations };
  }
}

function factsOfFile({ owner, labels }: CampaignSpec): Pick<Change, "owner" | "labels"> {
  return { owner, labels };
}

/** The rule that a locked campaign is never an update: it stands here, once. */
export function actionOf(
  direction: Direction,
  live: Pick<Campaign, "authoringStatus">,
): "no-op" | "update" | "skip" {
  if (direction === "none") return "no-op";
  return isDraft(live) ? "update" : "skip";
}

function unreadable(spec: CampaignSpec, reason: UnreadableReason, error: CampaignError): Unbounded<Change> {
  return {
    campaignId: spec.campaignId,
    name: spec.name,
    source: spec.source,
    ...factsOfFile(spec),
    channel: null,
    schedule: null,
    kept: [],
    authoringStatus: null,
    action: "error",
    reason,
    direction: "none",
    before: null,
    after: spec.audience,
    operations: [],
    reach: null,
    reachedBefore: null,
    error,
  };
}

/** Counts of a plan's changes. */
export function summaryOf(changes: readonly Change[]): PlanSummary {
  const count = (action: Change["action"]) => changes.filter((change) => change.action === action).length;
  return {
    update: count("update"),
    noOp: count("no-op"),
    skip: count("skip"),
    error: count("error"),
    widens: updatesOf(changes).filter(canReachMore).length,
  };
}

function liveWarnings(spec: CampaignSpec, read: LiveRead): Diagnostic[] {
  if ("error" in read || read.campaign.repeatedAudienceIds.length === 0) return [];
  const ids = read.campaign.repeatedAudienceIds.join(", ");
  const start = { line: spec.source.line, column: spec.source.column };
  return [
    makeDiagnostic("repeated-live-audience", {
      detail: `The API lists ${ids} more than once for campaign ${spec.campaignId}. It counts once here; the next write removes the repetition.`,
      file: spec.source.file,
      range: { start, end: start },
    }),
  ];
}
