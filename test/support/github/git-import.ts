import { personOf } from "../fake-github/git-objects.ts";
import { filesAt } from "../fake-github/history.ts";
import { storedOf } from "../fake-github/links.ts";
import type { FakeCommit, World } from "../fake-github/model.ts";

/** The ref under which an imported commit can be fetched. */
export function refOf(sha: string): string {
  return `refs/commits/${sha}`;
}

/** Commits of a fake GitHub for `git fast-import`, which gives them the SHAs that the fake says. Parents come first. */
export function streamOf(world: World, commits: Iterable<FakeCommit>): string {
  return [...commits].map((commit) => commitLines(world, commit)).join("");
}

/** Its branches, for the same. */
export function branchesOf(world: World): string {
  return [...world.branches]
    .map(([name, sha]) => `reset refs/heads/${name}\nfrom ${refOf(sha)}\n\n`)
    .join("");
}

function commitLines(world: World, commit: FakeCommit): string {
  const [first, ...others] = commit.parents;
  const person = personOf(commit);
  return [
    `commit ${refOf(commit.sha)}`,
    `author ${person}`,
    `committer ${person}`,
    dataOf(commit.message),
    ...(first === undefined ? [] : [`from ${refOf(first)}`]),
    ...others.map((sha) => `merge ${refOf(sha)}`),
    "deleteall",
    ...[...filesAt(world, commit.sha)].map(([path, text]) => {
      const { content, isLink } = storedOf(path, text);
      return `M ${isLink ? "120000" : "100644"} inline ${path}\n${dataOf(content)}`;
    }),
    "",
    "",
  ].join("\n");
}

function dataOf(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
