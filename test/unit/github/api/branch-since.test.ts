import { describe, expect, test } from "vitest";
import { connected } from "../../../support/github/connected.ts";

describe("what a branch has that a commit has not", () => {
  test("nothing, when it is the tip", async () => {
    const { fake, github } = await connected();
    expect(await github.branchSince(fake.tip("main"), "main")).toBeNull();
  });

  test("the files that later commits touched, by both names of one that was moved", async () => {
    const { fake, github } = await connected();
    fake.addCommit({ files: { "campaigns/old.yaml": "1", "same.yaml": "1" } });
    const before = fake.tip("main");
    fake.addCommit({ files: { "campaigns/old.yaml": null, "campaigns/new.yaml": "1", "a.txt": "1" } });
    const since = await github.branchSince(before, "main");
    expect([...(since?.files ?? [])].sort()).toEqual(["a.txt", "campaigns/new.yaml", "campaigns/old.yaml"]);
  });

  test("nobody can name them when there are too many, when the branch went another way, or the commit is gone", async () => {
    const { fake, github } = await connected();
    const before = fake.tip("main");
    fake.addCommit({ branch: "other", files: { "x.yaml": "1" } });
    fake.addCommit({
      files: Object.fromEntries(Array.from({ length: 301 }, (_, n) => [`${n}.yaml`, "1"])),
    });
    expect(await github.branchSince(before, "main")).toEqual({ hasCommit: true, files: null });
    expect(await github.branchSince(fake.tip("other"), "main")).toEqual({ hasCommit: false, files: null });
    expect(await github.branchSince("f".repeat(40), "main")).toEqual({ hasCommit: false, files: null });
  });

  test("a file of the branch is what it is by now", async () => {
    const { fake, github } = await connected();
    fake.addCommit({ files: { "a.yaml": "1\n" } });
    fake.addCommit({ files: { "a.yaml": "2\n" } });
    expect(await github.branchFile("a.yaml", "main")).toBe("2\n");
    expect(await github.branchFile("b.yaml", "main")).toBeNull();
    await expect(github.branchFile("a.yaml", "gone")).rejects.toMatchObject({ reason: "not-found" });
  });
});
