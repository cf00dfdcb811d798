import type { Names } from "../../catalogue/names.ts";
import { namesAnAudience } from "../../declarations/rules/written-rules.ts";
import { hasErrors } from "../../domain/diagnostics.ts";
import type { Labels } from "../../guardrails/changes/compare-labels.ts";
import type { BaseRules } from "../../guardrails/changes/rule-changes.ts";
import type { BaseProject } from "../changed/base-project.ts";
import { rulesOf } from "./read-rules.ts";

/** What else is known of a base. */
type AboutBase = {
  /** Its full id. */
  readonly commit: string;
  readonly environment: string | null;
  readonly labels: ReadonlyMap<string, Labels>;
  /** How people call a file of it. */
  readonly nameOf: (path: string) => string;
};

/** The rules of a base, by what names stood for there: null names are a catalogue that cannot be read. */
export function rulesInBase(
  then: BaseProject,
  names: Names | null,
  { commit, environment, labels, nameOf }: AboutBase,
): BaseRules {
  const unknown = (why: string): BaseRules => ({ since: commit, rules: null, why });
  const { project, path, missing } = then;
  if (missing !== null) return unknown(`it has no ${nameOf(missing)}`);
  if (!then.isReadable) return unknown(`its ${nameOf(path ?? then.folder)} has mistakes`);
  const isNaming = project !== null && project.rules !== null && namesAnAudience(project.rules);
  if (isNaming && names === null) return unknown(`its ${nameOf(then.catalogue)} has mistakes`);
  const { guardrails, diagnostics } = rulesOf(project, { names, environment, needsIds: true });
  if (hasErrors(diagnostics)) {
    return unknown(`its rules name audiences for which its ${nameOf(then.catalogue)} has no id`);
  }
  const unknownExcludes = project?.unknownExcludes ?? "remove";
  return { since: commit, rules: { guardrails, unknownExcludes }, labels };
}
