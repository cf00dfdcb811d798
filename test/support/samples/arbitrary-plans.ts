import fc from "fast-check";
import { canonicalBinding, sameBinding } from "../../../src/domain/binding.ts";
import type {
  ApplyResult,
  AudienceBinding,
  AudienceRef,
  Change,
  Diagnostic,
  Outcome,
  Plan,
  Reach,
  Report,
  RuleChange,
  RuleChanges,
} from "../../../src/domain/model.ts";
import type { ProgressEvent } from "../../../src/domain/ports.ts";
import { audienceFacts } from "../../../src/plan/audience-facts.ts";
import { anyText } from "../fuzz/any-text.ts";
import {
  sampleNoOp,
  samplePlan,
  sampleReport,
  sampleResult,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "./plan.ts";

/** Pieces that could break a terminal, a table, a fence or a link, and ordinary letters. */
const hostilePieces = [
  "a", "Z", "春", "é", "🌸", "👩‍💻", " ", "|", "\\", "`", "```", "````````", "\n", "\r\n", "\t", "\x1b[31m", "\x9b",
  "\u202E", "\u200B", "\u2028", "\uFEFF", "\uD83D", "\uDE00", "\0", "<b>", "-->", "@jane", "#12", "https://e.example",
  "![x](y)", "&lt;", "*", "_", "~", "$", "%", "\nPlan: 0 to change", "__proto__",
]; // biome-ignore format: one word a line says no more.

/** Text from outside, often hostile. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...hostilePieces), { maxLength: 12 }).map((pieces) => pieces.join("")),
  anyText({ maxLength: 20 }),
);

const nonEmptyText = hostileText.map((text) => `x${text}`);

const uuid = fc.uuid();

const refs = (maxLength: number): fc.Arbitrary<readonly AudienceRef[]> =>
  fc.uniqueArray(
    fc.record({ audienceId: uuid, type: fc.constantFrom("audience" as const, "segment" as const) }),
    { maxLength, selector: (ref) => ref.audienceId },
  );

const liveBinding: fc.Arbitrary<AudienceBinding> = fc
  .record({ include: refs(6), exclude: refs(6) })
  .map(canonicalBinding);

/** Two bindings that share most audiences, the second with at least one include, as every file has. */
const twoBindings = fc
  .record({ before: liveBinding, after: liveBinding, retyped: fc.boolean(), one: uuid })
  .map(({ before, after, retyped, one }) => {
    const shared = before.include.map((ref) => (retyped ? { ...ref, type: "audience" as const } : ref));
    const include = [...shared, ...after.include, { audienceId: one, type: "segment" as const }];
    return { before, after: canonicalBinding({ include, exclude: after.exclude }) };
  })
  .filter(({ before, after }) => !sameBinding(before, after));

const reach: fc.Arbitrary<Reach> = fc.record({
  status: fc.oneof(fc.constantFrom("ok", "idle", "pending", "failed", "unknown"), nonEmptyText),
  evaluatedCount: fc.option(fc.nat(), { nil: null }),
  evaluatedAt: fc.option(fc.oneof(fc.constant("2026-04-25T10:20:00.000Z"), hostileText), { nil: null }),
  isStale: fc.option(fc.boolean(), { nil: null }),
});

const identity = fc.record({
  campaignId: uuid,
  name: fc.option(hostileText, { nil: null }),
  source: fc.record({ file: nonEmptyText, line: fc.integer({ min: 1 }), column: fc.integer({ min: 1 }) }),
});

const error = fc.record({
  code: nonEmptyText,
  status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: null }),
  message: hostileText,
  correlationId: fc.option(hostileText, { nil: null }),
});

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .record({ identity, twoBindings, reach })
    .map(({ identity: who, twoBindings: bindings, reach: last }) =>
      sampleUpdate(1, { ...who, ...bindings, reach: last }),
    ),
  fc
    .record({ identity, twoBindings, reach, authoringStatus: nonEmptyText })
    .map(({ identity: who, twoBindings: bindings, reach: last, authoringStatus }) =>
      sampleSkip(1, { ...who, ...bindings, reach: last, authoringStatus }),
    ),
  fc
    .record({ identity, twoBindings, reach, authoringStatus: nonEmptyText })
    .map(({ identity: who, twoBindings: { after }, reach: last, authoringStatus }) =>
      sampleNoOp(1, { ...who, before: after, after, reach: last, authoringStatus }),
    ),
  fc
    .record({
      identity,
      error,
      reason: fc.constantFrom(
        "not-found" as const,
        "unsupported-type" as const,
        "summary-unavailable" as const,
        "unreadable" as const,
      ),
    })
    .map(({ identity: who, error: why, reason }) => sampleUnreadable(1, { ...who, error: why, reason })),
);

