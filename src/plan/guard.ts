import { sameBinding } from "../domain/binding.ts";
import type { AudienceBinding } from "../domain/model.ts";

/**
 * Decides whether a write is safe, by comparing whole sets and nothing else. `as-planned`: live still is `before`, so
 * an audience that somebody added or removed is noticed. The plan's operations say the same, but have no part in it.
 */
export function testGuard(
  live: AudienceBinding,
  planned: { readonly before: AudienceBinding; readonly after: AudienceBinding },
): "as-planned" | "already-there" | "moved" {
  if (sameBinding(live, planned.after)) return "already-there";
  return sameBinding(live, planned.before) ? "as-planned" : "moved";
}
