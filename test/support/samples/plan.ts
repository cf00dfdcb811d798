import { canonicalBinding } from "../../../src/domain/binding.ts";
import type {
  ApplyResult,
  AudienceBinding,
  AudienceRef,
  AudienceType,
  CampaignError,
  Change,
  Diagnostic,
  NoOp,
  Outcome,
  Plan,
  Reach,
  ReachResult,
  Report,
  Skip,
  Unreadable,
  Update,
} from "../../../src/domain/model.ts";
import { usableCount } from "../../../src/domain/reach-rules.ts";
import { wholeScope } from "../../../src/domain/scope.ts";
import { completePlan } from "../../../src/plan/build.ts";
import { diffBindings } from "../../../src/plan/diff.ts";

/** The id of the n-th sample campaign. */
const campaignId = (n: number): string => `4130bada-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** The n-th sample audience. */
export const audience = (n: number, type: AudienceType = "segment"): AudienceRef => ({
  audienceId: `a1b2c3d4-0000-4000-8000-${String(n).padStart(12, "0")}`,
  type,
});

/** A canonical binding of sample audiences. */
export const binding = (
  include: readonly AudienceRef[],
  exclude: readonly AudienceRef[] = [],
): AudienceBinding => canonicalBinding({ include, exclude });

const ONE = binding([audience(1)]);
const TWO = binding([audience(1), audience(2)]);
const BEFORE = binding([audience(1)], [audience(9, "audience")]);
const AFTER = binding([audience(1), audience(2)], [audience(9, "audience")]);

/** Reach that is evaluated and current, unless told otherwise. */
export const sampleReach = (overrides: Partial<Reach> = {}): Reach => ({
  status: "ok",
  evaluatedCount: 18_432,
  evaluatedAt: "2026-04-25T10:20:00.000Z",
  isStale: false,
  ...overrides,
});

/** Reach whose count is of the live audiences. */
const sampleReached = (reach: Reach = sampleReach()) => ({ reach, reachedBefore: usableCount(reach) });

type Bindings = { readonly before: AudienceBinding; readonly after: AudienceBinding };

const base = (n: number) => ({
  campaignId: campaignId(n),
  name: `Campaign ${n}`,
  source: { file: `campaigns/c${n}.yaml`, line: 2, column: 1 },
});

const unbounded = {
  owner: null,
  labels: {},
  channel: "email",
  schedule: null,
  kept: [],
  bounds: { min: null, max: null },
};

/** A draft that would be changed; direction and operations follow from the bindings. By default it widens. */
export function sampleUpdate(n: number, overrides: Partial<Update> & Partial<Bindings> = {}): Update {
  const bindings = { before: BEFORE, after: AFTER, ...overrides };
  return {
    ...base(n),
    ...unbounded,
    authoringStatus: "draft",
    action: "update",
    reason: null,
    ...sampleReached(overrides.reach),
    error: null,
    ...overrides,
    ...diffBindings(bindings.before, bindings.after),
    before: bindings.before,
    after: bindings.after,
  };
}

/** A locked campaign that differs from its file. */
export function sampleSkip(n: number, overrides: Partial<Skip> = {}): Skip {
  const { before, after, operations, direction } = sampleUpdate(n, {
    ...(overrides.before === undefined ? {} : { before: overrides.before }),
    ...(overrides.after === undefined ? {} : { after: overrides.after }),
  });
  return {
    ...base(n),
    ...unbounded,
    authoringStatus: "scheduled",
    action: "skip",
    reason: "not-draft",
    ...sampleReached(overrides.reach),
    error: null,
    ...overrides,
    before,
    after,
    operations,
    direction,
  };
}

/** A campaign in sync. */
export function sampleNoOp(n: number, overrides: Partial<NoOp> = {}): NoOp {
  return {
    ...base(n),
    ...unbounded,
    authoringStatus: "draft",
    action: "no-op",
    reason: null,
    direction: "none",
    before: ONE,
    after: ONE,
    operations: [],
    ...sampleReached(overrides.reach),
    error: null,
    ...overrides,
  };
}

/** What the API says of a campaign that it does not know. */
export const sampleError: CampaignError = {
  code: "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND",
  status: 404,
  message: "Campaign not found in this tenant.",
  correlationId: "0b1c2d3e-0000-4000-8000-000000000001",
};

/** A campaign that could not be read. */
export function sampleUnreadable(n: number, overrides: Partial<Unreadable> = {}): Unreadable {
  return {
    ...base(n),
    ...unbounded,
    action: "error",
    reason: "not-found",
    direction: "none",
    authoringStatus: null,
    before: null,
    after: ONE,
    operations: [],
    reach: null,
    reachedBefore: null,
    error: sampleError,
    ...overrides,
  };
}

/** A plan of these changes, with what follows from them. */
export function samplePlan(changes: readonly Change[], overrides: Partial<Plan> = {}): Plan {
  const plan = completePlan({
    formatVersion: "1.0",
    kind: "plan",
    tool: { name: "campaignctl", version: "0.1.0" },
    createdAt: "2026-11-23T10:00:00.000Z",
    environment: null,
    apiUrl: "https://api.experiture.ai/public/v1",
    privacy: { minCount: 20 },
    sized: false,
    changes,
    leftOut: 0,
    scope: wholeScope(changes.length),
    audiences: {},
    findings: [],
    diagnostics: [],
    ...overrides,
  });
  // Not spread: its fingerprint is made only for who asks.
  return Object.defineProperties(plan, Object.getOwnPropertyDescriptors(overrides));
}

/** Reach at the end of a run: confirmed, and fewer people than before, unless told otherwise. */
export function sampleReachResult(overrides: Partial<ReachResult> = {}): ReachResult {
  const { previousCount = 18_432 } = overrides;
  const reach = { ...sampleReach({ evaluatedCount: 4242 }), confirmed: true };
  return { ...reach, previousCount, reachedBefore: previousCount, ...overrides };
}

/** What became of one campaign: applied and confirmed, unless told otherwise. */
export function sampleResult(n: number, overrides: Partial<ApplyResult> = {}): ApplyResult {
  return {
    ...base(n),
    outcome: "applied",
    reason: null,
    before: ONE,
    after: TWO,
    writes: [],
    guard: null,
    readBack: null,
    updatedAt: null,
    reach: sampleReachResult(),
    waited: true,
    unconfirmedReason: null,
    breach: null,
    live: null,
    error: null,
    ...overrides,
  };
}

/** A warning that belongs to no file. */
export const GENERAL_WARNING: Diagnostic = {
  ...{ severity: "warning", code: "made-up", summary: "Something general", detail: "Of no file." },
  ...{ file: null, range: null, excerpt: null },
};

/** A report of these results, with its summary. */
export function sampleReport(results: readonly ApplyResult[], overrides: Partial<Report> = {}): Report {
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  const waited = results.filter((result) => result.waited);
  const confirmed = waited.filter((result) => result.reach?.confirmed === true).length;
  return {
    formatVersion: "1.0",
    kind: "apply-report",
    fingerprint: `sha256:${"0".repeat(64)}`,
    tool: { name: "campaignctl", version: "0.1.0" },
    startedAt: "2026-11-23T10:00:00.000Z",
    finishedAt: "2026-11-23T10:01:05.500Z",
    environment: null,
    apiUrl: "https://api.experiture.ai/public/v1",
    privacy: { minCount: 20 },
    planDigest: `sha256:${"0".repeat(64)}`,
    scope: wholeScope(results.length),
    summary: {
      applied: count("applied"),
      restored: count("restored"),
      unchanged: count("unchanged"),
      skipped: count("skipped"),
      stale: count("stale"),
      failed: count("failed"),
      notAttempted: count("not-attempted"),
      reachConfirmed: confirmed,
      reachUnconfirmed: waited.length - confirmed,
    },
    results,
    audiences: {},
    findings: [],
    ...overrides,
  };
}