const position = fc.record({ line: fc.integer({ min: 1, max: 99_999 }), column: fc.integer({ min: 1 }) });

/** Any diagnostic, also one whose excerpt does not fit its column. */
export const diagnostic: fc.Arbitrary<Diagnostic> = fc.record({
  severity: fc.constantFrom("error" as const, "warning" as const),
  code: nonEmptyText,
  summary: hostileText,
  detail: hostileText,
  file: fc.option(hostileText, { nil: null }),
  range: fc.option(fc.record({ start: position, end: position }), { nil: null }),
  excerpt: fc.option(
    fc.record({
      text: hostileText,
      column: fc.integer({ min: 1, max: 50 }),
      length: fc.integer({ min: 0, max: 50 }),
    }),
    { nil: null },
  ),
});

const origin = {
  environment: fc.option(hostileText, { nil: null }),
  apiUrl: hostileText.map((text) => `https://${text}`),
};

/** What is known of an audience, by a name from anywhere. */
const known = fc.record({
  name: fc.option(hostileText, { nil: null }),
  size: fc.option(
    fc.record({
      count: fc.nat(),
      isExact: fc.option(fc.boolean(), { nil: null }),
      at: fc.constant("2026-04-25T10:20:00.000Z"),
    }),
    { nil: null },
  ),
});

const ruleChange: fc.Arbitrary<RuleChange> = fc.record({
  kind: fc.constantFrom("rule" as const, "waiver" as const, "label" as const),
  effect: fc.constantFrom("weaker" as const, "stricter" as const),
  rule: fc.constantFrom("require-exclude" as const, null),
  campaignId: fc.option(uuid, { nil: null }),
  audienceIds: fc.constant([]),
  message: nonEmptyText,
});

/** What files change of rules, in words from anywhere. */
const ruleChanges: fc.Arbitrary<RuleChanges> = fc.record({
  since: fc.constantFrom("1f0c2b7f2c0d4c9fb9a1d2b0f5c7d1e3a4b5c6d7", null),
  unknown: fc.oneof(fc.constant(null), fc.constant(null), nonEmptyText),
  changes: fc.array(ruleChange, { maxLength: 9 }),
  refusedBefore: fc.array(
    fc.record({ identity, message: nonEmptyText }).map(({ identity: { campaignId, source }, message }) => ({
      ...{ rule: "require-exclude" as const, strength: "hard" as const, campaignId, source, message },
      ...{ audienceIds: [], state: "broken" as const, waiver: null, allowedReason: null },
    })),
    { maxLength: 3 },
  ),
});

/** Any plan that the schema allows, in any order. */
export const plan: fc.Arbitrary<Plan> = fc
  .record({
    changes: fc.array(change, { maxLength: 8 }),
    diagnostics: fc.array(
      diagnostic.map((warning) => ({ ...warning, severity: "warning" as const })),
      { maxLength: 3 },
    ),
    facts: fc.array(known, { minLength: 1, maxLength: 5 }),
    rules: fc.option(ruleChanges, { nil: null }),
    ...origin,
  })
  .map(({ changes, facts, rules, ...overrides }) => {
    const audiences = Object.fromEntries(
      Object.entries(audienceFacts(changes, [])).map(([id, bare], n) => {
        const { name, size } = facts[n % facts.length] ?? { name: null, size: null };
        return [id, { ...bare, name, nameFrom: name === null ? null : ("live" as const), size }];
      }),
    );
    const changed = rules === null ? {} : { ruleChanges: rules };
    return samplePlan(changes, { ...overrides, ...changed, audiences });
  });

/** The count of before, which may be of earlier audiences. */
const previous = fc
  .record({ previousCount: fc.option(fc.nat(), { nil: null }), isSure: fc.boolean() })
  .map(({ previousCount, isSure }) => ({ previousCount, reachedBefore: isSure ? previousCount : null }));

