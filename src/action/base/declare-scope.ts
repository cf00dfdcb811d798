import { declareChanged } from "../../commands/changed/declare-changed.ts";
import { type Declarations, type DeclareOptions, readDeclarations } from "../../commands/declare.ts";
import { wholeScope } from "../../domain/scope.ts";
import { GitHubError } from "../../github/run/github-error.ts";
import { type ActionRun, isToBeMerged } from "../run.ts";
import { annotateMistakes, declareOptions } from "../validate.ts";
import { openBaseOf } from "./open-base.ts";

/** What the files declare, and what a reader should know of how it was chosen. */
export type ScopedDeclarations = { readonly declared: Declarations; readonly notices: readonly string[] };

/** Campaigns to look at whether they changed or not. */
type Also = Pick<ReadonlySet<string>, "has">;

/**
 * Reads the files, and looks at those campaigns alone that came in since the base of the run. Where nobody can tell what
 * did, all of them are looked at, and a notice says why: never fewer. Every mistake is annotated at its line.
 */
export async function declareInScope(run: ActionRun, also: Also): Promise<ScopedDeclarations> {
  const { declared, why } = await comparedWithBase(run, also);
  if (why === null) return { declared, notices: [] };
  return {
    declared,
    notices: [
      `Every declared campaign was looked at, since nobody can tell which have changed: ${sentence(why)}`,
    ],
  };
}

/** Reads the files and looks at all that they declare; the base of the run says what of it came in. */
export async function declareAll(run: ActionRun): Promise<ScopedDeclarations> {
  const { declared, why } = await comparedWithBase(run, { has: () => true });
  const notices =
    why === null ? [] : [`Nobody can tell this pull request's changes from drift: ${sentence(why)}`];
  if (declared.kind === "invalid") return { declared, notices };
  return { declared: { ...declared, scope: wholeScope(declared.specs.length) }, notices };
}

/** What is declared beside what the base declared; all of it, and why, where there is no base to be had. */
type Compared = { readonly declared: Declarations; readonly why: string | null };

async function comparedWithBase(run: ActionRun, also: Also): Promise<Compared> {
  const compared = await compare(run, declareOptions(run), also);
  await annotateMistakes(run, compared.declared);
  return compared;
}

async function compare(run: ActionRun, options: DeclareOptions, also: Also): Promise<Compared> {
  const opened = await openBaseOf(run, options);
  if ("why" in opened) return everything(run, options, opened.why);
  try {
    return { declared: await declareChanged(options, opened.base, { also }), why: null };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return everything(run, options, error.message);
  }
}

function everything(run: ActionRun, options: DeclareOptions, why: string): Compared {
  const declared = readDeclarations(options);
  if (declared.kind === "invalid" || !isToBeMerged(run)) return { declared, why };
  return { declared: { ...declared, baseRules: { since: null, rules: null, why } }, why };
}

function sentence(why: string): string {
  return why.endsWith(".") ? why : `${why}.`;
}
