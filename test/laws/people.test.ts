import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AudienceBinding, AudienceFacts, AudienceRef, Bounds } from "../../src/domain/model.ts";
import { boundsOf } from "../../src/people/bounds.ts";
import { changeBounds } from "../../src/people/change-bounds.ts";
import { shownBounds } from "../../src/people/privacy.ts";
import { sampleReach, sampleUpdate } from "../support/samples/plan.ts";

const AUDIENCES: readonly AudienceRef[] = Array.from({ length: 8 }, (_, index) => ({
  audienceId: `a1b2c3d4-0000-0000-0000-00000000000${index}`,
  type: index % 2 === 0 ? "audience" : "segment",
}));

/** How many people there are in all. */
const PEOPLE = 24;

const anybody = fc.integer({ min: 0, max: 2 ** PEOPLE - 1 });

/** Who is in each audience, as a bit for each person, and whom the platform leaves out of what it counts. */
const population = fc.record({
  members: fc.array(anybody, { minLength: 8, maxLength: 8 }),
  leftOut: fc.oneof(fc.constant(0), anybody),
});

type Population = { readonly members: readonly number[]; readonly leftOut: number };

const list = fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 4 });
const binding = fc.tuple(list, list).map(([include, exclude]) => ({
  include: include.map((index) => AUDIENCES[index] as AudienceRef),
  exclude: exclude
    .filter((index) => !include.includes(index))
    .map((index) => AUDIENCES[index] as AudienceRef),
}));

const people = (bits: number): number => bits.toString(2).replaceAll("0", "").length;

const membersOf = ({ members }: Population, { audienceId }: AudienceRef): number =>
  members[AUDIENCES.findIndex((audience) => audience.audienceId === audienceId)] ?? 0;

function reached(world: Population, { include, exclude }: AudienceBinding): number {
  const union = (refs: readonly AudienceRef[]): number =>
    refs.reduce((bits, ref) => bits | membersOf(world, ref), 0);
  return people(union(include) & ~union(exclude) & ~world.leftOut);
}

function sizes(world: Population): Readonly<Record<string, AudienceFacts>> {
  return Object.fromEntries(
    AUDIENCES.map((ref) => [
      ref.audienceId,
      {
        ...{ name: null, type: ref.type, nameFrom: null, owner: null, description: null, groups: [] },
        size: { count: people(membersOf(world, ref)), isExact: true, at: null },
      },
    ]),
  );
}

function update(world: Population, before: AudienceBinding, after: AudienceBinding) {
  const reach = sampleReach({ evaluatedCount: reached(world, before) });
  return sampleUpdate(1, { before, after, reach });
}

function holds({ min, max }: Bounds, count: number): void {
  expect(count).toBeGreaterThanOrEqual(min ?? 0);
  expect(count).toBeLessThanOrEqual(max ?? PEOPLE);
}

describe("what reach can be after a change", () => {
  test("is within the bounds, whoever is in which audience and whomever the platform leaves out", () => {
    fc.assert(
      fc.property(population, binding, binding, (world, before, after) => {
        const bounds = changeBounds(update(world, before, after), sizes(world));
        expect([bounds.min, bounds.max]).not.toContain(null);
        holds(bounds, reached(world, after));
      }),
      { numRuns: 2_000 },
    );
  });

  test("is within the bounds that others may read, too, which never are closer", () => {
    fc.assert(
      fc.property(
        population,
        binding,
        binding,
        fc.integer({ min: 0, max: 12 }),
        (world, before, after, min) => {
          const change = update(world, before, after);
          const shown = shownBounds(change, sizes(world), min);
          holds(shown, reached(world, after));
          const whole = changeBounds(change, sizes(world));
          expect(shown.min ?? 0).toBeLessThanOrEqual(whole.min ?? Number.NaN);
          expect(shown.max).toBeGreaterThanOrEqual(whole.max ?? Number.NaN);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("that others may read does not depend on how small a small count is", () => {
    fc.assert(
      fc.property(binding, binding, sizesAndTwins(), (before, after, { counts, twins, count, twin }) => {
        const shown = (of: readonly number[], reach: number) =>
          shownBounds(
            sampleUpdate(1, { before, after, reach: sampleReach({ evaluatedCount: reach }) }),
            Object.fromEntries(
              AUDIENCES.map((ref, index) => [ref.audienceId, factsWith(ref, of[index] ?? 0)]),
            ),
            20,
          );
        expect(shown(counts, count)).toEqual(shown(twins, twin));
      }),
      { numRuns: 2_000 },
    );
  });

  test("has no bound into which a size would go that is not known", () => {
    fc.assert(
      fc.property(binding, binding, fc.integer({ min: 0, max: 7 }), (before, after, unknown) => {
        const hidden = AUDIENCES[unknown] as AudienceRef;
        const sizeOf = (ref: AudienceRef): number | null => (ref === hidden ? null : 500);
        const { min, max } = boundsOf({ before, after, count: 100 }, sizeOf);
        const isIn = (refs: readonly AudienceRef[]): boolean => refs.includes(hidden);
        const mayGain =
          (isIn(after.include) && !isIn(before.include)) || (isIn(before.exclude) && !isIn(after.exclude));
        const mayLose =
          (isIn(before.include) && !isIn(after.include)) || (isIn(after.exclude) && !isIn(before.exclude));
        expect(max === null).toBe(mayGain && isIn(after.include));
        if (mayLose) expect(min).toBeNull();
        else if (after.include.length > 0) expect(min).not.toBeNull();
      }),
    );
  });
});

/** Counts, and others that differ from them only where both are small. */
function sizesAndTwins() {
  const count = fc.oneof(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 20, max: 60 }));
  const small = fc.integer({ min: 0, max: 19 });
  const pair = fc.tuple(count, small).map(([one, other]) => (one < 20 ? [one, other] : [one, one]));
  return fc.tuple(fc.array(pair, { minLength: 8, maxLength: 8 }), pair).map(([pairs, [one, other]]) => ({
    counts: pairs.map(([size]) => size ?? 0),
    twins: pairs.map(([, size]) => size ?? 0),
    count: one ?? 0,
    twin: other ?? 0,
  }));
}

function factsWith({ type }: AudienceRef, count: number): AudienceFacts {
  const size = { count, isExact: true, at: null };
  return { name: null, type, nameFrom: null, owner: null, description: null, groups: [], size };
}