const reachResult = fc
  .record({ reach, confirmed: fc.boolean(), previous })
  .map(({ reach: last, previous: before, confirmed }) => ({ ...last, confirmed, ...before }));

const outcome = fc.constantFrom<Outcome>(
  "applied",
  "unchanged",
  "skipped",
  "stale",
  "failed",
  "not-attempted",
);

const unconfirmedReason = fc.constantFrom(
  "evaluation-failed" as const,
  "timeout" as const,
  "not-proven" as const,
  "live-differs" as const,
  "interrupted" as const,
  "unreadable" as const,
  "stopped" as const,
  null,
);

const readRecord = fc.option(
  fc.record({ at: fc.constant(null), updatedAt: fc.option(hostileText, { nil: null }), reach }),
  { nil: null },
);

const evidence = {
  writes: fc.array(
    fc.record({
      at: fc.constant("2026-04-25T10:20:00.000Z"),
      clock: fc.constantFrom("server" as const, "local" as const),
      status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: null }),
      correlationId: fc.option(hostileText, { nil: null }),
      kind: fc.constant("apply" as const),
    }),
    { maxLength: 2 },
  ),
  guard: readRecord,
  readBack: readRecord,
  updatedAt: fc.option(hostileText, { nil: null }),
};

const result: fc.Arbitrary<ApplyResult> = fc
  .record({
    identity,
    outcome,
    reason: fc.oneof(fc.constantFrom("not-draft", "live-changed", "no-access"), nonEmptyText),
    reach: fc.option(reachResult, { nil: null }),
    waited: fc.boolean(),
    unconfirmedReason,
    ...evidence,
    live: fc.option(liveBinding, { nil: null }),
    error: fc.record({ error, mayHaveLanded: fc.boolean() }).map((facts) => ({
      ...facts.error,
      mayHaveLanded: facts.mayHaveLanded,
    })),
  })
  .map(({ identity: who, ...facts }) =>
    sampleResult(1, {
      ...who,
      ...facts,
      reason: facts.outcome === "applied" || facts.outcome === "unchanged" ? null : facts.reason,
      unconfirmedReason: facts.waited ? facts.unconfirmedReason : null,
      live: facts.outcome === "stale" ? facts.live : null,
      error: facts.outcome === "failed" ? facts.error : null,
    }),
  );

/** Any report that the schema allows, of either kind. */
export const report: fc.Arbitrary<Report> = fc
  .record({
    results: fc.array(result, { maxLength: 8 }),
    kind: fc.constantFrom("apply-report" as const, "wait-report" as const),
    ...origin,
  })
  .map(({ results, kind, ...overrides }) =>
    sampleReport(results, {
      ...overrides,
      kind,
      ...(kind === "wait-report" ? { planDigest: null } : {}),
    }),
  );

const who = {
  campaignId: fc.constantFrom("c1", "c2", "c3"),
  name: fc.option(hostileText, { nil: null }),
};

const count = fc.option(fc.nat(), { nil: null });

/** Any event of a run over a few campaigns. */
export const progressEvent: fc.Arbitrary<ProgressEvent> = fc.oneof(
  fc.record({ kind: fc.constant("reading" as const), read: fc.nat(), of: fc.nat() }),
  fc.record({ kind: fc.constant("counting" as const), counted: fc.nat(), of: fc.nat() }),
  fc.record({ kind: fc.constantFrom("writing" as const, "confirming" as const), of: fc.nat() }),
  fc.record({ ...who, kind: fc.constant("written" as const) }),
  fc.record({ ...who, kind: fc.constant("waiting" as const), status: hostileText }),
  fc
    .record({ ...who, kind: fc.constant("confirmed" as const), evaluatedCount: count, previous })
    .map(({ previous: before, ...event }) => ({ ...event, ...before })),
  fc.record({
    ...who,
    kind: fc.constant("unconfirmed" as const),
    reason: fc.constantFrom("timeout" as const, "not-proven" as const),
    status: hostileText,
  }),
  fc.record({
    ...who,
    kind: fc.constant("ended" as const),
    outcome,
    reason: fc.option(hostileText, { nil: null }),
  }),
);
