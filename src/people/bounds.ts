import type { AudienceBinding, AudienceRef, Bounds } from "../domain/model.ts";

/** People in an audience, exactly; null where that is not known. */
export type ExactSize = (ref: AudienceRef) => number | null;

/** Which audiences take the place of which, and how many people the old ones reached; null where nobody knows. */
export type Replacement = {
  readonly before: AudienceBinding;
  readonly after: AudienceBinding;
  readonly count: number | null;
};

/** Nothing is known. */
export const NO_BOUNDS: Bounds = { min: null, max: null };

/**
 * What reach can be after a change. Whoever is reached anew is in an added include or in a removed exclude; whoever is no
 * longer reached is in a removed include or in an added exclude; and all who are reached are in some include. So each of
 * these sums is a bound, however much the audiences overlap, and whether or not the platform leaves people out of what it
 * counts (consent, opt-outs): the sizes count all of them.
 */
export function boundsOf(replacement: Replacement, sizeOf: ExactSize): Bounds {
  const { before, after, count } = replacement;
  const known = unlessRetyped(replacement, sizeOf);
  const included = total(after.include, known);
  if (count === null) return { min: null, max: included };
  const gained = total(
    [...less(after.include, before.include), ...less(before.exclude, after.exclude)],
    known,
  );
  const lost = total([...less(before.include, after.include), ...less(after.exclude, before.exclude)], known);
  const min = lost === null ? null : Math.max(0, count - lost);
  const max = leastOf(gained === null ? null : count + gained, included);
  // Then the old count is of people who are no longer there.
  return min !== null && max !== null && min > max ? { min: null, max: included } : { min, max };
}

/** One id with two types: nobody can tell which of the two a size is of. */
function unlessRetyped({ before, after }: Replacement, sizeOf: ExactSize): ExactSize {
  const types = new Map<string, string>();
  const retyped = new Set<string>();
  for (const { audienceId, type } of [before, after].flatMap(({ include, exclude }) => [
    ...include,
    ...exclude,
  ])) {
    if ((types.get(audienceId) ?? type) !== type) retyped.add(audienceId);
    types.set(audienceId, type);
  }
  return (ref) => (retyped.has(ref.audienceId) ? null : sizeOf(ref));
}

/** What is in one list and not in the other; another type makes another audience. */
function less(list: readonly AudienceRef[], other: readonly AudienceRef[]): readonly AudienceRef[] {
  return list.filter(
    ({ audienceId, type }) => !other.some((there) => there.audienceId === audienceId && there.type === type),
  );
}

/** People in all of these together, at most; null where one is not known. Each counts once. */
function total(refs: readonly AudienceRef[], sizeOf: ExactSize): number | null {
  let sum = 0;
  for (const ref of new Map(refs.map((each) => [each.audienceId, each])).values()) {
    const size = sizeOf(ref);
    if (size === null) return null;
    sum += size;
  }
  return sum;
}

function leastOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
