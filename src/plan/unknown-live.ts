import type { KnownAudiences } from "../domain/declared.ts";
import { makeDiagnostic } from "../domain/diagnostics.ts";
import type { Change, Diagnostic } from "../domain/model.ts";
import { quantity } from "../text/figures.ts";

const MOST_SHOWN = 10;

/**
 * One warning of all audiences that are bound live and have no name in the catalogue: whoever reads the plan sees only
 * their ids.
 *
 * @param known null where there is no catalogue, and so nothing to tell.
 */
export function unknownLive(
  changes: readonly Pick<Change, "before" | "source">[],
  known: KnownAudiences | null,
): readonly Diagnostic[] {
  if (known === null) return [];
  const found = new Map<string, string>();
  for (const { before, source } of changes) {
    for (const { audienceId } of [...(before?.include ?? []), ...(before?.exclude ?? [])]) {
      if (!found.has(audienceId) && known.get(audienceId) === undefined) found.set(audienceId, source.file);
    }
  }
  if (found.size === 0) return [];
  const shown = [...found].slice(0, MOST_SHOWN).map(([id, file]) => `${id} (campaign of ${file})`);
  const more = found.size > MOST_SHOWN ? `, and ${found.size - MOST_SHOWN} more` : "";
  const detail = `The catalogue has no name for ${quantity(found.size, "audience")} bound live: ${shown.join(", ")}${more}. Add a name, so that everybody sees who that is.`;
  return [makeDiagnostic("unknown-live-audience", { detail, file: null })];
}
