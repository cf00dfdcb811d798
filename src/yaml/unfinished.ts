import type { DiagnosticCode } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";
import { diagnosticAt, type SourceText } from "./source-text.ts";

type Mark = { readonly code: DiagnosticCode; readonly pattern: RegExp; readonly detail: string };

const CONFLICT: Mark = {
  code: "merge-conflict",
  pattern: /^<{7}(?: [^\r\n]*)?(?=\r?$)/gm,
  detail:
    'Git could not merge two versions: one stands from here to the line "=======", the other from there to ">>>>>>>". ' +
    "Keep what is right, and delete the lines with these signs.",
};

const TEMPLATE: Mark = {
  code: "template-not-filled",
  pattern: /^[ \t]*(?:- +)?(?:[\w.-]+:[ \t]+)?\{\{[^{}\r\n]*\}\}[^\r\n]*(?=\r?$)/gm,
  detail:
    "This is the text of a template, in which values are still missing. Fill it in first, for example with helm template, " +
    "and check what comes out. If it is meant as text, put it in quotes.",
};

/** What other tools left in a text for somebody to finish: all that YAML could say of it would mislead. */
export function unfinishedLines(text: SourceText): readonly Diagnostic[] {
  const isConflict = /^>{7}(?: |\r?$)/m.test(text.text);
  const conflicts = isConflict ? linesWith(CONFLICT, text) : [];
  return conflicts.length > 0 ? conflicts : linesWith(TEMPLATE, text);
}

function linesWith({ code, pattern, detail }: Mark, text: SourceText): readonly Diagnostic[] {
  return [...text.text.matchAll(pattern)].map(({ 0: line, index }) => {
    const start = index + line.search(/\S/);
    return diagnosticAt(text, code, [start, index + line.trimEnd().length], detail);
  });
}
