import type { AudienceChoice } from "../../declarations/look-up-words.ts";
import type { Project } from "../../declarations/project.ts";
import { resolveRules } from "../../declarations/rules/resolve-rules.ts";
import { namesAnAudience } from "../../declarations/rules/written-rules.ts";
import type { Diagnostic } from "../../domain/model.ts";
import { type Guardrails, NO_GUARDRAILS } from "../../guardrails/guardrails.ts";
import type { DeclareOptions, readProject } from "../declare.ts";
import { NAMES_UNKNOWN, readNames } from "../read-names.ts";

/** The rules of a project, the names that they use, and every mistake in them. */
export type RulesRead = {
  readonly guardrails: Guardrails;
  readonly usedNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
};

/** The rules of a project with what names stand for. */
export function rulesOf(project: Project | null, choice: AudienceChoice): RulesRead {
  if (project === null || project.rules === null) {
    return { guardrails: NO_GUARDRAILS, usedNames: new Set(), diagnostics: [] };
  }
  return resolveRules(project.rules, choice);
}

/**
 * The rules as they stand now, for a plan that is at hand already. The catalogue is read only where a rule uses a name:
 * a saved plan needs no other file of the project.
 */
export function readRules(
  { project, place }: Pick<ReturnType<typeof readProject>, "project" | "place">,
  options: Pick<DeclareOptions, "cwd" | "environment" | "secrets">,
): RulesRead {
  const usesNames = project !== null && project.rules !== null && namesAnAudience(project.rules);
  const named = usesNames ? readNames(place, project, options) : NAMES_UNKNOWN;
  const read = rulesOf(project, { names: named.names, environment: options.environment, needsIds: true });
  return { ...read, diagnostics: [...named.diagnostics, ...read.diagnostics] };
}
