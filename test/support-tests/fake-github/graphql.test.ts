import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { blobSha } from "../../support/fake-github/git-objects.ts";
import { parseQuery } from "../../support/fake-github/graphql/parse-query.ts";
import { octokitFor, refusedWith } from "../../support/fake-github/octokit.ts";
import { type FakeGitHub, startFakeGitHub } from "../../support/fake-github/server.ts";

let github: FakeGitHub;

beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(() => github.close());

const EDITS = `query edits($id: ID!) {
  node(id: $id) { __typename ... on IssueComment { author { __typename login } editor { login } lastEditedAt } }
}`;

describe("GraphQL", () => {
  test("tells the token's login", async () => {
    expect(await octokitFor(github).graphql("{ viewer { login } }")).toEqual({
      viewer: { login: "github-actions[bot]" },
    });
  });

  test("tells who has edited a comment last; an app has no [bot] there", async () => {
    const { graphql } = octokitFor(github);
    const number = github.addPullRequest();
    const { id, nodeId } = github.addComment(number, { author: "github-actions[bot]", body: "x" });
    const author = { __typename: "Bot", login: "github-actions" };
    const untouched = { __typename: "IssueComment", author, editor: null, lastEditedAt: null };
    expect(await graphql(EDITS, { id: nodeId })).toEqual({ node: untouched });
    github.editComment(id, { by: "mallory", body: "y" });
    expect(await graphql(EDITS, { id: nodeId })).toEqual({
      node: { ...untouched, editor: { login: "mallory" }, lastEditedAt: expect.any(String) },
    });
  });

  test("takes several nodes, aliases and other types' fragments", async () => {
    const number = github.addPullRequest();
    const one = github.addComment(number, { author: "a", body: "1", editedBy: "b" });
    const two = github.addComment(number, { author: null, body: "2" });
    const query = `{
      me: viewer { login }
      nodes(ids: ["${one.nodeId}", "${two.nodeId}"]) {
        ... on Issue { title }
        ... on IssueComment { id: databaseId, author { login }, by: editor { login } }
      }
    }`;
    expect(await octokitFor(github).graphql(query)).toEqual({
      me: { login: "github-actions[bot]" },
      nodes: [
        { id: one.id, author: { login: "a" }, by: { login: "b" } },
        { id: two.id, author: null, by: null },
      ],
    });
  });

  test("shows blobs by their ids: no text of a binary one, the beginning of a long one, null for none", async () => {
    github.world.limits.textBytes = 10;
    github.addCommit({ files: { "a.yaml": "ä: 1\n", "b.bin": "\0x", "c.yaml": "0123456789a" } });
    const blob = (text: string) =>
      `object(oid: "${blobSha(text)}") { ... on Blob { text isBinary isTruncated } }`;
    const query = `{ repository(owner: "acme", name: "campaigns") {
      a: ${blob("ä: 1\n")} b: ${blob("\0x")} c: ${blob("0123456789a")} d: ${blob("nowhere")}
    } }`;
    expect(await octokitFor(github).graphql(query)).toEqual({
      repository: {
        a: { text: "ä: 1\n", isBinary: false, isTruncated: false },
        b: { text: null, isBinary: true, isTruncated: false },
        c: { text: "0123456789", isBinary: false, isTruncated: true },
        d: null,
      },
    });
  });

  test.each([
    ["{ viewer { salary } }", "Field 'salary' doesn't exist on type 'User'"],
    ["{ organization { id } }", "Field 'organization' doesn't exist on type 'Query'"],
    ["{ viewer }", "Field must have selections"],
    ["{ viewer { login { text } } }", "Selections can't be made on scalars"],
    ["mutation { viewer { login } }", "Parse error"],
    ["{ viewer { login }", "Unexpected end of document"],
    ['{ repository(owner: "acme", name: "other") { __typename } }', "Could not resolve to a Repository"],
    ['{ node(id: "IC_nothing") { __typename } }', "Could not resolve to a node"],
    ["query ($id: ID!) { node(id: $id) { __typename } }", "Variable $id was provided no value"],
  ])("refuses %s", async (query, problem) => {
    await expect(octokitFor(github).graphql(query)).rejects.toThrow(problem);
  });

  test("is refused where it is forbidden", async () => {
    github.forbid("graphql");
    const call = octokitFor(github).graphql("{ viewer { login } }");
    expect((await refusedWith(call)).status).toBe(403);
  });

  test("has a place of its own on GitHub Enterprise Server", async () => {
    const enterprise = await startFakeGitHub({ product: "enterprise", login: "robot" });
    try {
      expect(enterprise.url).toMatch(/\/api\/v3$/);
      const octokit = octokitFor(enterprise);
      expect(await octokit.graphql("{ viewer { login } }")).toEqual({ viewer: { login: "robot" } });
      expect((await octokit.rest.users.getAuthenticated()).data).toMatchObject({
        login: "robot",
        type: "User",
      });
      expect(enterprise.requests.map(({ path }) => path)).toEqual(["/api/graphql", "/user"]);
    } finally {
      await enterprise.close();
    }
  });
});

test("a query is read with comments, commas and values of each kind", () => {
  const query = '# all\nquery q($n: Int = 3) { a: b(x: 1, y: "t\\"", z: [$n, -2]) { c } }';
  expect(parseQuery(query, { n: 7 })).toEqual([
    {
      kind: "field",
      name: "b",
      key: "a",
      arguments: { x: 1, y: 't"', z: [7, -2] },
      selections: [{ kind: "field", name: "c", key: "c", arguments: {}, selections: [] }],
    },
  ]);
});
