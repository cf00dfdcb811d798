import type { Git } from "./run-git.ts";

/**
 * Fetches in one go the files that a partial clone lacks, of a commit and of HEAD. Git by itself fetches each when it is
 * read, one after the other. Where this fails it still does.
 */
export async function fetchMissing(git: Git, commit: string, ids: readonly string[]): Promise<void> {
  if (ids.length < 2) return;
  const remote = await promisedBy(git);
  if (remote === null) return;
  // It names what is missing and fetches nothing.
  const listed = await git.ask("rev-list", "--objects", "--missing=print", "--no-walk", commit, "HEAD");
  const lines = listed?.toString().split("\n") ?? [];
  const missing = new Set(lines.flatMap((line) => (line.startsWith("?") ? [line.slice(1)] : [])));
  const wanted = ids.filter((id) => missing.has(id));
  if (wanted.length < 2) return;
  for await (const _ of git.pipe(wanted, ...FETCH_OBJECTS, remote, "--stdin"));
}

/** As git itself fetches what is missing: no ref, tag, submodule or FETCH_HEAD is touched. */
const FETCH_OBJECTS = [
  "-c",
  "fetch.negotiationAlgorithm=noop",
  "fetch",
  "--no-tags",
  "--no-write-fetch-head",
  "--recurse-submodules=no",
  "--filter=blob:none",
];

/** The remote that has what a partial clone lacks; null in a clone that lacks nothing. */
async function promisedBy(git: Git): Promise<string | null> {
  const settings = await git.ask("config", "--get-regexp", String.raw`^remote\..*\.promisor$`, "^true$");
  const [, name = ""] = /^remote\.(.+)\.promisor true$/m.exec(settings?.toString() ?? "") ?? [];
  return name === "" || name.startsWith("-") ? null : name;
}
