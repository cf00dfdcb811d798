import { expect, test } from "vitest";
import { blobSha } from "../../../support/fake-github/git-objects.ts";
import { connected, count } from "../../../support/github/connected.ts";

test("a hundred a request, each once", async () => {
  const { fake, github } = await connected();
  const texts = Array.from({ length: 201 }, (_, n) => `${n} ä\r\n`);
  fake.addCommit({ files: Object.fromEntries(texts.map((text, n) => [`${n}.yaml`, text])) });
  const read = await github.blobTexts([...texts, ...texts].map(blobSha));
  expect(read).toEqual(new Map(texts.map((text) => [blobSha(text), text])));
  expect(count(fake, "POST", /graphql/)).toBe(3);
});

test("nothing is asked of nothing", async () => {
  const { fake, github } = await connected();
  expect(await github.blobTexts([])).toEqual(new Map());
  expect(fake.requests).toEqual([]);
});

test("what GitHub does not show as text is null", async () => {
  const { fake, github } = await connected();
  fake.world.limits.textBytes = 100;
  const [binary, long, short] = ["\0binary", "x".repeat(101), "short\n"];
  fake.addCommit({ files: { "a.yaml": binary, "b.yaml": long, "c.yaml": short } });
  const read = await github.blobTexts([binary, long, short].map(blobSha));
  expect([...read.values()]).toEqual([null, null, short]);
});

test("a blob that is not there is an error, and so is GraphQL that refuses", async () => {
  const { fake, github } = await connected();
  await expect(github.blobTexts([blobSha("nowhere")])).rejects.toMatchObject({ reason: "uncertain" });
  fake.forbid("graphql");
  await expect(github.blobTexts([blobSha("nowhere")])).rejects.toMatchObject({ reason: "forbidden" });
});
