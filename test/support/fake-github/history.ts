import type { FakeCommit, World } from "./model.ts";

/** A commit of the repository; throws when a test names one that is not there. */
export function commitOf(world: World, sha: string): FakeCommit {
  const commit = world.commits.get(sha);
  if (commit === undefined) throw new Error(`The fake GitHub has no commit ${sha}.`);
  return commit;
}

/** The SHA that a branch's name or a SHA stands for. */
export function resolveRef(world: World, ref: string): string | null {
  const sha = world.branches.get(ref.replace(/^refs\/heads\//, "")) ?? ref;
  return world.commits.has(sha) ? sha : null;
}

/** The commit and all it descends from. */
function ancestry(world: World, sha: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...commitOf(world, next).parents);
  }
  return seen;
}

/** What `git log base..head` lists, oldest first. */
export function commitsBetween(world: World, base: string, head: string): readonly FakeCommit[] {
  const known = ancestry(world, base);
  const wanted = ancestry(world, head);
  // The map keeps the order in which commits were made, and parents are made first.
  return [...world.commits.values()].filter(({ sha }) => wanted.has(sha) && !known.has(sha));
}

/** The newest commit that both descend from; they have one, as all begin with the same. */
export function mergeBase(world: World, base: string, head: string): FakeCommit {
  const known = ancestry(world, base);
  const shared = [...ancestry(world, head)].filter((sha) => known.has(sha));
  const newest = [...world.commits.values()].filter(({ sha }) => shared.includes(sha)).at(-1);
  if (newest === undefined) throw new Error(`${base} and ${head} share no commit.`);
  return newest;
}

/** Every file at a commit, by path. */
export function filesAt(world: World, sha: string): ReadonlyMap<string, string> {
  return filesAfter(world, commitOf(world, sha));
}

/** Every file that a commit leaves, though it is not kept yet. */
export function filesAfter(
  world: World,
  commit: Pick<FakeCommit, "parents" | "files">,
): ReadonlyMap<string, string> {
  const line = [commit];
  for (let next = commit.parents[0]; next !== undefined; next = line.at(-1)?.parents[0]) {
    line.push(commitOf(world, next));
  }
  const files = new Map<string, string>();
  for (const { files: changes } of line.reverse()) {
    for (const [path, text] of Object.entries(changes)) {
      if (text === null) files.delete(path);
      else files.set(path, text);
    }
  }
  return files;
}

/** One file that differs between two commits; null: not there. */
export type FileChange = {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** The files that differ, sorted by path. */
export function changedFiles(world: World, base: string, head: string): readonly FileChange[] {
  const before = filesAt(world, base);
  const after = filesAt(world, head);
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

/** What turns the files of one commit into those of another, as a commit says it. */
export function changesBetween(world: World, base: string, head: string): FakeCommit["files"] {
  return Object.fromEntries(changedFiles(world, base, head).map(({ path, after }) => [path, after]));
}
