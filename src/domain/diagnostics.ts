import { compare } from "./compare.ts";
import type { Diagnostic, Excerpt, SourceRange, Warning } from "./model.ts";

/** The closed list of codes. A summary is fixed text: it names nothing from a file; the detail does. */
const SUMMARIES = {
  // Finding and reading files
  "no-files": "No campaign file was found",
  "pattern-matches-nothing": "The pattern changes nothing",
  "not-a-campaign": "The file is left out: it is no campaign",
  "path-not-found": "There is no such file or folder",
  "path-outside-project": "The project file names a path outside of its folder",
  "not-a-regular-file": "This is not a regular file",
  "symlink-refused": "The symbolic link is not followed",
  "file-unreadable": "The file could not be read",
  "file-too-large": "The file is too large",
  "invalid-encoding": "The file is not UTF-8 text",
  // YAML
  "control-character": "A character that cannot be seen is not allowed",
  "merge-conflict": "The file holds a merge conflict",
  "template-not-filled": "The file is a template that was not filled in",
  "yaml-syntax": "This is not valid YAML",
  "nesting-too-deep": "The nesting is too deep",
  "several-documents": "The file holds more than one document",
  "anchor-not-allowed": "Anchors are not allowed",
  "alias-not-allowed": "Aliases are not allowed",
  "merge-key-not-allowed": "Merge keys are not allowed",
  "tag-not-allowed": "Tags are not allowed",
  "directive-not-allowed": "Directives are not allowed",
  "empty-file": "The file is empty",
  "duplicate-key": "The key is there twice",
  "key-not-text": "The key is not text",
  "number-too-large": "The number is too large to be exact",
  // Content
  "unknown-key": "The key is not known",
  "missing-key": "A key is missing",
  "wrong-type": "The value is of the wrong kind",
  "quote-needed": "Text that looks like something else needs quotes",
  "invalid-value": "The value is not allowed",
  "invalid-id": "The id is not a UUID",
  "empty-include": "No audience is included",
  "too-many-entries": "The list has too many entries",
  "repeated-audience": "The audience is named twice",
  "repeated-campaign": "Two files declare the same campaign",
  "unknown-name": "The catalogue has no such name",
  "repeated-name": "The name stands for two things",
  "group-cycle": "The group is in itself",
  "two-names": "Two names stand for one audience",
  "type-differs": "The audience has two types",
  "audience-without-id": "The audience has no id for the chosen environment",
  "environment-required": "There is an id for each environment, and none was chosen",
  "environment-missing": "The campaign has no id for the chosen environment",
  "environment-unknown": "No file declares the chosen environment",
  "without-owner": "Nobody answers for it",
  "unused-name": "Nobody uses the name",
  "same-audiences": "Two campaigns of one label have the same audiences",
  "rule-broken": "A rule of the project is broken",
  "rule-matches-nothing": "Rules are for no declared campaign",
  "unused-waiver": "The waiver lets nothing pass",
  "more-errors": "There are more errors in this file",
  // What was declared before
  "no-longer-declared": "No file declares the campaign any more",
  // Live campaigns
  "unknown-live-audience": "Audiences that are bound live have no name in the catalogue",
  "repeated-live-audience": "The live campaign names an audience more than once",
  "sends-collide": "Drafts that are sent within a day include the same audience",
  "locked-soon": "What is to be changed is sent within a day",
} as const;

/** A stable kebab-case code; each has a section in `docs/diagnostics.md`. */
export type DiagnosticCode = keyof typeof SUMMARIES;

/** Every code, in the order of the documentation. */
export const DIAGNOSTIC_CODES = Object.keys(SUMMARIES) as readonly DiagnosticCode[];

const WARNINGS: ReadonlySet<DiagnosticCode> = new Set([
  "pattern-matches-nothing",
  "not-a-campaign",
  "two-names",
  "type-differs",
  "without-owner",
  "unused-name",
  "same-audiences",
  "rule-broken",
  "rule-matches-nothing",
  "unused-waiver",
  "no-longer-declared",
  "unknown-live-audience",
  "repeated-live-audience",
  "sends-collide",
  "locked-soon",
]);

/** Makes a diagnostic; severity and summary follow from the code. `detail` says what, why and how to mend it. */
export function makeDiagnostic(
  code: DiagnosticCode,
  facts: {
    readonly detail: string;
    readonly file: string | null;
    readonly range?: SourceRange | null;
    readonly excerpt?: Excerpt | null;
  },
): Diagnostic {
  return {
    severity: WARNINGS.has(code) ? "warning" : "error",
    code,
    summary: SUMMARIES[code],
    detail: facts.detail,
    file: facts.file,
    range: facts.range ?? null,
    excerpt: facts.excerpt ?? null,
  };
}

/**
 * A sorted copy: by file, position, code. What belongs to no file comes first; what belongs to a file but to no place
 * in it comes after the rest of that file.
 */
export function sortDiagnostics(diagnostics: Iterable<Diagnostic>): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.file ?? "", b.file ?? "") ||
      compare(lineOf(a), lineOf(b)) ||
      compare(columnOf(a), columnOf(b)) ||
      compare(a.code, b.code),
  );
}

function lineOf(diagnostic: Diagnostic): number {
  return diagnostic.range?.start.line ?? Number.POSITIVE_INFINITY;
}

function columnOf(diagnostic: Diagnostic): number {
  return diagnostic.range?.start.column ?? Number.POSITIVE_INFINITY;
}

/** Whether none is an error: with one there is no plan, and the exit code is 3. */
export function areWarnings(diagnostics: readonly Diagnostic[]): diagnostics is readonly Warning[] {
  return diagnostics.every(({ severity }) => severity === "warning");
}

/** Whether any is an error: then there is no plan, and the exit code is 3. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return !areWarnings(diagnostics);
}
