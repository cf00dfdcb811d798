import { answer, type Call, type Handler, notFound } from "./answer.ts";
import { changedFiles, commitOf, commitsBetween, mergeBase, resolveRef } from "./history.ts";
import type { FakeCommit } from "./model.ts";
import { pageOf } from "./paging.ts";
import { commitReply, diffEntryReply } from "./replies/commit.ts";

/** Without paging the newest 250 commits are listed, of files never more than 300 (operation's description). */
const UNPAGED_COMMITS = 250;
const MAX_FILES = 300;

/** What `git log base..head` lists, the oldest first. */
export const compare: Handler = (call, world) => {
  const [baseRef = "", headRef = ""] = (call.parts[0] ?? "").split("...");
  const base = resolveRef(world, baseRef);
  const head = resolveRef(world, headRef);
  if (base === null || head === null) return notFound();
  const ahead = commitsBetween(world, base, head);
  const behind = commitsBetween(world, head, base);
  const shared = mergeBase(world, base, head);
  const { items, headers } = listed(ahead, call);
  const files = isFirstPage(call) ? changedFiles(world, shared.sha, head).slice(0, MAX_FILES) : [];
  const htmlUrl = `${world.serverUrl}/${world.owner}/${world.repo}/compare/${base}...${head}`;
  const body = {
    url: call.url,
    html_url: htmlUrl,
    permalink_url: htmlUrl,
    diff_url: `${htmlUrl}.diff`,
    patch_url: `${htmlUrl}.patch`,
    base_commit: commitReply(world, commitOf(world, base)),
    merge_base_commit: commitReply(world, shared),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: items.map((commit) => commitReply(world, commit)),
    files: files.map((change) => diffEntryReply(world, change, head)),
  };
  return answer("repos/compare-commits-with-basehead", 200, body, headers);
};

function isPaged(call: Call): boolean {
  return call.query.has("page") || call.query.has("per_page");
}

function isFirstPage(call: Call): boolean {
  return Number(call.query.get("page") ?? 1) === 1;
}

function listed(commits: readonly FakeCommit[], call: Call) {
  return isPaged(call) ? pageOf(commits, call) : { items: commits.slice(-UNPAGED_COMMITS), headers: {} };
}

function statusOf(ahead: number, behind: number): "diverged" | "ahead" | "behind" | "identical" {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}
