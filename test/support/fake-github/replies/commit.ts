import type { components } from "@octokit/openapi-types";
import { time } from "../answer.ts";
import { blobSha, folderOf } from "../git-objects.ts";
import { type FileChange, filesAt } from "../history.ts";
import type { FakeCommit, World } from "../model.ts";
import { userReply } from "./user.ts";

export function commitReply(world: World, commit: FakeCommit): components["schemas"]["commit"] {
  const { sha, message, parents } = commit;
  const url = `${world.apiUrl}/repos/${world.owner}/${world.repo}`;
  const htmlUrl = `${world.serverUrl}/${world.owner}/${world.repo}/commit`;
  const tree = folderOf(filesAt(world, sha)).sha;
  const person = { name: "marketer", email: commit.email, date: time(commit.at) };
  return {
    sha,
    node_id: `C_fake${sha}`,
    url: `${url}/commits/${sha}`,
    html_url: `${htmlUrl}/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    commit: {
      url: `${url}/git/commits/${sha}`,
      author: person,
      committer: person,
      message,
      comment_count: 0,
      tree: { sha: tree, url: `${url}/git/trees/${tree}` },
    },
    author: userReply(world, "marketer"),
    committer: userReply(world, "marketer"),
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${htmlUrl}/${parent}`,
    })),
  };
}

/** A file that a pull request or a comparison changes, as it is at the commit `ref`. */
export function diffEntryReply(
  world: World,
  change: FileChange,
  ref: string,
): components["schemas"]["diff-entry"] {
  const { path, before, after } = change;
  const htmlUrl = `${world.serverUrl}/${world.owner}/${world.repo}`;
  const additions = linesOf(after);
  const deletions = linesOf(before);
  return {
    sha: blobSha(after ?? before ?? ""),
    filename: path,
    status: before === null ? "added" : after === null ? "removed" : "modified",
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${htmlUrl}/blob/${ref}/${encodeURI(path)}`,
    raw_url: `${htmlUrl}/raw/${ref}/${encodeURI(path)}`,
    contents_url: `${world.apiUrl}/repos/${world.owner}/${world.repo}/contents/${encodeURI(path)}?ref=${ref}`,
  };
}

function linesOf(text: string | null): number {
  return text === null ? 0 : text.split("\n").filter((line) => line !== "").length;
}
