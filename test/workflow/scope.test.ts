import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import type { Plan } from "../../src/domain/model.ts";
import {
  type ActionWorld,
  AFTER,
  BEFORE,
  bodies,
  endWorlds,
  filesOf,
  ONE,
  pathOf,
  planOn,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { gitCheckout } from "../support/github/git-checkout.ts";
import { campaignFile } from "../support/program/world.ts";
import { mergeGroupEvent, pullRequestEvent, type RunEvent } from "../support/runner/events.ts";
import type { ActionRun } from "../support/runner/runner.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const THREE = { ...ONE, id: campaignId(3) };

/** A step on what actions/checkout leaves of a commit, with real git. */
function stepOn(
  world: ActionWorld,
  event: RunEvent,
  [commit, ...how]: Parameters<typeof gitCheckout> extends [unknown, ...infer Rest] ? Rest : never,
  inputs: Record<string, string> = {},
) {
  const { path, remove } = gitCheckout(world.github, commit, ...how);
  onTestFinished(remove);
  return world.step(commit, event, { command: "plan", ...inputs }, { workspace: path });
}

/** A pull request that changes the first of three campaigns, while others merged a change of the second. */
async function whileOthersMerge() {
  const world = await worldHere([ONE, TWO, THREE]);
  const number = world.github.addPullRequest({
    commits: [{ files: { [pathOf(0)]: campaignFile(ONE.id, AFTER) } }],
  });
  const fork = world.github.tip("main");
  const tip = world.github.addCommit({ files: { [pathOf(1)]: campaignFile(TWO.id, AFTER) } });
  world.github.forgetRequests();
  await world.sandbox.forget();
  return { world, number, fork, tip };
}

const planIn = (run: ActionRun) => JSON.parse(run.file("plan-path")) as Plan;

const campaignsIn = (run: ActionRun) => planIn(run).changes.map(({ campaignId }) => campaignId);

/** What GitHub was asked of the base. */
const aboutBase = ({ github }: ActionWorld) =>
  github.requests
    .map(({ path, body }) => (/graphql/.test(path) ? JSON.stringify(body) : path))
    .flatMap((asked) => /\/(compare|git\/trees)\/|object\(oid/.exec(asked)?.[0] ?? []);

const notices = (run: ActionRun) => run.annotations("notice").map(({ message }) => message);

describe("a pull request is planned for what it changes, whatever others merged", () => {
  test("GitHub's merge at depth 1: GitHub tells what the first parent has", async () => {
    const { world, number, tip } = await whileOthersMerge();
    const event = pullRequestEvent(world.github, number);
    const run = await stepOn(world, event, [event.sha, 1]);
    expect(campaignsIn(run)).toEqual([ONE.id]);
    expect(planIn(run).scope).toEqual({ kind: "changed", since: tip, shard: null, planned: 1, declared: 3 });
    expect(await world.sandbox.requests()).toHaveLength(1);
    expect(aboutBase(world)).toEqual(["/git/trees/", "object(oid"]);
    const [body = ""] = bodies(world, number);
    expect(body).toContain(
      `2 of 3 declared campaigns were not looked at: only what differs from commit \`${tip.slice(0, 7)}\``,
    );
    expect(body).not.toContain("`drift`");
    expect(notices(run)).toEqual([]);
  });

  test("GitHub's merge with the commits that it is made of: nothing is asked", async () => {
    const { world, number, tip } = await whileOthersMerge();
    const event = pullRequestEvent(world.github, number);
    const run = await stepOn(world, event, [event.sha, 0]);
    expect([campaignsIn(run), planIn(run).scope.since]).toEqual([[ONE.id], tip]);
    expect(aboutBase(world)).toEqual([]);
  });

  test("its head with the whole history: git tells where it left the base branch", async () => {
    const { world, number, fork } = await whileOthersMerge();
    const event = pullRequestEvent(world.github, number);
    const run = await stepOn(world, event, [world.github.head(number), 0]);
    expect([campaignsIn(run), planIn(run).scope.since]).toEqual([[ONE.id], fork]);
    expect(aboutBase(world)).toEqual([]);
  });

  test("its head at depth 1, as without git: GitHub tells that, never the tip of the base branch", async () => {
    const { world, number, fork } = await whileOthersMerge();
    const event = pullRequestEvent(world.github, number);
    for (const run of [
      await stepOn(world, event, [world.github.head(number), 1]),
      await planOn(world, number),
    ]) {
      expect([campaignsIn(run), planIn(run).scope.since]).toEqual([[ONE.id], fork]);
    }
    expect(aboutBase(world).slice(0, 3)).toEqual(["/compare/", "/git/trees/", "object(oid"]);
  });

  test("a clone without texts: they come from GitHub, and git fetches none of them", async () => {
    const { world, number } = await whileOthersMerge();
    const event = pullRequestEvent(world.github, number);
    const run = await stepOn(world, event, [event.sha, 0, ["--filter=blob:none"]]);
    expect(campaignsIn(run)).toEqual([ONE.id]);
    expect(aboutBase(world)).toEqual(["/git/trees/", "object(oid"]);
  });

  test("onto another pull request's branch: what that one changes is none of it", async () => {
    const { world, number } = await whileOthersMerge();
    const { github } = world;
    const base = "change-1";
    const stacked = github.addPullRequest({
      base,
      commits: [{ files: { [pathOf(2)]: campaignFile(THREE.id, AFTER) } }],
    });
    expect(github.tip(base)).toBe(github.head(number));
    const event = pullRequestEvent(github, stacked);
    expect(campaignsIn(await stepOn(world, event, [event.sha, 1]))).toEqual([THREE.id]);
  });

  test("a merge group: what it is put on is the base", async () => {
    const { world, number, tip: baseSha } = await whileOthersMerge();
    const { sha: headSha } = pullRequestEvent(world.github, number);
    const run = await stepOn(world, mergeGroupEvent(world.github, { headSha, baseSha }), [headSha, 1]);
    expect([campaignsIn(run), planIn(run).scope.since]).toEqual([[ONE.id], baseSha]);
  });
});

describe("where nobody can tell what changed, everything is planned, and a notice says why", () => {
  test("GitHub shows a part of the files only: the folders of campaigns are read by themselves", async () => {
    const { world, number } = await whileOthersMerge();
    const event = pullRequestEvent(world.github, number);
    world.github.world.limits.treeEntries = 3;
    const run = await stepOn(world, event, [event.sha, 1]);
    expect(campaignsIn(run)).toEqual([ONE.id]);
    world.github.world.limits.treeEntries = 2;
    const cut = await stepOn(world, event, [event.sha, 1]);
    expect([campaignsIn(cut).length, planIn(cut).scope.kind]).toEqual([3, "all"]);
    expect(notices(cut)).toEqual([
      expect.stringMatching(/^Every declared campaign was looked at, .*more files than/),
    ]);
    expect(cut.summary).toContain("Every declared campaign was looked at");
  });

  test.each(["git/get-tree", "graphql"] as const)("GitHub refuses %s", async (operation) => {
    const { world, number } = await whileOthersMerge();
    const event = pullRequestEvent(world.github, number);
    world.github.forbid(operation);
    const run = await stepOn(world, event, [event.sha, 1]);
    expect([campaignsIn(run).length, run.code]).toEqual([3, 0]);
    expect(notices(run).join("\n")).toContain("Every declared campaign was looked at");
  });

  test("the pull request is in its base branch already", async () => {
    const { world, number } = await whileOthersMerge();
    const head = world.github.head(number);
    const event = pullRequestEvent(world.github, number);
    world.github.mergePullRequest(number, { method: "merge" });
    const run = await stepOn(world, event, [head, 0]);
    expect(campaignsIn(run)).toHaveLength(3);
    expect(notices(run).join("\n")).toContain("main has the head of this pull request already");
  });
});

describe("what a plan of what changed says", () => {
  test("1,000 files that say the same in other words plan nothing, in 20 requests, and the API is asked nothing", async () => {
    const world = await worldHere([ONE]);
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      id: campaignId(index + 1),
      desired: BEFORE,
    }));
    world.github.addCommit({ files: filesOf(many) });
    const reworded = Object.entries(filesOf(many)).map(
      ([path, text]) => [path, `# Reworded.\n${text}`] as const,
    );
    const number = world.github.addPullRequest({ commits: [{ files: Object.fromEntries(reworded) }] });
    const event = pullRequestEvent(world.github, number);
    world.github.forgetRequests();
    await world.sandbox.forget();
    const run = await stepOn(world, event, [event.sha, 1]);
    expect(planIn(run).scope).toMatchObject({ kind: "changed", planned: 0, declared: 1_000 });
    expect(await world.sandbox.requests()).toEqual([]);
    expect(aboutBase(world)).toHaveLength(11);
    expect(world.github.requests.length).toBeLessThanOrEqual(20);
    const [body = ""] = bodies(world, number);
    expect(body).toContain("### No file declares anything else than in commit");
    expect(body).not.toContain("live audiences are those of the files");
    expect(run.outputs).toMatchObject({ planned: "true", changes: "false", "in-sync": "0" });
  });

  test("a campaign whose file is deleted is told, and is asked for no more; a file that moved is no change", async () => {
    const world = await worldHere([ONE, TWO]);
    const number = world.github.addPullRequest({
      commits: [
        {
          files: {
            [pathOf(0)]: null,
            [pathOf(1)]: null,
            "campaigns/moved.yaml": campaignFile(TWO.id, BEFORE),
          },
        },
      ],
    });
    await world.sandbox.forget();
    const run = await planOn(world, number);
    expect(campaignsIn(run)).toEqual([]);
    expect(await world.sandbox.requests()).toEqual([]);
    const told = planIn(run).diagnostics.map(({ code, file }) => [code, file]);
    expect(told).toEqual([["no-longer-declared", pathOf(0)]]);
    expect(bodies(world, number)[0]).toContain("no longer look after it");
  });

  test("a change of the catalogue plans the campaigns that it changes, and says which audience of it did", async () => {
    const world = await worldHere([ONE, TWO]);
    const audienceOf = (n: number) => binding([n]).include[0]?.audienceId;
    const catalogue = (n: number) => `audiences:\n  vip: { audienceId: ${audienceOf(n)}, type: segment }\n`;
    const byName = `campaignId: ${ONE.id}\ninclude: [vip]\nexclude: [{ audienceId: ${audienceOf(9)}, type: segment }]\n`;
    world.github.addCommit({ files: { [pathOf(0)]: byName, "audiences.yaml": catalogue(1) } });
    const number = world.github.addPullRequest({ commits: [{ files: { "audiences.yaml": catalogue(2) } }] });
    const run = await planOn(world, number);
    const causes = [{ file: "audiences.yaml", kind: "audience", name: "vip" }];
    expect(planIn(run).changes).toMatchObject([{ campaignId: ONE.id, because: ["audiences.yaml"], causes }]);
    expect(bodies(world, number)[0]).toContain("<br>because of `audiences.yaml: audience vip`");
  });

  test("a change that is in the base as well, and live by somebody else, has its badge without another question", async () => {
    const world = await worldHere([ONE]);
    await world.sandbox.edit(ONE.id, { audience: binding([5], [9]) });
    const number = world.github.addPullRequest({
      commits: [{ files: { [pathOf(0)]: campaignFile(ONE.id, AFTER) } }],
    });
    world.github.forgetRequests();
    await planOn(world, number);
    expect(bodies(world, number)[0]).toContain("`this pull request` and `drift`");
    expect(aboutBase(world)).toEqual(["/compare/", "/git/trees/", "object(oid"]);
  });
});
