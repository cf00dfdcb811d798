import type { components } from "@octokit/openapi-types";
import type { World } from "../model.ts";
import { userReply } from "./user.ts";

export type RepositoryReply = components["schemas"]["repository"];

/** The addresses of a repository that are its own with something behind. */
const TEMPLATES = {
  archive_url: "{archive_format}{/ref}",
  assignees_url: "assignees{/user}",
  blobs_url: "git/blobs{/sha}",
  branches_url: "branches{/branch}",
  collaborators_url: "collaborators{/collaborator}",
  comments_url: "comments{/number}",
  commits_url: "commits{/sha}",
  compare_url: "compare/{base}...{head}",
  contents_url: "contents/{+path}",
  contributors_url: "contributors",
  deployments_url: "deployments",
  downloads_url: "downloads",
  events_url: "events",
  forks_url: "forks",
  git_commits_url: "git/commits{/sha}",
  git_refs_url: "git/refs{/sha}",
  git_tags_url: "git/tags{/sha}",
  hooks_url: "hooks",
  issue_comment_url: "issues/comments{/number}",
  issue_events_url: "issues/events{/number}",
  issues_url: "issues{/number}",
  keys_url: "keys{/key_id}",
  labels_url: "labels{/name}",
  languages_url: "languages",
  merges_url: "merges",
  milestones_url: "milestones{/number}",
  notifications_url: "notifications{?since,all,participating}",
  pulls_url: "pulls{/number}",
  releases_url: "releases{/id}",
  stargazers_url: "stargazers",
  statuses_url: "statuses/{sha}",
  subscribers_url: "subscribers",
  subscription_url: "subscription",
  tags_url: "tags",
  teams_url: "teams",
  trees_url: "git/trees{/sha}",
} as const;

function addressesOf(url: string): Record<keyof typeof TEMPLATES, string> {
  const entries = Object.entries(TEMPLATES).map(([name, end]) => [name, `${url}/${end}`]);
  return Object.fromEntries(entries) as Record<keyof typeof TEMPLATES, string>;
}

/** The repository, or a fork of it by somebody else. */
export function repositoryReply(world: World, owner: string): RepositoryReply {
  const fork = owner !== world.owner;
  const fullName = `${owner}/${world.repo}`;
  const url = `${world.apiUrl}/repos/${fullName}`;
  const htmlUrl = `${world.serverUrl}/${fullName}`;
  return {
    id: fork ? 2 : 1,
    node_id: fork ? "R_fake2" : "R_fake1",
    name: world.repo,
    full_name: fullName,
    owner: userReply(world, owner),
    private: true,
    visibility: "private",
    html_url: htmlUrl,
    description: null,
    fork,
    url,
    ...addressesOf(url),
    git_url: `${htmlUrl.replace(/^https?/, "git")}.git`,
    ssh_url: `git@${new URL(world.serverUrl).host}:${fullName}.git`,
    clone_url: `${htmlUrl}.git`,
    svn_url: htmlUrl,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    size: 1,
    default_branch: "main",
    open_issues_count: 0,
    open_issues: 0,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    archived: false,
    disabled: false,
    pushed_at: "2026-01-01T00:00:00Z",
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  };
}
