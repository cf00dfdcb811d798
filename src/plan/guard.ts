import jsonPatch, { type Operation as PatchOperation } from "fast-json-patch";
import type { AudienceBinding, Operation } from "../domain.ts";
import { sameBinding } from "./canonical.ts";
import { diffBindings, keyed } from "./diff.ts";

/** What the freshly read live binding is, seen from the plan. */
export type GuardVerdict = "as-planned" | "already-there" | "moved";

/**
 * Tests a plan's operations on the freshly read live binding. `as-planned` means that live still is `before`, in full:
 * the patch begins with a test of both whole lists, so an audience that somebody added is noticed as well.
 */
export function testGuard(
  live: AudienceBinding,
  planned: { readonly before: AudienceBinding; readonly after: AudienceBinding },
): GuardVerdict {
  if (sameBinding(live, planned.after)) return "already-there";
  const { operations } = diffBindings(planned.before, planned.after);
  return patchApplies(live, operations) ? "as-planned" : "moved";
}

function patchApplies(live: AudienceBinding, operations: readonly Operation[]): boolean {
  if (operations.length === 0) return false;
  return jsonPatch.validate(operations as PatchOperation[], keyed(live)) === undefined;
}
