import { countText } from "../../text/figures.ts";
import { isOurs } from "../review/login.ts";
import { issueMarkerOf } from "../review/marker.ts";
import type { OwnIssue } from "../run/model.ts";
import type { Ask, Client } from "./client.ts";
import type { CommentScope } from "./comments/comments.ts";
import { createOnce } from "./create-once.ts";
import { decodeComment, decodeIssue, type WireIssue } from "./wire.ts";

/** What may be changed of an issue; what is left out stays. */
export type IssueChange = {
  readonly title?: string;
  readonly body?: string;
  readonly state?: "open" | "closed";
};

const ISSUES = "/repos/{owner}/{repo}/issues";

/** GitHub's clock and the runner's may differ by this much, milliseconds. */
const CLOCK_SKEW_MS = 300_000;

/** Issues that are looked at, the newest first: of those that our login made, and of all. */
const MOST = { ofLogin: 5_000, ofAll: 1_000 };

/** Our open or our closed issues whose body begins with `marker`: oldest first, by any of our runs, no pull requests. */
export async function findIssues(
  scope: CommentScope,
  marker: string,
  state: "open" | "closed",
): Promise<readonly OwnIssue[]> {
  const login = await scope.login();
  const ours = (issues: readonly WireIssue[]): readonly WireIssue[] =>
    issues.filter((issue) => isOurs(issue.author, login));
  let issues = ours(await listIssues(scope, { state, creator: login }, MOST.ofLogin));
  // Some servers do not know an app by its login here (renovatebot/renovate#44730): nothing found proves nothing.
  if (issues.length === 0 && scope.serverUrl !== "https://github.com") {
    issues = ours(await listIssues(scope, { state }, MOST.ofAll));
  }
  return issues
    .filter(({ isPullRequest, body }) => !isPullRequest && body.startsWith(marker))
    .map(toOwnIssue)
    .sort((a, b) => a.number - b.number);
}

/** Opens an issue. Its body begins with its marker; an open one of ours with the same marker is never made twice. */
export async function createIssue(
  scope: CommentScope,
  issue: { readonly title: string; readonly body: string },
): Promise<OwnIssue> {
  const marker = issueMarkerOf(issue.body);
  return createOnce(
    scope.client,
    async () =>
      toOwnIssue(
        await scope.client.create({ path: ISSUES, values: issue, permission: "issues: write" }, decodeIssue),
      ),
    async () => (await findIssues(scope, marker, "open"))[0] ?? null,
  );
}

/** Changes title, body or state of an issue. */
export async function updateIssue(client: Client, number: number, change: IssueChange): Promise<OwnIssue> {
  const path = `${ISSUES}/{issue_number}`;
  const values = { issue_number: number, ...change };
  return toOwnIssue(await client.change({ path, values, permission: "issues: write" }, decodeIssue));
}

/** Adds a comment to an issue; after a lost answer only when the same words are not there yet. */
export async function commentOnIssue(
  scope: CommentScope,
  number: number,
  body: string,
): Promise<{ readonly url: string }> {
  const { client } = scope;
  const since = new Date(client.clock.now() - CLOCK_SKEW_MS).toISOString();
  const ask = (values: Ask["values"]): Ask => ({
    path: `${ISSUES}/{issue_number}/comments`,
    values: { issue_number: number, ...values },
    permission: "issues: write",
  });
  const look = async (): Promise<{ url: string } | null> => {
    const login = await scope.login();
    for await (const page of client.readPages(ask({ since }), decodeComment)) {
      const same = page.find((comment) => isOurs(comment.author, login) && sameText(comment.body, body));
      if (same !== undefined) return { url: same.url };
    }
    return null;
  };
  const create = async (): Promise<{ url: string }> => {
    const { url } = await client.create(ask({ body }), decodeComment);
    return { url };
  };
  return createOnce(client, create, look);
}

async function listIssues(
  { client, notice }: CommentScope,
  filter: { readonly state: "open" | "closed"; readonly creator?: string },
  most: number,
): Promise<readonly WireIssue[]> {
  const issues: WireIssue[] = [];
  const values = { sort: "created", direction: "desc", ...filter };
  for await (const page of client.readPages(
    { path: ISSUES, values, permission: "issues: read" },
    decodeIssue,
  )) {
    issues.push(...page);
    if (issues.length < most) continue;
    const whose = filter.creator === undefined ? "" : ` of ${filter.creator}`;
    notice(`Only the newest ${countText(most)} ${filter.state} issues${whose} were looked at for ours.`);
    break;
  }
  return issues;
}

function toOwnIssue({ number, url, title, body, isOpen }: WireIssue): OwnIssue {
  return { number, url, title, body, isOpen };
}

/** GitHub may change line ends and the blanks around a text. */
function sameText(a: string, b: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trim();
  return plain(a) === plain(b);
}
