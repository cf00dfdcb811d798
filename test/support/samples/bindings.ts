import fc from "fast-check";
import { canonicalBinding } from "../../../src/domain/binding.ts";
import type { AudienceBinding, AudienceRef, CampaignSpec } from "../../../src/domain/model.ts";

/** A readable audience id: `audienceId(1)` is a1b2c3d4-0000-0000-0000-000000000001. */
export function audienceId(number: number): string {
  return `a1b2c3d4-0000-0000-0000-${String(number).padStart(12, "0")}`;
}

/** A readable campaign id. */
export function campaignId(number: number): string {
  return `c0000000-0000-0000-0000-${String(number).padStart(12, "0")}`;
}

/** Segments by number; a negative one would be no id. */
export function segments(...numbers: readonly number[]): AudienceRef[] {
  return numbers.map((number) => ({ audienceId: audienceId(number), type: "segment" }));
}

/** `binding([1, 2], [9])` includes segments 1 and 2 and excludes segment 9. */
export function binding(include: readonly number[], exclude: readonly number[] = []): AudienceBinding {
  return { include: segments(...include), exclude: segments(...exclude) };
}

export function spec(id: string, audience: AudienceBinding): CampaignSpec {
  return {
    campaignId: id,
    name: `Declared ${id.slice(-2)}`,
    owner: null,
    labels: {},
    audience,
    source: { file: `campaigns/${id.slice(-2)}.yaml`, line: 2, column: 1 },
  };
}

/** Valid bindings in canonical form, over few ids so that they often meet. */
export const arbitraryBinding: fc.Arbitrary<AudienceBinding> = fc
  .uniqueArray(
    fc.record({
      number: fc.integer({ min: 1, max: 8 }),
      type: fc.constantFrom("audience" as const, "segment" as const),
      list: fc.constantFrom("include" as const, "exclude" as const),
    }),
    { selector: ({ number }) => number, minLength: 1, maxLength: 8 },
  )
  .filter((entries) => entries.some(({ list }) => list === "include"))
  .map((entries) => {
    const of = (wanted: "include" | "exclude") =>
      entries
        .filter(({ list }) => list === wanted)
        .map(({ number, type }) => ({ audienceId: audienceId(number), type }));
    return canonicalBinding({ include: of("include"), exclude: of("exclude") });
  });
