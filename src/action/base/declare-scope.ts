import { declareChanged } from "../../commands/changed/declare-changed.ts";
import { type Declarations, type DeclareOptions, readDeclarations } from "../../commands/declare.ts";
import { GitHubError } from "../../github/run/github-error.ts";
import type { ActionRun } from "../run.ts";
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
  const scoped = await readInScope(run, declareOptions(run), also);
  await annotateMistakes(run, scoped.declared);
  return scoped;
}

async function readInScope(run: ActionRun, options: DeclareOptions, also: Also): Promise<ScopedDeclarations> {
  const opened = await openBaseOf(run, options);
  if ("why" in opened) return everything(options, opened.why);
  try {
    return { declared: await declareChanged(options, opened.base, { also }), notices: [] };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return everything(options, error.message);
  }
}

function everything(options: DeclareOptions, why: string): ScopedDeclarations {
  return {
    declared: readDeclarations(options),
    notices: [
      `Every declared campaign was looked at, since nobody can tell which have changed: ${sentence(why)}`,
    ],
  };
}

function sentence(why: string): string {
  return why.endsWith(".") ? why : `${why}.`;
}
