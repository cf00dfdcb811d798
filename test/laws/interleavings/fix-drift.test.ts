import { expect, test } from "vitest";
import type { ReviewWorld } from "../../support/interleaving/review-world.ts";
import { EDITED, LIVE, OTHER, playedIn, WIDE } from "../../support/interleaving/scenarios.ts";

const FIX = { fix: "pull-request" };
const PATH = "campaigns/0001.yaml";

/** The pull requests that drift has opened, the oldest first. */
const pulls = ({ github }: ReviewWorld) =>
  [...github.world.pullRequests.values()]
    .filter(({ branch }) => branch.startsWith("campaignctl/drift-"))
    .map(({ number, branch }) => ({ branch, ...github.world.issues.get(number) }));

/** What the branch of the newest of them makes of the first campaign's file. */
const proposed = (w: ReviewWorld) => w.github.checkout(pulls(w).at(-1)?.branch ?? "")[PATH] ?? "";

test("one pull request makes the files say what is live, follows it, and is closed when the drift is gone", () =>
  playedIn(async (w) => {
    w.repository.commit({ [PATH]: `# Ask Ann first.\n${w.files([0, LIVE])[PATH]}` });
    expect((await w.drift(FIX)).code).toBe(0);
    expect(pulls(w)).toEqual([]);
    await w.edit(0, { audience: WIDE });
    expect((await w.drift(FIX)).outputs.changes).toBe("true");
    expect(pulls(w)).toMatchObject([{ state: "open", title: "Make 1 campaign file say what is live" }]);
    expect(proposed(w)).toMatch(/^# Ask Ann first\./);
    expect(proposed(w)).toContain("000000000002");
    const before = w.github.requests.length;
    await w.drift(FIX);
    expect(
      w.github.requests.slice(before).filter(({ method, path }) => method !== "GET" && path !== "/graphql"),
    ).toEqual([]);
    await w.edit(0, { audience: EDITED });
    await w.drift(FIX);
    expect(pulls(w)).toHaveLength(1);
    expect(proposed(w)).toContain("000000000007");
    expect(proposed(w)).not.toContain("000000000002");
    await w.edit(0, { audience: LIVE });
    await w.drift(FIX);
    expect(pulls(w)).toMatchObject([{ state: "closed" }]);
    expect(w.github.world.branches.has(pulls(w)[0]?.branch ?? "")).toBe(false);
    await w.edit(0, { audience: EDITED });
    await w.drift(FIX);
    expect(pulls(w)).toMatchObject([{ state: "closed" }, { state: "open" }]);
    expect(w.github.issues()).toEqual([]);
    expect(await w.writes()).toEqual([]);
  }));

test("merged, it writes nothing to the API, and no drift is left", () =>
  playedIn(async (w) => {
    await w.edit(0, { audience: WIDE });
    await w.drift(FIX);
    const before = w.github.tip("main");
    const after = w.repository.commit({ [PATH]: proposed(w) });
    expect((await w.apply({ before, after })).code).toBe(0);
    expect(await w.writes()).toEqual([]);
    expect((await w.drift(FIX)).outputs.changes).toBe("false");
    expect(pulls(w)).toMatchObject([{ state: "closed" }]);
  }));

test("an issue of earlier nights gives way to it", () =>
  playedIn(async (w) => {
    await w.edit(0, { audience: WIDE });
    await w.drift();
    expect(w.github.issues()).toMatchObject([{ state: "open" }]);
    await w.drift(FIX);
    expect(w.github.issues()).toMatchObject([{ state: "closed" }]);
    expect(pulls(w)).toMatchObject([{ state: "open" }]);
  }));

test("a branch that somebody else has committed to is left alone, and the run says so", () =>
  playedIn(async (w) => {
    await w.edit(0, { audience: WIDE });
    await w.drift(FIX);
    const { branch = "" } = pulls(w)[0] ?? {};
    const tip = w.github.addCommit({ branch, files: { "notes.txt": "mine" } });
    await w.edit(0, { audience: OTHER });
    const run = await w.drift(FIX);
    expect(run.code).toBe(0);
    expect(run.summary).toContain("has commits of others");
    expect(w.github.tip(branch)).toBe(tip);
  }));

test("closed by a person, the same is not proposed again; something else is", () =>
  playedIn(async (w) => {
    await w.edit(0, { audience: WIDE });
    await w.drift(FIX);
    w.repository.close(pulls(w)[0]?.number ?? 0);
    expect((await w.drift(FIX)).summary).toContain("closed without a merge");
    expect(pulls(w)).toHaveLength(1);
    await w.edit(0, { audience: OTHER });
    await w.drift(FIX);
    expect(pulls(w).map(({ state }) => state)).toEqual(["closed", "open"]);
  }));

test("what cannot be edited is told, and keeps its issue where nothing else is proposed", () =>
  playedIn(async (w) => {
    const shared = (w.files([0, LIVE])[PATH] ?? "").replace(
      /campaignId: (\S+)/,
      "campaignId: { here: $1, there: $1 }",
    );
    w.repository.commit({ [PATH]: shared, "campaignctl.yaml": ENVIRONMENTS });
    await w.edit(0, { audience: WIDE });
    const here = { ...FIX, environment: "here" };
    await w.drift(here);
    expect(pulls(w)).toEqual([]);
    expect(w.github.issues()).toMatchObject([{ state: "open" }]);
    await w.edit(1, { audience: WIDE });
    await w.drift(here);
    expect(pulls(w)).toMatchObject([{ body: expect.stringContaining("for other environments too") }]);
  }));

const ENVIRONMENTS = "version: 1\nenvironments:\n  here: {}\n  there: {}\n";

test("without the permissions the step fails, names them, and there are issues all the same", () =>
  playedIn(async (w) => {
    await w.edit(0, { audience: WIDE });
    w.github.forbid("git/create-tree");
    const run = await w.drift(FIX);
    expect(run.code).toBe(8);
    expect(run.log).toContain('It needs "contents: write"');
    expect(w.github.issues()).toMatchObject([{ state: "open" }]);
    w.github.allow("git/create-tree");
    w.github.forbid("pulls/create");
    expect((await w.drift(FIX)).log).toContain('"pull-requests: write"');
    w.github.allow("pulls/create");
    expect((await w.drift(FIX)).code).toBe(0);
    expect(w.github.issues()).toMatchObject([{ state: "closed" }]);
  }));

test("of a shard it is about the campaigns of that shard alone, on a branch of its own", () =>
  playedIn(async (w) => {
    const both = async () => {
      for (const shard of ["1/2", "2/2"]) expect((await w.drift({ ...FIX, shard })).code).toBe(0);
    };
    await w.edit(0, { audience: WIDE });
    await w.edit(1, { audience: WIDE });
    await both();
    const changed = pulls(w).map(({ branch }) => {
      const there = w.github.checkout(branch);
      return Object.entries(w.github.checkout("main")).flatMap(([path, text]) =>
        there[path] === text ? [] : [path],
      );
    });
    expect(changed.flat().toSorted()).toEqual([PATH, "campaigns/0002.yaml"]);
    expect(w.github.issues()).toEqual([]);
    await w.edit(0, { audience: LIVE });
    await w.edit(1, { audience: LIVE });
    await both();
    expect(new Set(pulls(w).map(({ state }) => state))).toEqual(new Set(["closed"]));
  }));
