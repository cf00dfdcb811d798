import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { BaseCommit } from "../../declarations/base-commit.ts";
import type { Variables } from "../../domain/ports.ts";
import { baseIn, offDisk } from "../../git/open-base.ts";
import { gitIn } from "../../git/run-git.ts";
import { isSha } from "../run/event-payload.ts";

/** What the checkout knows of a file of a commit. `unknown`: ask somebody else. */
type GitFile =
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "unknown" };

/** The commit that is checked out. `parents` is null where only its name could be found out. */
export type CheckedOutHead = { readonly commit: string; readonly parents: readonly string[] | null };

const UNKNOWN: GitFile = { kind: "unknown" };
const MAX_BYTES = 16 * 1024 * 1024;
const TIME_LIMIT_MS = 20_000;

/** The repository of a checkout, read without network. */
export type Checkout = {
  /**
   * A file of a commit. `unknown` when there is no git, no repository right there, the commit is not in it (a shallow
   * checkout), or the path is a link.
   *
   * @param path from the root of the repository, already checked.
   * @param commit full SHA, already checked.
   */
  read(path: string, commit: string): Promise<GitFile>;
  /** Everything in the commit that is checked out, whether it is on the disk or not; null when nobody can tell. */
  tree(): Promise<readonly TreeEntry[] | null>;
  /** Null when nobody can tell: there is no repository right there. */
  head(): Promise<CheckedOutHead | null>;
  /**
   * The newest commit that a commit and a branch of the remote have in common; null when git does not have the whole
   * history of both, since it would then name an older one, or none.
   */
  mergeBase(commit: string, branch: string): Promise<string | null>;
  /** A commit with all its files; null when not all of it is at hand: a shallow or partial clone may lack any of it. */
  base(commit: string): Promise<BaseCommit | null>;
  /** Blob ids of the files that a sparse checkout leaves off the disk, by path; none when nobody can tell. */
  offDisk(): Promise<ReadonlyMap<string, string>>;
};

/** `isRepository`: a submodule. The path is from the root of the repository. */
type TreeEntry = { readonly path: string; readonly isRepository: boolean };

/**
 * @param workspace where the repository is checked out.
 * @param variables say where git is.
 */
export function openCheckout(workspace: string, variables: Variables): Checkout {
  const git: Git = (...args) => askGit(workspace, variables, args);
  const gitHere = gitIn(workspace, gitVariables(workspace, variables));
  // Asked once for each commit: there may be thousands of files, and a shallow checkout has none of them.
  const commits = new Map<string, Promise<string | null>>();
  const find = (commit: string): Promise<string | null> => {
    const found = commits.get(commit) ?? git("cat-file", "-e", `${commit}^{commit}`);
    commits.set(commit, found);
    return found;
  };
  // Several ask, and a step changes nothing of it.
  let head: Promise<CheckedOutHead | null> | null = null;
  const findHead = async () =>
    headIn(await askGit(workspace, variables, ["cat-file", "--batch"], "HEAD\n")) ??
    (await headByHand(workspace));
  return {
    read: async (path, commit) => ((await find(commit)) === null ? UNKNOWN : readGitFile(git, path, commit)),
    tree: () => readTree(git),
    head() {
      head ??= findHead();
      return head;
    },
    mergeBase: (commit, branch) => findMergeBase(git, commit, branch),
    async base(commit) {
      if (await isPartial(git)) return null;
      const listed = await gitHere.ask("ls-tree", "-r", "-z", "--full-tree", commit).catch(() => null);
      return listed === null ? null : baseIn(gitHere, listed, { commit, root: resolve(workspace) });
    },
    offDisk: () => offDisk(gitHere).catch(() => new Map()),
  };
}

/** Output of a git command; null when it failed for whatever reason: the caller has another way. */
type Git = (...args: readonly string[]) => Promise<string | null>;

