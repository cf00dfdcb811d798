import { posix } from "node:path";
import type { Diagnostic } from "../../domain/model.ts";
import { escapeText } from "../../text/invisible.ts";

/** One annotation of a file, as GitHub shows it beside the line. */
type Annotation = {
  readonly level: "error" | "warning";
  /** From the root of the repository; null for what belongs to no file in it. */
  readonly file: string | null;
  /** Both from 1; null together with `file`, or for the whole file. */
  readonly line: number | null;
  readonly column: number | null;
  /** One line. */
  readonly title: string;
  readonly message: string;
};

/**
 * GitHub keeps 10 errors and 10 warnings of a step and drops the rest in silence (Checks API, annotations). One of each
 * is left for what the run itself has to say.
 */
const MOST_OF_A_LEVEL = 9;

/** A path from the root of the repository; null for one outside of it. */
export function repositoryPath(workingDirectory: string, file: string): string | null {
  const path = posix.join(workingDirectory, file);
  return posix.isAbsolute(file) || /^\.\.(?:\/|$)/.test(path) ? null : path;
}

/**
 * The diagnostics that GitHub has room for: errors before warnings, of each those in changed files first, and a last
 * one that says how many are left out.
 *
 * @param changedFiles from the root of the repository; null when nobody knows.
 * @param workingDirectory what the files of the diagnostics are relative to, itself from the root of the repository.
 */
export function chooseAnnotations(
  diagnostics: readonly Diagnostic[],
  changedFiles: ReadonlySet<string> | null,
  workingDirectory = ".",
): readonly Annotation[] {
  const all = diagnostics.map((diagnostic) => annotationOf(diagnostic, workingDirectory));
  const isElsewhere = ({ file }: Annotation): number => (file !== null && changedFiles?.has(file) ? 0 : 1);
  const sorted = all.toSorted((a, b) => isElsewhere(a) - isElsewhere(b));
  return (["error", "warning"] as const).flatMap((level) =>
    cut(
      sorted.filter((annotation) => annotation.level === level),
      level,
    ),
  );
}

function cut(annotations: readonly Annotation[], level: Annotation["level"]): readonly Annotation[] {
  if (annotations.length <= MOST_OF_A_LEVEL) return annotations;
  const shown = annotations.slice(0, MOST_OF_A_LEVEL - 1);
  const left = annotations.length - shown.length;
  return [
    ...shown,
    {
      level,
      file: null,
      line: null,
      column: null,
      title: `and ${left} more ${level}s`,
      message: "GitHub shows only a few of a step. The log and the job summary have them all.",
    },
  ];
}

function annotationOf(diagnostic: Diagnostic, workingDirectory: string): Annotation {
  const { severity, summary, code, detail, range } = diagnostic;
  const file = diagnostic.file === null ? null : repositoryPath(workingDirectory, diagnostic.file);
  // An annotation can only be of a file in the repository; of another one the text has to say the name.
  const place = file === null && diagnostic.file !== null ? `${diagnostic.file}: ` : "";
  const position = file === null ? null : (range?.start ?? null);
  return {
    level: severity,
    file,
    line: position?.line ?? null,
    column: position?.column ?? null,
    title: escapeText(`${summary} [${code}]`),
    message: `${place}${detail}`.split(/\r?\n/).map(escapeText).join("\n"),
  };
}
