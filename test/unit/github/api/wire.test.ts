import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextPage } from "../../../../src/github/api/client.ts";
import { mergedInto } from "../../../../src/github/api/pull-requests.ts";
import { decodeComment, decodeIssue, decodePullRequest } from "../../../../src/github/api/wire.ts";

const COMMENT = {
  id: 5,
  node_id: "IC_5",
  html_url: "https://github.com/acme/campaigns/pull/7#issuecomment-5",
  issue_url: "https://api.github.com/repos/acme/campaigns/issues/7",
  body: "text",
  user: { login: "octo", type: "User" },
  created_at: "2026-11-24T10:00:00Z",
};
const ISSUE = { number: 3, html_url: "https://x/3", title: "Drift", body: null, state: "open", user: null };
const PULL = {
  number: 7,
  html_url: "https://x/7",
  state: "closed",
  merged_at: "2026-11-24T10:00:00Z",
  merge_commit_sha: null,
  base: { ref: "main", repo: { full_name: "Acme/Campaigns" } },
};

describe("decoding", () => {
  test("what GitHub documents", () => {
    expect(decodeComment(COMMENT)).toMatchObject({
      id: 5,
      issueNumber: 7,
      author: { login: "octo", isBot: false },
    });
    expect(decodeIssue(ISSUE)).toMatchObject({ body: "", isOpen: true, isPullRequest: false, author: null });
    expect(decodeIssue({ ...ISSUE, state: "closed", pull_request: {} })).toMatchObject({
      isOpen: false,
      isPullRequest: true,
    });
    expect(decodePullRequest(PULL)).toMatchObject({
      mergeCommit: null,
      baseRepository: "Acme/Campaigns",
      isOpen: false,
      labels: [],
    });
    const labelled = { ...PULL, state: "open", labels: [{ name: "bug" }, null, { id: 1 }] };
    expect(decodePullRequest(labelled)).toMatchObject({ isOpen: true, labels: ["bug"] });
  });

  test.each([
    ["a comment", decodeComment, COMMENT, ["id", "node_id", "html_url", "issue_url", "created_at"]],
    ["an issue", decodeIssue, ISSUE, ["number", "html_url", "title", "state"]],
    ["a pull request", decodePullRequest, PULL, ["number", "html_url", "base"]],
  ] as const)("%s is not understood without one of its fields", (_, decode, whole, fields) => {
    for (const field of fields)
      expect([field, decode({ ...whole, [field]: undefined })]).toEqual([field, null]);
  });

  test("a body that is no text is not understood", () => {
    expect(decodeComment({ ...COMMENT, body: 5 })).toBeNull();
    expect(decodeIssue({ ...ISSUE, body: {} })).toBeNull();
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const decode of [decodeComment, decodeIssue, decodePullRequest]) decode(value);
      }),
    );
  });
});

describe("merged into our branch", () => {
  const here = { repository: { owner: "acme", repo: "campaigns" } };
  const pull = decodePullRequest(PULL);
  if (pull === null) throw new Error("The sample is not understood.");

  test("says so, whatever the case of the repository", () => {
    expect(mergedInto(pull, here, "main")).toMatchObject({ number: 7 });
  });

  test.each([
    ["another branch", { baseRef: "Main" }],
    ["a fork of it", { baseRepository: "other/campaigns" }],
    ["a repository that is gone", { baseRepository: null }],
    ["nowhere yet", { mergedAt: null }],
  ])("does not for %s", (_, change) => {
    expect(mergedInto({ ...pull, ...change }, here, "main")).toBeNull();
  });
});

test.each([
  [undefined, null],
  ['<https://h/x?page=3>; rel="prev"', null],
  ['<not a url>; rel="next"', null],
  [
    '<https://h/x?page=1>; rel="prev", <https://h/x?page=3&per_page=100>; rel="next"',
    { page: "3", per_page: "100" },
  ],
  ['<https://h/x?after=Y3Vy%3D>; rel="next"', { after: "Y3Vy=" }],
])("the next page of %s", (link, expected) => {
  expect(nextPage(link)).toEqual(expected);
});
