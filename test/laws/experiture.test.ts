import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalBinding } from "../../src/domain/binding.ts";
import { ApiResponseError } from "../../src/domain/errors.ts";
import {
  decodeReceipt,
  decodeRefusal,
  decodeSummary,
  encodeBinding,
} from "../../src/experiture/wire/wire.ts";
import { DEFAULT_LIMITS } from "../../src/patience/limits.ts";
import { type Attempt, NO_HISTORY, nextStep } from "../../src/patience/retry.ts";
import { parseRetryAfter } from "../../src/patience/retry-after.ts";
import { CAMPAIGN_ID, sampleSummary } from "../support/samples/documented-summary.ts";

const FACTS = { campaignId: CAMPAIGN_ID, status: 200, correlationId: null, serverTime: null };

const header = fc.oneof(
  fc.constantFrom(null, "", "abc", "-1", "0", "1.5", "Mon, 23 Nov 2026 10:00:05 GMT"),
  fc.nat(200_000).map(String),
  fc.string(),
);
const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  fc.record({
    kind: fc.constant("answer" as const),
    status: fc.constantFrom(200, 301, 404, 409, 429, 500, 502, 503, 504),
    retryAfter: header,
    serverTime: fc.option(fc.nat(4_000_000_000_000)),
  }),
  fc.record({
    kind: fc.constant("failure" as const),
    failure: fc.constantFrom("refused" as const, "lost", "stale", "timeout", "final"),
  }),
);
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("repeats", () => {
  it("are never hot loops, never before Retry-After, never longer than a cap, and end", () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(attempt),
        fc.boolean(),
        chance,
        fc.nat(4_000_000_000_000),
        (all, safe, r, now) => {
          let history = NO_HISTORY;
          let elapsedMs = 0;
          for (let count = 0; ; count += 1) {
            const next = all.next().value;
            const random = () => r;
            const step = nextStep({
              attempt: next,
              repeat: safe ? "safe" : "once",
              history,
              elapsedMs,
              now,
              random,
              limits: DEFAULT_LIMITS,
            });
            if (step.kind !== "repeat") return;
            const stale = next.kind === "failure" && next.failure === "stale" && history.stale === 0;
            expect(step.delayMs).toBeGreaterThanOrEqual(stale ? 0 : 50);
            expect(step.delayMs).toBeLessThanOrEqual(DEFAULT_LIMITS.retryAfterCapMs + 500);
            if (next.kind === "answer") {
              const asked = parseRetryAfter(next.retryAfter, next.serverTime ?? now);
              const honoured = next.status === 429 || next.status === 503;
              if (honoured && asked !== null) expect(step.delayMs).toBeGreaterThanOrEqual(asked);
              if (!safe) expect([425, 429]).toContain(next.status);
            } else {
              expect(safe).toBe(true);
            }
            elapsedMs += step.delayMs;
            history = step.history;
            // The slowest way to use up the deadline: half-second refusals for rate, and every other repeat.
            expect(count).toBeLessThan(DEFAULT_LIMITS.throttleDeadlineMs / 500 + 20);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** The documented sample with one value, anywhere in it, replaced by any JSON. */
const damaged = fc
  .tuple(fc.jsonValue(), fc.nat(), fc.boolean())
  .map(([value, pick, whole]) => (whole ? value : replaceOne(sampleSummary(), pick, value)));

function replaceOne(body: unknown, pick: number, value: unknown): unknown {
  const places: ((root: unknown) => void)[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node)) {
      places.push(() => Reflect.set(node, key, value));
      walk(Reflect.get(node, key));
    }
  };
  walk(body);
  places[pick % places.length]?.(body);
  return body;
}

describe("decoding", () => {
  it("throws nothing but ApiResponseError, and what it lets through can be written back", () => {
    fc.assert(
      fc.property(damaged, (body) => {
        decodeRefusal(body);
        try {
          decodeReceipt(body, FACTS);
          const campaign = decodeSummary(body, FACTS);
          expect(campaign.campaignId).toBe(CAMPAIGN_ID);
          expect(canonicalBinding(campaign.audience)).toEqual(campaign.audience);
          expect(campaign.authoringStatus).not.toBe("");
        } catch (error) {
          if (!(error instanceof ApiResponseError)) throw error;
          expect(error.message).not.toMatch(/\p{Cc}/u);
          expect(error.message.length).toBeLessThan(2_000);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads back what was encoded, under either spelling", () => {
    const ref = fc.record({
      audienceId: fc.uuid(),
      type: fc.constantFrom("audience" as const, "segment" as const),
    });
    const list = fc.uniqueArray(ref, { maxLength: 25, selector: (each) => each.audienceId });
    fc.assert(
      fc.property(list, list, (include, exclude) => {
        const sent = JSON.parse(encodeBinding({ include, exclude }));
        const renamed = (refs: { audienceId: string; type: string }[]) =>
          refs.map(({ audienceId, type }) => ({ id: audienceId.toUpperCase(), type }));
        const asWritten = sampleSummary({ audience: { included: undefined, excluded: undefined, ...sent } });
        const asRead = sampleSummary({
          audience: { included: renamed(sent.include).reverse(), excluded: renamed(sent.exclude) },
        });
        const expected = canonicalBinding({ include, exclude });
        expect(decodeSummary(asWritten, FACTS).audience).toEqual(expected);
        expect(decodeSummary(asRead, FACTS).audience).toEqual(expected);
      }),
    );
  });
});
