import { expect, test } from "vitest";
import { blobSha } from "../../../support/fake-github/git-objects.ts";
import { linkTo } from "../../../support/fake-github/links.ts";
import { connected, count } from "../../../support/github/connected.ts";

const FILES = {
  "campaignctl.yaml": "version: 1\n",
  "campaigns/a.yaml": "a\n",
  "campaigns/deep/b.yaml": "b\n",
  "campaigns/link.yaml": linkTo("campaigns/a.yaml"),
  "docs/x.md": "x\n",
  "docs/y.md": "y\n",
  "docs/z.md": "z\n",
};

const idsOf = (paths: readonly (keyof typeof FILES)[]) =>
  new Map(paths.map((path) => [path, blobSha(FILES[path])]));

const LINKS = new Map([["campaigns/link.yaml", blobSha("a.yaml")]]);

const trees = ({ fake }: Awaited<ReturnType<typeof connected>>): number => count(fake, "GET", /git\/trees/);

test("every file of a commit with its blob id, by one request; a link stands by itself", async () => {
  const world = await connected();
  const commit = world.fake.addCommit({ files: FILES });
  const { "campaigns/link.yaml": _link, ...files } = FILES;
  const paths = Object.keys(files) as (keyof typeof FILES)[];
  expect(await world.github.commitTree(commit, ["campaigns"])).toEqual({ files: idsOf(paths), links: LINKS });
  expect(trees(world)).toBe(1);
});

test("where GitHub shows a part only, the wanted folders are read by themselves", async () => {
  const world = await connected();
  const commit = world.fake.addCommit({ files: FILES });
  world.fake.world.limits.treeEntries = 4;
  const found = await world.github.commitTree(commit, ["campaigns"]);
  const files = idsOf(["campaignctl.yaml", "campaigns/a.yaml", "campaigns/deep/b.yaml"]);
  expect(found).toEqual({ files, links: LINKS });
  // All, the root, and the folder.
  expect(trees(world)).toBe(3);
});

test("a wanted folder may lie deep", async () => {
  const world = await connected();
  const deep = { "a/1": "1", "a/b/campaigns/c/d.yaml": "d\n", "a/b/campaigns/e.yaml": "e\n", "a/x/2": "2" };
  const commit = world.fake.addCommit({ files: { ...FILES, ...deep } });
  world.fake.world.limits.treeEntries = 6;
  const found = await world.github.commitTree(commit, ["a/b/campaigns"]);
  expect([...(found?.files.keys() ?? [])].sort()).toEqual([
    "a/1",
    "a/b/campaigns/c/d.yaml",
    "a/b/campaigns/e.yaml",
    "campaignctl.yaml",
  ]);
});

test("null where it would take too many requests, or one level is cut", async () => {
  const world = await connected();
  const wide = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`f${n % 20}/g${n}/h.yaml`, "1"] as const),
  );
  const commit = world.fake.addCommit({ files: wide });
  world.fake.world.limits.treeEntries = 25;
  expect(await world.github.commitTree(commit, ["."])).toBeNull();
  expect(trees(world)).toBeLessThanOrEqual(11);
  world.fake.world.limits.treeEntries = 5;
  expect(await world.github.commitTree(commit, ["f1"])).toBeNull();
});

test("a commit that is not there is an error", async () => {
  const { github } = await connected();
  await expect(github.commitTree("f".repeat(40), ["."])).rejects.toMatchObject({ reason: "not-found" });
});
