import type { Diagnostic } from "../domain/model.ts";
import { quantity } from "../text/figures.ts";

/** How many mistakes there are: `2 errors, 1 warning.` */
export function diagnosticCounts(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return `${quantity(errors, "error")}, ${quantity(diagnostics.length - errors, "warning")}.`;
}

/** `file:line:column`, or as much of it as is known; empty when nothing is. */
export function diagnosticPlace({ file, range }: Diagnostic): string {
  const position = range === null ? "" : `${range.start.line}:${range.start.column}`;
  return [file ?? "", position].filter((part) => part !== "").join(":");
}
