import { compare } from "./compare.ts";
import type { AudienceBinding, AudienceRef } from "./model.ts";

/**
 * The one form in which bindings are compared, printed and written: ids in lower case, both lists sorted by id,
 * a repeated entry once. The API compares ids without promising a case or an order (API sheet, 18: 11 and 12).
 */
export function canonicalBinding(binding: AudienceBinding): AudienceBinding {
  return { include: canonicalList(binding.include), exclude: canonicalList(binding.exclude) };
}

function canonicalList(list: readonly AudienceRef[]): readonly AudienceRef[] {
  const byId = new Map<string, AudienceRef>();
  for (const { audienceId, type } of list) {
    const id = audienceId.toLowerCase();
    byId.set(id, { audienceId: id, type });
  }
  return [...byId.values()].sort((a, b) => compare(a.audienceId, b.audienceId));
}

/** Whether a binding is in that form. */
export function isCanonical(binding: AudienceBinding): boolean {
  return sameBinding(binding, canonicalBinding(binding));
}

/** Whether two bindings in canonical form name the same audiences with the same types. */
export function sameBinding(a: AudienceBinding, b: AudienceBinding): boolean {
  return sameList(a.include, b.include) && sameList(a.exclude, b.exclude);
}

function sameList(a: readonly AudienceRef[], b: readonly AudienceRef[]): boolean {
  return (
    a.length === b.length &&
    a.every((ref, index) => ref.audienceId === b[index]?.audienceId && ref.type === b[index]?.type)
  );
}
