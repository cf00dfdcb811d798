import { posix, resolve } from "node:path";
import { type DeclareOptions, readProject } from "../../commands/declare.ts";
import type { BaseCommit } from "../../declarations/base-commit.ts";
import { CATALOGUE_FILE } from "../../domain/source-file.ts";
import type { GitHub } from "../../github/api/github.ts";
import { shortSha } from "../../github/run/event-payload.ts";
import { GitHubError } from "../../github/run/github-error.ts";
import { baseOf, campaignFolders, projectFolder } from "../campaign-folders.ts";
import type { ActionRun } from "../run.ts";
import { findBaseCommit } from "./base-commit.ts";

/** Texts that are held at once: five requests of a hundred. */
const TEXTS_AT_ONCE = 500;

/** A base with its files; or why nobody has them. */
type OpenedBase = { readonly base: BaseCommit } | { readonly why: string };

/** The base of a run with its files; or why it cannot be had. */
export async function openBaseOf(run: ActionRun, options: DeclareOptions): Promise<OpenedBase> {
  const found = await findBaseCommit(run);
  if ("why" in found) return found;
  const { commit } = found;
  try {
    const opened = await openBaseFiles(run, commit, options);
    return "why" in opened ? { why: `commit ${shortSha(commit)}: ${opened.why}` } : opened;
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return { why: error.message };
  }
}

/**
 * The files of the commit that a run is compared with: from git, which costs no request, else from GitHub, which tells
 * what is in a commit in one request, and texts a hundred at a time.
 *
 * @throws GitHubError
 */
async function openBaseFiles(run: ActionRun, commit: string, options: DeclareOptions): Promise<OpenedBase> {
  const here = await run.checkout.base(commit);
  if (here !== null) return { base: here };
  const { github, checkout, context } = run;
  if (github === null)
    return { why: "git does not have it, and there is no github-token to ask GitHub with" };
  const tree = await github.commitTree(commit, foldersOf(run, options));
  if (tree === null) return { why: "it has more files than GitHub tells in a few requests" };
  const root = resolve(context.workspace);
  return { base: { ...tree, commit, root, read: textsFrom(github), offDisk: checkout.offDisk } };
}

function textsFrom(github: Pick<GitHub, "blobTexts">): BaseCommit["read"] {
  return async function* (ids) {
    for (let from = 0; from < ids.length; from += TEXTS_AT_ONCE) {
      const texts = await github.blobTexts(ids.slice(from, from + TEXTS_AT_ONCE));
      for (const [id, text] of texts) if (text !== null) yield [id, Buffer.from(text, "utf8")];
    }
  };
}

/** Where anything may stand that decides what is declared, from the root of the repository. */
function foldersOf(run: ActionRun, options: DeclareOptions): readonly string[] {
  const { inputs } = run;
  const { project, projectAbove } = readProject(options);
  const folder = projectFolder(run, projectAbove);
  const catalogue = posix.join(folder, project?.audiences ?? CATALOGUE_FILE);
  const named = inputs.paths.map((path) => posix.join(inputs.workingDirectory, baseOf(path)));
  return [...campaignFolders(run, { project, projectAbove }), ...named, catalogue];
}
