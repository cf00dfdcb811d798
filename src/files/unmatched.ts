import type { CampaignPattern } from "../declarations/path-pattern.ts";
import { makeDiagnostic } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";
import { quoteWhole } from "../text/quote.ts";
import { withDetail } from "../yaml/source-text.ts";

/** What a pattern matches, by absolute paths. `isTold`: why it matches nothing is told already. */
export type Match = {
  readonly pattern: CampaignPattern;
  readonly paths: readonly string[];
  readonly isTold: boolean;
};

type Kept = Match & { readonly left: readonly string[] };

/**
 * Tells the patterns that no file comes of: as one error where the command line names them, or where there is no file at
 * all; else each as a warning at its place.
 *
 * @param matches of each, `left` is what no pattern with `!` leaves out.
 * @param negated the patterns with `!`.
 */
export function explainUnmatched(
  matches: readonly Kept[],
  negated: readonly CampaignPattern[],
  files: number,
  { origin, folder, cwd }: { readonly origin: string; readonly folder: string; readonly cwd: string },
): readonly Diagnostic[] {
  const unmatched = matches.filter(({ left, isTold }) => left.length === 0 && !isTold);
  if (origin === "project-file" && files > 0) return unmatched.map(warningOf);
  if (matches.length === 0) return [nothingFound(negated[0], negated.length > 0 ? ONLY_NEGATED : NONE)];
  if (unmatched.length === 0) return [];
  const where = folder === cwd ? "" : ` below ${folder}`;
  const why = unmatched.some(({ paths }) => paths.length > 0) ? ` ${LEFT_OUT}` : "";
  const named = unmatched.map(({ pattern }) => quoteWhole(pattern.text)).join(", ");
  return [nothingFound(unmatched[0]?.pattern, `Nothing${where} matches ${named}.${why} ${WHAT_ENDS}`)];
}

function nothingFound(pattern: CampaignPattern | undefined, detail: string): Diagnostic {
  const { file = null, range = null, excerpt = null } = pattern?.place ?? {};
  return makeDiagnostic("no-files", { detail, file, range, excerpt });
}

const WHAT_ENDS = "Campaign files end in .yaml or .yml; name a file, a folder or a pattern.";
const NONE = `No path or pattern names a file. ${WHAT_ENDS}`;
const ONLY_NEGATED = "Only patterns with ! stand here. Add one that names files.";
const LEFT_OUT = 'A pattern with "!" leaves out what was there.';

function warningOf({ pattern, paths }: Kept): Diagnostic {
  const text = quoteWhole(pattern.text);
  return warningAt(
    pattern,
    paths.length === 0
      ? `No file matches ${text}, so nothing is read for it. Check the spelling, or delete it.`
      : `Every file that ${text} matches is left out by a pattern with "!", whatever their order. Delete one of the two.`,
  );
}

/** Tells a pattern with `!` that leaves no file out, though it was meant to; on the command line that is an error too. */
export function explainIdle(pattern: CampaignPattern, origin: string): Diagnostic {
  const text = quoteWhole(pattern.text);
  const detail = `${text} leaves nothing out: no file that another pattern matches is below it. Check the spelling, or delete it.`;
  return origin === "arguments"
    ? makeDiagnostic("no-files", { detail, file: null })
    : warningAt(pattern, detail);
}

/** That nothing has a name that was written out. */
export function explainNotFound(place: Diagnostic | null): string {
  const start = place?.range?.start;
  return start === undefined
    ? "Nothing has this name. Check the spelling, and the folder you are in."
    : `Nothing has this name, which stands in ${place?.file}:${start.line}:${start.column}. Check the spelling there.`;
}

function warningAt({ place }: CampaignPattern, detail: string): Diagnostic {
  return place === null
    ? makeDiagnostic("pattern-matches-nothing", { detail, file: null })
    : withDetail(place, detail);
}
