import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openBase } from "../../../src/git/open-base.ts";
import { makeWorkspace } from "../../support/program/cli.ts";
import { commitAll, git } from "../../support/program/git.ts";

const NAMES = [1, 2, 3, 4, 5].map((n) => `${n}.yaml`);

/** A clone of `work` without the texts that only `main` has, and where git tells of what it starts. */
function partialClone() {
  const { path, write, remove } = makeWorkspace({});
  onTestFinished(remove);
  for (const name of NAMES) write(`origin/${name}`, `before ${name}\n`);
  const origin = join(path, "origin");
  commitAll(origin);
  git(origin, "config", "uploadpack.allowFilter", "true");
  git(origin, "checkout", "-q", "-b", "work");
  for (const name of NAMES.slice(1)) write(`origin/${name}`, `now ${name}\n`);
  git(origin, "commit", "-qam", "now");
  git(path, "clone", "-q", "--filter=blob:none", "-b", "work", `file://${origin}`, "clone");
  const [clone, trace] = [join(path, "clone"), join(path, "trace")];
  const fetches = () =>
    existsSync(trace) ? readFileSync(trace, "utf8").split("built-in: git fetch ").length - 1 : 0;
  return { clone, fetches, variables: { ...process.env, GIT_TRACE: trace } };
}

async function textsOf(ids: ReadonlyMap<string, string>, base: Awaited<ReturnType<typeof openBase>>) {
  const texts = new Map<string, string>();
  for await (const [id, bytes] of base.read([...ids.values()])) texts.set(id, Buffer.from(bytes).toString());
  return [...ids].map(([name, id]) => [name, texts.get(id)]);
}

test("what a partial clone lacks of a base comes by one fetch, that touches no ref; then by none", async () => {
  const { clone, fetches, variables } = partialClone();
  const refs = git(clone, "for-each-ref");
  const base = await openBase("origin/main", clone, variables);
  expect(fetches()).toBe(0);
  const texts = NAMES.map((name) => [name, `before ${name}\n`]);
  expect(await textsOf(base.files, base)).toEqual(texts);
  expect(fetches()).toBe(1);
  expect(await textsOf(base.files, base)).toEqual(texts);
  expect(fetches()).toBe(1);
  expect(git(clone, "for-each-ref")).toBe(refs);
  expect(existsSync(join(clone, ".git/FETCH_HEAD"))).toBe(false);
});

test("where the remote is gone, what is at hand is read", async () => {
  const { clone, variables } = partialClone();
  git(clone, "remote", "set-url", "origin", "file:///nowhere");
  const base = await openBase("origin/main", clone, variables);
  const texts = await textsOf(new Map([...base.files].slice(0, 1)), base);
  expect(texts).toEqual([["1.yaml", "before 1.yaml\n"]]);
  expect(Object.fromEntries(await textsOf(base.files, base))["2.yaml"]).toBeUndefined();
});
