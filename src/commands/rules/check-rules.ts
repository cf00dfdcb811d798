import { makeDiagnostic, sortDiagnostics } from "../../domain/diagnostics.ts";
import type { Diagnostic, Finding } from "../../domain/model.ts";
import { NOTHING_ALLOWED } from "../../guardrails/allowed.ts";
import { judgeFiles } from "../../guardrails/judge-files.ts";
import { stops } from "../../guardrails/stops.ts";
import { ruleWarnings } from "../../guardrails/with-findings.ts";
import type { ValidDeclarations } from "../declare.ts";

/** What the rules of a project say of its files, as far as that can be known without asking the API. */
export type RulesChecked = {
  readonly findings: readonly Finding[];
  /** Rules that are surely broken, each as a warning at its campaign. */
  readonly broken: readonly Diagnostic[];
  /** Rules and waivers that say nothing. */
  readonly warnings: readonly Diagnostic[];
};

/** @param now milliseconds since the epoch: waivers end. */
export function checkRules(declared: ValidDeclarations, now: number): RulesChecked {
  const { specs, guardrails, project, campaigns, leftOut } = declared;
  const unknownExcludes = project?.unknownExcludes ?? "remove";
  const ruling = judgeFiles({ guardrails, allowed: NOTHING_ALLOWED }, { specs, unknownExcludes, now });
  return {
    findings: ruling.findings,
    broken: sortDiagnostics(ruling.findings.filter(stops).map(warningOf)),
    // Without an environment some campaigns are not known, so nobody can say that there is none.
    warnings: ruleWarnings(specs.length < campaigns - leftOut ? { ...ruling, idle: [] } : ruling),
  };
}

function warningOf({ rule, message, source }: Finding): Diagnostic {
  const start = source === null ? null : { line: source.line, column: source.column };
  return makeDiagnostic("rule-broken", {
    detail: `${rule}: ${message} While the campaign is draft, a plan or apply that looks at it refuses everything (exit code 6). Mend it, or see docs/guardrails.md for who may let it pass.`,
    file: source?.file ?? null,
    range: start === null ? null : { start, end: start },
  });
}
