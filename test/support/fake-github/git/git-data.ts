import type { components } from "@octokit/openapi-types";
import { answer, field, type Handler, invalid, notFound, refuse } from "../answer.ts";
import { folderOf } from "../git-objects.ts";
import { commitOf, filesAt } from "../history.ts";
import type { FakeCommit, World } from "../model.ts";
import { commitReply } from "../replies/commit.ts";
import { storeCommit } from "../seed.ts";

/** Trees that were made and are of no commit yet. */
const made = new WeakMap<World, Map<string, ReadonlyMap<string, string>>>();

function madeIn(world: World): Map<string, ReadonlyMap<string, string>> {
  const trees = made.get(world) ?? new Map<string, ReadonlyMap<string, string>>();
  made.set(world, trees);
  return trees;
}

/** The files of a tree, by path; undefined for one that is not there. */
function filesOfTree(world: World, sha: unknown): ReadonlyMap<string, string> | undefined {
  const kept = madeIn(world).get(String(sha));
  if (kept !== undefined) return kept;
  const commit = [...world.commits.keys()].find((each) => folderOf(filesAt(world, each)).sha === sha);
  return commit === undefined ? undefined : filesAt(world, commit);
}

function urlOf({ apiUrl, owner, repo }: World, path: string): string {
  return `${apiUrl}/repos/${owner}/${repo}/git/${path}`;
}

/** A tree with other texts than the one that it begins with. */
export const createTree: Handler = (call, world) => {
  const base = filesOfTree(world, field(call.body, "base_tree"));
  const entries = field(call.body, "tree");
  if (base === undefined || !Array.isArray(entries) || entries.length === 0) {
    return invalid({ resource: "Tree", code: "invalid", field: "tree" });
  }
  const files = new Map(base);
  for (const entry of entries) files.set(String(field(entry, "path")), String(field(entry, "content")));
  const { sha } = folderOf(files);
  madeIn(world).set(sha, files);
  return answer("git/create-tree", 201, {
    sha,
    url: urlOf(world, `trees/${sha}`),
    truncated: false,
    tree: [],
  });
};

/** A commit of a tree, on no branch. */
export const createCommit: Handler = (call, world) => {
  const files = filesOfTree(world, field(call.body, "tree"));
  const parents = field(call.body, "parents");
  const message = field(call.body, "message");
  if (files === undefined || !Array.isArray(parents) || typeof message !== "string") {
    return invalid({ resource: "Commit", code: "invalid", field: "tree" });
  }
  const before = parents.length === 0 ? new Map<string, string>() : filesAt(world, String(parents[0]));
  const changed = [...new Set([...before.keys(), ...files.keys()])]
    .map((path) => [path, files.get(path) ?? null] as const)
    .filter(([path, text]) => text !== (before.get(path) ?? null));
  const sha = storeCommit(world, { message, files: Object.fromEntries(changed) }, parents.map(String));
  return answer("git/create-commit", 201, gitCommitReply(world, commitOf(world, sha)));
};

export const getCommit: Handler = (call, world) => {
  const commit = world.commits.get(call.parts[0] ?? "");
  return commit === undefined ? notFound() : answer("git/get-commit", 200, gitCommitReply(world, commit));
};

function gitCommitReply(world: World, commit: FakeCommit): components["schemas"]["git-commit"] {
  const { sha, node_id, html_url, commit: shown, parents } = commitReply(world, commit);
  const { tree, message } = shown;
  const person = { name: "marketer", email: commit.email, date: new Date(commit.at).toISOString() };
  return {
    sha,
    node_id,
    url: urlOf(world, `commits/${sha}`),
    html_url,
    author: person,
    committer: person,
    tree,
    message,
    parents: parents.map((parent) => ({ ...parent, html_url: parent.html_url ?? "" })),
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
  };
}

function refReply(world: World, branch: string, sha: string): components["schemas"]["git-ref"] {
  const ref = `refs/heads/${branch}`;
  const object = { type: "commit", sha, url: urlOf(world, `commits/${sha}`) };
  return { ref, node_id: `REF_${branch}`, url: urlOf(world, ref), object };
}

export const getRef: Handler = (call, world) => {
  const branch = call.parts[0] ?? "";
  const sha = world.branches.get(branch);
  return sha === undefined ? notFound() : answer("git/get-ref", 200, refReply(world, branch, sha));
};

export const createRef: Handler = (call, world) => {
  const branch = /^refs\/heads\/(.+)$/.exec(String(field(call.body, "ref")))?.[1];
  const sha = String(field(call.body, "sha"));
  if (branch === undefined || !world.commits.has(sha)) return refuse(422, "Reference update failed");
  if (world.branches.has(branch)) return refuse(422, "Reference already exists");
  world.branches.set(branch, sha);
  return answer("git/create-ref", 201, refReply(world, branch, sha));
};

/** Only forward, unless it is forced. Pull requests follow their branch. */
export const updateRef: Handler = (call, world) => {
  const branch = call.parts[0] ?? "";
  const sha = String(field(call.body, "sha"));
  const before = world.branches.get(branch);
  if (before === undefined || !world.commits.has(sha)) return refuse(422, "Reference does not exist");
  const isForward = commitOf(world, sha).parents.includes(before);
  if (!isForward && field(call.body, "force") !== true) return refuse(422, "Update is not a fast forward");
  world.branches.set(branch, sha);
  for (const pull of world.pullRequests.values()) {
    if (pull.branch === branch && world.issues.get(pull.number)?.state === "open") pull.commits = [sha];
  }
  return answer("git/update-ref", 200, refReply(world, branch, sha));
};

/** A pull request whose branch goes is closed. */
export const deleteRef: Handler = (call, world) => {
  const branch = call.parts[0] ?? "";
  if (!world.branches.delete(branch)) return refuse(422, "Reference does not exist");
  for (const { branch: head, number } of world.pullRequests.values()) {
    const issue = world.issues.get(number);
    if (head === branch && issue !== undefined) issue.state = "closed";
  }
  return { status: 204, headers: {}, text: "" };
};
