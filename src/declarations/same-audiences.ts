import { makeDiagnostic } from "../domain/diagnostics.ts";
import { groupBy } from "../domain/group-by.ts";
import type { CampaignSpec, Diagnostic } from "../domain/model.ts";
import { quoteWhole } from "../text/quote.ts";

/**
 * Campaigns with the same value of a label that include and exclude the very same audiences: one is likely a copy whose
 * audiences were forgotten. Told once, at the later file.
 *
 * @param labels keys of labels within which no two campaigns are to be the same.
 */
export function sameAudiences(
  specs: readonly CampaignSpec[],
  labels: readonly string[],
): readonly Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  for (const key of labels) {
    const labelled = specs.filter((spec) => Object.hasOwn(spec.labels, key));
    const groups = groupBy(labelled, (spec) => JSON.stringify([spec.labels[key], spec.audience]));
    for (const [first, ...others] of groups.values()) {
      for (const other of others) {
        if (!told.has(other.source.file)) told.set(other.source.file, sameAs(first, other, key));
      }
    }
  }
  return [...told.values()];
}

function sameAs({ source: first }: CampaignSpec, { source, labels }: CampaignSpec, key: string): Diagnostic {
  const start = { line: source.line, column: source.column };
  const label = `${quoteWhole(key)} ${quoteWhole(labels[key] ?? "")}`;
  return makeDiagnostic("same-audiences", {
    detail: `It includes and excludes the same audiences as ${first.file}, which has the same label ${label}, so both reach the same people. The project file asks for others with distinctAudiences. Change the audiences of one, or its label.`,
    file: source.file,
    range: { start, end: start },
  });
}
