import type { Handler, Operation } from "./answer.ts";
import {
  createComment,
  getComment,
  listIssueComments,
  listRepositoryComments,
  updateComment,
} from "./comments.ts";
import { compare } from "./compare.ts";
import { getContent } from "./contents.ts";
import {
  createCommit,
  createRef,
  createTree,
  deleteRef,
  getCommit,
  getRef,
  updateRef,
} from "./git/git-data.ts";
import { addLabels, createIssue, getIssue, listIssues, removeLabel, updateIssue } from "./issues.ts";
import {
  createPullRequest,
  getPullRequest,
  listFiles,
  listPullRequests,
  listPullRequestsOfCommit,
  updatePullRequest,
} from "./pull-requests.ts";
import { getUser } from "./replies/user.ts";
import { getTree } from "./trees.ts";

export type Route = {
  readonly operation: Operation;
  readonly method: string;
  /** Of the path below the repository, or of the whole path when that begins with `/user`. */
  readonly pattern: RegExp;
  readonly handle: Handler;
};

function route(operation: Operation, method: string, pattern: RegExp, handle: Handler): Route {
  return { operation, method, pattern, handle };
}

const ROUTES: readonly Route[] = [
  route("issues/list-comments", "GET", /^\/issues\/(\d+)\/comments$/, listIssueComments),
  route("issues/create-comment", "POST", /^\/issues\/(\d+)\/comments$/, createComment),
  route("issues/list-comments-for-repo", "GET", /^\/issues\/comments$/, listRepositoryComments),
  route("issues/get-comment", "GET", /^\/issues\/comments\/(\d+)$/, getComment),
  route("issues/update-comment", "PATCH", /^\/issues\/comments\/(\d+)$/, updateComment),
  route("issues/list-for-repo", "GET", /^\/issues$/, listIssues),
  route("issues/create", "POST", /^\/issues$/, createIssue),
  route("issues/get", "GET", /^\/issues\/(\d+)$/, getIssue),
  route("issues/update", "PATCH", /^\/issues\/(\d+)$/, updateIssue),
  route("issues/add-labels", "POST", /^\/issues\/(\d+)\/labels$/, addLabels),
  route("issues/remove-label", "DELETE", /^\/issues\/(\d+)\/labels\/([^/]+)$/, removeLabel),
  route("pulls/list", "GET", /^\/pulls$/, listPullRequests),
  route("pulls/get", "GET", /^\/pulls\/(\d+)$/, getPullRequest),
  route("pulls/list-files", "GET", /^\/pulls\/(\d+)\/files$/, listFiles),
  route(
    "repos/list-pull-requests-associated-with-commit",
    "GET",
    /^\/commits\/([^/]+)\/pulls$/,
    listPullRequestsOfCommit,
  ),
  route("repos/compare-commits-with-basehead", "GET", /^\/compare\/(.+)$/, compare),
  route("repos/get-content", "GET", /^\/contents\/?(.*)$/, getContent),
  route("pulls/create", "POST", /^\/pulls$/, createPullRequest),
  route("pulls/update", "PATCH", /^\/pulls\/(\d+)$/, updatePullRequest),
  route("git/create-tree", "POST", /^\/git\/trees$/, createTree),
  route("git/create-commit", "POST", /^\/git\/commits$/, createCommit),
  route("git/get-commit", "GET", /^\/git\/commits\/([^/]+)$/, getCommit),
  route("git/get-ref", "GET", /^\/git\/ref\/heads\/(.+)$/, getRef),
  route("git/create-ref", "POST", /^\/git\/refs$/, createRef),
  route("git/update-ref", "PATCH", /^\/git\/refs\/heads\/(.+)$/, updateRef),
  route("git/delete-ref", "DELETE", /^\/git\/refs\/heads\/(.+)$/, deleteRef),
  route("git/get-tree", "GET", /^\/git\/trees\/(.+)$/, getTree),
  route("users/get-authenticated", "GET", /^\/user$/, getUser),
];

/** The route of a request below the root of the API, with what its path names; null when GitHub is asked too much. */
export function findRoute(
  method: string,
  path: string,
  repository: string,
): { readonly route: Route; readonly parts: readonly string[] } | null {
  const root = `/repos/${repository}`.toLowerCase();
  const isBelow = path.toLowerCase().startsWith(`${root}/`);
  if (!isBelow && path !== "/user") return null;
  const below = isBelow ? path.slice(root.length) : path;
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(below) : null;
    if (match !== null && isBelow === (route.operation !== "users/get-authenticated")) {
      return { route, parts: match.slice(1) };
    }
  }
  return null;
}
