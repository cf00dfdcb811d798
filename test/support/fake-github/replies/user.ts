import type { components } from "@octokit/openapi-types";
import { answer, type Handler } from "../answer.ts";
import type { World } from "../model.ts";

export type UserReply = components["schemas"]["simple-user"];

/** A user as every reply shows them; null for a deleted account. */
export function userReply(world: World, login: string): UserReply;
export function userReply(world: World, login: string | null): UserReply | null;
export function userReply(world: World, login: string | null): UserReply | null {
  if (login === null) return null;
  const { id, type } = world.userOf(login);
  const url = `${world.apiUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: `U_fake${id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${world.serverUrl}/${type === "Bot" ? `apps/${login.replace(/\[bot\]$/, "")}` : login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
    user_view_type: "public",
  };
}

/** GET /user. An installation's token may not ask this: see `World.forbidden`. */
export const getUser: Handler = (_call, world) =>
  answer("users/get-authenticated", 200, {
    ...userReply(world, world.login),
    user_view_type: "public",
    name: null,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: "2020-01-01T00:00:00Z",
    updated_at: "2020-01-01T00:00:00Z",
  });
