import { NO_NAMES } from "../../catalogue/names.ts";
import { hasErrors } from "../../domain/diagnostics.ts";
import type { Diagnostic, Report } from "../../domain/model.ts";
import { wholeScope } from "../../domain/scope.ts";
import { specsToRevert } from "../../plan/revert.ts";
import { type DeclareOptions, knownBy, type readProject, type ValidDeclarations } from "../declare.ts";
import { readNames } from "../read-names.ts";
import { readRules } from "../rules/read-rules.ts";

/** What a project says that no campaign file is needed for, or every mistake in it. */
export type RevertGround =
  | { readonly kind: "valid"; declaredBy(report: Report): ValidDeclarations }
  | { readonly kind: "invalid"; readonly diagnostics: readonly Diagnostic[] };

/**
 * What is needed to put back what an apply changed: the rules of the project, and names for people. No campaign file is
 * read, and a catalogue with a mistake only leaves audiences without their names, unless a rule uses one.
 */
export function readRevertGround(
  read: ReturnType<typeof readProject>,
  options: Pick<DeclareOptions, "cwd" | "environment" | "secrets">,
): RevertGround {
  const { project, projectAbove, place } = read;
  const { guardrails, diagnostics: ofRules } = readRules(read, options);
  const diagnostics = [...read.diagnostics, ...ofRules];
  if (hasErrors(diagnostics)) return { kind: "invalid", diagnostics };
  const names = readNames(place, project, options).names ?? NO_NAMES;
  return {
    kind: "valid",
    declaredBy(report) {
      const specs = specsToRevert(report);
      return {
        ...{ kind: "valid", files: 0, campaigns: specs.length, leftOut: 0, project, projectAbove },
        ...{ specs, scope: wholeScope(specs.length), causes: new Map(), names, guardrails, diagnostics: [] },
        choice: { environment: options.environment, needsEnvironment: true },
        known: knownBy(names),
      };
    },
  };
}
