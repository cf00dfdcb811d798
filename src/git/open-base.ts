import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { BaseCommit } from "../declarations/base-commit.ts";
import { UsageError } from "../domain/errors.ts";
import type { Variables } from "../domain/ports.ts";
import { MAX_CATALOGUE_BYTES } from "../domain/source-file.ts";
import { quoteWhole } from "../text/quote.ts";
import { blobsIn } from "./blobs.ts";
import { fetchMissing } from "./fetch-missing.ts";
import { type Git, gitIn } from "./run-git.ts";

/**
 * The commit from which both a revision and what is checked out come: their merge base, with its files.
 *
 * @param ref any revision that git understands.
 * @param cwd a folder of the repository.
 * @throws UsageError where there is no git, no repository, no such commit, or none that both come from.
 */
export async function openBase(ref: string, cwd: string, variables: Variables): Promise<BaseCommit> {
  const git = gitIn(cwd, variables);
  const [place, other] = await Promise.all([
    git.require("rev-parse", "--is-shallow-repository", "--show-prefix", "--show-toplevel"),
    commitOf(git, ref),
  ]);
  const [isShallow = "", prefix = "", ...toplevel] = place.toString().split("\n");
  if (other === null) throw noCommit(ref);
  const commit = await mergeBase(git, other, ref, isShallow === "true");
  const listed = await git.require("ls-tree", "-r", "-z", "--full-tree", commit);
  return baseIn(git, listed, { commit, root: rootAbove(cwd, prefix, toplevel.join("\n").trimEnd()) });
}

/** A commit of which git has everything. @param listed what `ls-tree -r -z --full-tree` prints of it. */
export function baseIn(git: Git, listed: Buffer, place: Pick<BaseCommit, "commit" | "root">): BaseCommit {
  return {
    ...treeIn(listed),
    ...place,
    async *read(ids) {
      await fetchMissing(git, place.commit, ids);
      yield* blobsIn(git.pipe(ids, "cat-file", "--batch"), MAX_CATALOGUE_BYTES);
    },
    offDisk: () => offDisk(git),
  };
}

/** Null for what names no commit. What begins with a dash would be a flag. */
async function commitOf(git: Git, ref: string): Promise<string | null> {
  if (ref === "" || ref.startsWith("-")) return null;
  const named = await idOf(git, ref);
  // In two steps: what stands behind a revision such as :/text would be part of the text.
  return named === null ? null : idOf(git, `${named}^{commit}`);
}

async function idOf(git: Git, revision: string): Promise<string | null> {
  const found = await git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", revision);
  return found === null ? null : found.toString().trim();
}

function noCommit(ref: string): UsageError {
  return new UsageError(
    `--changed-since: ${quoteWhole(ref)} names no commit of this repository.`,
    "Give a branch, a tag or a commit that git knows here, such as origin/main. In CI it may have to be fetched first.",
  );
}

async function mergeBase(git: Git, other: string, ref: string, isShallow: boolean): Promise<string> {
  const found = await git.ask("merge-base", "HEAD", other);
  const [commit = ""] = found?.toString().split("\n") ?? [];
  if (commit !== "") return commit;
  throw new UsageError(
    `--changed-since: what is checked out and ${quoteWhole(ref)} have no commit in common${isShallow ? " here" : ""}.`,
    isShallow
      ? "This clone is shallow: its history is cut off. Fetch all of it with git fetch --unshallow, or check out with fetch-depth: 0."
      : "Give a revision that shares its history with what is checked out.",
  );
}

/** The root as the path of `cwd` has it, which may lead through links; else as git has it. */
function rootAbove(cwd: string, prefix: string, toplevel: string): string {
  const steps = prefix.split("/").filter((step) => step !== "");
  const above = resolve(cwd, ...steps.map(() => ".."));
  return realOf(above) === realOf(toplevel) ? above : resolve(toplevel);
}

function realOf(folder: string): string | null {
  try {
    return realpathSync.native(folder);
  } catch {
    return null;
  }
}

/** What `ls-tree -z` prints. A submodule is neither file nor link. */
function treeIn(listed: Buffer): Pick<BaseCommit, "files" | "links"> {
  const files = new Map<string, string>();
  const links = new Map<string, string>();
  for (const entry of listed.toString().split("\0")) {
    const tab = entry.indexOf("\t");
    const [mode = "", , id = ""] = entry.slice(0, tab).split(" ");
    if (mode.startsWith("100")) files.set(entry.slice(tab + 1), id);
    else if (mode === "120000") links.set(entry.slice(tab + 1), id);
  }
  return { files, links };
}

/** What the index has that a sparse checkout leaves off the disk. */
export async function offDisk(git: Git): Promise<ReadonlyMap<string, string>> {
  const listed = await git.ask("ls-files", "-z", "-t", "--stage", "--full-name", ":/");
  const entries = listed?.toString().split("\0") ?? [];
  return new Map(
    entries.flatMap((entry) => {
      const found = /^S 100\d{3} ([0-9a-f]+) \d\t(.*)$/s.exec(entry);
      return found === null ? [] : [[found[2] ?? "", found[1] ?? ""] as const];
    }),
  );
}
