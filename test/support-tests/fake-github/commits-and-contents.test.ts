import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { blobSha } from "../../support/fake-github/git-objects.ts";
import { linkTo } from "../../support/fake-github/links.ts";
import { octokitFor, refusedWith } from "../../support/fake-github/octokit.ts";
import { type FakeGitHub, startFakeGitHub } from "../../support/fake-github/server.ts";

const repository = { owner: "acme", repo: "campaigns" };
let github: FakeGitHub;

beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(() => github.close());

describe("compare", () => {
  const compare = async (basehead: string, paging: { page?: number; per_page?: number } = {}) =>
    (await octokitFor(github).rest.repos.compareCommitsWithBasehead({ ...repository, basehead, ...paging }))
      .data;

  test("lists the commits of a range, the oldest first, with what they change", async () => {
    const base = github.tip("main");
    const first = github.addCommit({ files: { "a.yaml": "1" } });
    const second = github.addCommit({ files: { "b.yaml": "2" } });
    const compared = await compare(`${base}...main`);
    expect(compared).toMatchObject({ status: "ahead", ahead_by: 2, behind_by: 0, total_commits: 2 });
    expect(compared.commits.map(({ sha }) => sha)).toEqual([first, second]);
    expect(compared.files?.map(({ filename }) => filename)).toEqual(["a.yaml", "b.yaml"]);
  });

  test("tells what has diverged, is behind or identical", async () => {
    const base = github.tip("main");
    github.addCommit({ branch: "side" });
    github.addCommit();
    expect(await compare("main...side")).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1 });
    expect((await compare("main...side")).merge_base_commit.sha).toBe(base);
    expect((await compare(`main...${base}`)).status).toBe("behind");
    expect((await compare("main...main")).status).toBe("identical");
  });

  test("of more than 250 commits the newest 250 come unasked, and all by the page", async () => {
    const base = github.tip("main");
    const shas = Array.from({ length: 260 }, () => github.addCommit({ files: { "a.yaml": "1" } }));
    const unpaged = await compare(`${base}...main`);
    expect(unpaged.total_commits).toBe(260);
    expect(unpaged.commits.map(({ sha }) => sha)).toEqual(shas.slice(-250));
    const third = await compare(`${base}...main`, { per_page: 100, page: 3 });
    expect(third.commits.map(({ sha }) => sha)).toEqual(shas.slice(200));
    expect(third.files).toEqual([]);
    expect((await compare(`${base}...main`, { per_page: 100 })).files).toHaveLength(1);
  });

  test("of a commit that is not there is not found", async () => {
    expect((await refusedWith(compare(`${"0".repeat(40)}...main`))).status).toBe(404);
  });
});

describe("contents", () => {
  const read = (path: string, options: { ref?: string; mediaType?: { format: string } } = {}) =>
    octokitFor(github).rest.repos.getContent({ ...repository, path, ...options });

  test("a file is base64 as it was at a commit, a branch or, without a ref, on the default branch", async () => {
    const text = `# Grüße\n${"name: x\n".repeat(20)}`;
    const old = github.addCommit({ files: { "campaigns/spring sale.yaml": text } });
    github.addCommit({ files: { "campaigns/spring sale.yaml": "new" } });
    github.addCommit({ branch: "side", files: { "campaigns/spring sale.yaml": "side" } });
    const textAt = async (ref?: string) => {
      const { data } = await read("campaigns/spring sale.yaml", ref === undefined ? {} : { ref });
      if (Array.isArray(data) || data.type !== "file") throw new Error("No file.");
      return Buffer.from(data.content, "base64").toString("utf8");
    };
    expect(await textAt(old)).toBe(text);
    expect(await textAt("side")).toBe("side");
    expect(await textAt()).toBe("new");
  });

  test("a file over 1 MB has its text in the raw form only", async () => {
    const text = "x".repeat(1024 * 1024 + 1);
    github.addCommit({ files: { "big.yaml": text } });
    expect((await read("big.yaml")).data).toMatchObject({ encoding: "none", content: "", size: text.length });
    expect((await read("big.yaml", { mediaType: { format: "raw" } })).data).toBe(text);
  });

  test("a folder is a list of its files and folders", async () => {
    github.addCommit({ files: { "campaigns/a.yaml": "1", "campaigns/us/b.yaml": "2", "x.yaml": "3" } });
    const { data } = await read("campaigns");
    expect(Array.isArray(data) && data.map(({ name, path, type }) => [name, path, type])).toEqual([
      ["a.yaml", "campaigns/a.yaml", "file"],
      ["us", "campaigns/us", "dir"],
    ]);
  });

  test("a removed file and an unknown ref are not found", async () => {
    github.addCommit({ files: { "a.yaml": "1" } });
    github.addCommit({ files: { "a.yaml": null, "b.yaml": "2" } });
    expect((await refusedWith(read("a.yaml"))).status).toBe(404);
    expect((await refusedWith(read("b.yaml", { ref: "nowhere" }))).message).toContain(
      "No commit found for the ref nowhere",
    );
  });
});

describe("a tree", () => {
  const tree = async (tree_sha: string, recursive?: string) =>
    (
      await octokitFor(github).rest.git.getTree({
        ...repository,
        tree_sha,
        ...(recursive ? { recursive } : {}),
      })
    ).data;

  test("of a commit or a folder in it: one level, or all, whatever the value of recursive", async () => {
    const commit = github.addCommit({ files: { "a.yaml": "1", "b/c/d.yaml": "2", "b/e": linkTo("a.yaml") } });
    const level = await tree(commit);
    expect(level.tree.map(({ path, mode, type }) => [path, mode, type])).toEqual([
      ["a.yaml", "100644", "blob"],
      ["b", "040000", "tree"],
    ]);
    const below = await tree(level.tree[1]?.sha ?? "", "0");
    expect(below.tree.map(({ path, mode }) => [path, mode])).toEqual([
      ["c", "040000"],
      ["c/d.yaml", "100644"],
      ["e", "120000"],
    ]);
    expect(below.tree[1]?.sha).toBe(blobSha("2"));
    expect(below.truncated).toBe(false);
  });

  test("says when it is cut, and is not there for another id", async () => {
    github.world.limits.treeEntries = 2;
    const commit = github.addCommit({ files: { "a.yaml": "1", "b.yaml": "2", "c.yaml": "3" } });
    const cut = await tree(commit, "1");
    expect([cut.tree.length, cut.truncated]).toEqual([2, true]);
    expect((await refusedWith(tree("f".repeat(40)))).status).toBe(404);
  });
});
