import { expect, test } from "vitest";
import { connected } from "../../../support/github/connected.ts";

test("the commit that a branch and a head have in common, though the branch moved on", async () => {
  const { fake, github } = await connected();
  const fork = fake.tip("main");
  const number = fake.addPullRequest({ commits: [{ files: { "a.yaml": "1" } }] });
  fake.addCommit({ files: { "b.yaml": "1" } });
  expect(await github.mergeBase("main", fake.head(number))).toBe(fork);
});

test("a branch that is gone is an error", async () => {
  const { fake, github } = await connected();
  await expect(github.mergeBase("gone", fake.tip("main"))).rejects.toMatchObject({ reason: "not-found" });
});