async function readTree(git: Git): Promise<readonly TreeEntry[] | null> {
  const listed = await git("ls-tree", "-r", "-z", "--full-tree", "HEAD");
  if (listed === null) return null;
  return listed.split("\0").flatMap((line) => {
    const [facts = "", path] = line.split("\t", 2);
    return path === undefined ? [] : [{ path, isRepository: facts.startsWith("160000 ") }];
  });
}

/** What `cat-file --batch` prints of a commit: as it was written, so with parents that a shallow checkout does not have. */
function headIn(printed: string | null): CheckedOutHead | null {
  const [first = "", ...lines] = printed?.split("\n\n", 1)[0]?.split("\n") ?? [];
  const [, commit = ""] = /^([0-9a-f]+) commit \d+$/.exec(first) ?? [];
  if (!isSha(commit)) return null;
  return { commit, parents: lines.flatMap((line) => /^parent ([0-9a-f]+)$/.exec(line)?.[1] ?? []) };
}

/** Git before 2.44 would fetch what is missing, one file at a time. */
async function isPartial(git: Git): Promise<boolean> {
  const found = await git(
    "config",
    "--get-regexp",
    String.raw`^(extensions\.partialclone|remote\..*\.promisor)$`,
  );
  return found !== null;
}

async function findMergeBase(git: Git, commit: string, branch: string): Promise<string | null> {
  if ((await git("rev-parse", "--is-shallow-repository"))?.trim() !== "false") return null;
  const found = (await git("merge-base", commit, `refs/remotes/origin/${branch}`))?.trim() ?? "";
  return isSha(found) ? found : null;
}

/** Where there is no git, or it refuses a folder of another owner: the name of the commit is in plain text. */
async function headByHand(workspace: string): Promise<CheckedOutHead | null> {
  const read = (file: string): Promise<string> =>
    readFile(join(workspace, ".git", file), "utf8").then(
      (text) => text.trim(),
      () => "",
    );
  const head = await read("HEAD");
  const branch = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
  const commit = branch === undefined || branch.includes("..") ? head : await read(branch);
  return isSha(commit) ? { commit, parents: null } : null;
}

async function readGitFile(git: Git, path: string, commit: string): Promise<GitFile> {
  const listed = await git("ls-tree", "-z", "--full-tree", commit, "--", path);
  if (listed === null) return UNKNOWN;
  if (listed === "") return { kind: "missing" };
  if (listed.startsWith("040000 ")) return { kind: "missing" };
  const object = /^100(?:644|755) blob ([0-9a-f]{40,64})\t/.exec(listed)?.[1];
  const text = object === undefined ? null : await git("cat-file", "blob", object);
  return text === null ? UNKNOWN : { kind: "file", text };
}

/** @param input what git reads. */
function askGit(
  workspace: string,
  variables: Variables,
  args: readonly string[],
  input = "",
): Promise<string | null> {
  return new Promise((resolve) => {
    const { stdin } = execFile(
      "git",
      [...args],
      {
        cwd: workspace,
        env: gitVariables(workspace, variables),
        encoding: "utf8",
        maxBuffer: MAX_BYTES,
        timeout: TIME_LIMIT_MS,
        windowsHide: true,
      },
      (error, output) => resolve(error === null ? output : null),
    );
    // It may have ended before it read anything.
    stdin?.on("error", () => {}).end(input);
  });
}

/**
 * No secrets for a child process, no repository above the workspace, nothing fetched or asked on the way. In a job with
 * a container the folder belongs to another user, which git refuses; objects are only read here, and no hook is run.
 */
function gitVariables(workspace: string, variables: Variables): NodeJS.ProcessEnv {
  const { PATH, HOME, USERPROFILE, SystemRoot } = variables;
  const kept = Object.entries({ PATH, HOME, USERPROFILE, SystemRoot }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    ...Object.fromEntries(kept),
    GIT_CEILING_DIRECTORIES: dirname(workspace),
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "*",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}
