import fc from "fast-check";
import { RULE_NAMES } from "../../../src/guardrails/guardrails.ts";
import { NOON, named, ruleScope, waiver } from "./guardrails.ts";
import { audience, binding, sampleNoOp, sampleUpdate } from "./plan.ts";

const bindingOf = fc
  .record({ include: fc.subarray([1, 2, 3, 4]), exclude: fc.subarray([5, 6, 7, 8]) })
  .map(({ include, exclude }) =>
    binding(
      [audience(9), ...include.map((n) => audience(n))],
      exclude.map((n) => audience(n)),
    ),
  );

const labels = fc.oneof(fc.constant({}), fc.record({ region: fc.constantFrom("eu", "us") }));
const channel = fc.constantFrom(null, "sms", "email");
const count = fc.option(fc.nat(200), { nil: null });

/** A campaign that changes, or is in sync, or is locked. */
const changeOf = (n: number) =>
  fc
    .record({
      before: bindingOf,
      after: bindingOf,
      labels,
      channel,
      reachedBefore: count,
      isLocked: fc.boolean(),
    })
    .map(({ before, after, isLocked, ...more }) =>
      isLocked || JSON.stringify(before) === JSON.stringify(after)
        ? sampleNoOp(n, { before, after: before, authoringStatus: isLocked ? "sent" : "draft", ...more })
        : sampleUpdate(n, { before, after, ...more }),
    );

/** Some campaigns as a plan has them. */
export const changes = fc
  .nat(12)
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, n) => changeOf(n + 1))));

const numbers = (...from: readonly number[]) =>
  fc.subarray([...from]).map((some) => some.map((n) => named(n)));
const limit = fc.option(fc.nat(150), { nil: null });

/** Sets of rules, for all campaigns and for some. */
export const ruleSets = fc.array(
  fc.record({
    scope: fc.oneof(fc.constant(null), fc.record({ channel, labels }).map(ruleScope)),
    requireExclude: numbers(5, 6, 7),
    forbidInclude: numbers(1, 2),
    maxChanges: fc.option(
      fc.record({ unit: fc.constantFrom("number" as const, "percent" as const), value: fc.nat(60) }),
      { nil: null },
    ),
    reach: fc.record({
      min: limit,
      max: limit,
      maxIncrease: limit,
      maxDecrease: fc.option(fc.nat(100), { nil: null }),
    }),
    freeze: fc.subarray([{ from: NOON, to: NOON + 1, until: "2026-11-24T00:00:00Z", reason: null }]),
  }),
  { maxLength: 4 },
);

const strengthOf = fc.constantFrom("hard" as const, "soft" as const, "warn" as const);

/** Strengths of some rules. */
export const strengths = fc.dictionary(fc.constantFrom(...RULE_NAMES), strengthOf, { maxKeys: 4 });

/** Waivers of the sample campaigns, some of them over. */
export const waivers = fc.array(
  fc
    .record({
      n: fc.integer({ min: 1, max: 4 }),
      rule: fc.constantFrom(...RULE_NAMES.filter((rule) => rule !== "max-changes" && rule !== "freeze")),
      audiences: fc.option(fc.subarray([1, 2, 5, 6, 7], { minLength: 1 }), { nil: null }),
      expires: fc.constantFrom("2026-11-01", "2026-11-23", "2026-12-31", "2027-06-30"),
    })
    .map(({ n, rule, audiences, expires }) =>
      waiver({
        campaignId: sampleNoOp(n).campaignId,
        rule,
        expires,
        audienceIds: audiences === null ? null : audiences.map((each) => audience(each).audienceId),
      }),
    ),
  { maxLength: 3 },
);
