import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import {
  type ActionWorld,
  AFTER,
  applyOn,
  BEFORE,
  bodies,
  endWorlds,
  filesOf,
  mendRefused,
  mergeAndApply,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  REFUSED,
  TWO,
  worldOf,
  worldWithRefused,
} from "../../support/github/action-world.ts";
import { makeWorkspace } from "../../support/program/cli.ts";
import { campaignFile } from "../../support/program/world.ts";
import { pushEvent, workflowDispatchEvent } from "../../support/runner/events.ts";
import { binding } from "../../support/samples/bindings.ts";

afterEach(endWorlds);

const [ONE_ONLY, TWO_ONLY] = [{ paths: pathOf(0) }, { paths: pathOf(1) }];
const dispatch = (world: ActionWorld, inputs: Record<string, string> = {}) =>
  world.step("main", workflowDispatchEvent(world.github), { command: "apply", ...inputs });

/** A merged pull request whose apply has not run yet: its push. */
async function merged(world: ActionWorld, number: number) {
  const before = world.github.tip("main");
  return { before, after: world.github.mergePullRequest(number, { method: "squash" }) };
}

describe("a reviewed change is never reported done, or lost, without having been written", () => {
  test("an apply of some paths leaves the others waiting, names them, and a later run applies them", async () => {
    const world = await worldOf([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number);
    const run = await mergeAndApply(world, number, ONE_ONLY);
    expect(run.code).toBe(0);
    expect(run.summary).toContain(`Still to be applied of the plan in pull request ${number}`);
    expect(bodies(world, number)[0]).toContain(`still to be applied`);
    expect(bodies(world, number)[0]).toContain(`- campaign \`${TWO.id}\``);
    expect(bodies(world, number)[0]).not.toContain("Nothing of this plan is left to do.");
    const later = await dispatch(world);
    expect(later.code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id, TWO.id]);
    expect(bodies(world, number)[0]).toContain("Nothing of this plan is left to do.");
  });

  test("a file that is missing from what is checked out leaves its campaign waiting", async () => {
    const world = await worldOf([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number);
    const push = await merged(world, number);
    const { [pathOf(1)]: _, ...part } = world.github.checkout(push.after);
    const workspace = makeWorkspace(part);
    onTestFinished(workspace.remove);
    const event = pushEvent(world.github, push);
    const run = await world.step(push.after, event, { command: "apply" }, { workspace: workspace.path });
    expect(run.code).toBe(0);
    expect(run.annotations("notice").map(({ message }) => message)).toContainEqual(
      expect.stringContaining(TWO.id),
    );
    expect((await dispatch(world)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id, TWO.id]);
  });

  test("plans by paths stand in comments of their own, and one apply carries out both", async () => {
    const world = await worldOf([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number, ONE_ONLY);
    await planOn(world, number, TWO_ONLY);
    expect(bodies(world, number).map((body) => body.includes("Plan: 1 to change"))).toEqual([true, true]);
    const run = await mergeAndApply(world, number);
    expect(run.code).toBe(0);
    expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
    for (const body of bodies(world, number)) expect(body).toContain("Nothing of this plan is left to do.");
  });

  test("only a run that looked at what an issue names closes it", async () => {
    const world = await worldWithRefused();
    const number = propose(world, [ONE, REFUSED]);
    await planOn(world, number);
    const failed = await mergeAndApply(world, number, TWO_ONLY);
    expect(failed.outputs["failure-reason"]).toBe("incomplete");
    expect((await dispatch(world, ONE_ONLY)).code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "open", title: "Apply left 1 campaign" }]);
    await mendRefused(world);
    expect((await dispatch(world, TWO_ONLY)).code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("an older run does not close the issue of a newer one", async () => {
    const world = await worldWithRefused();
    const first = propose(world, [ONE, { ...REFUSED, desired: BEFORE }]);
    await planOn(world, first);
    const older = await merged(world, first);
    const second = propose(world, [ONE, REFUSED]);
    await planOn(world, second);
    const newer = await merged(world, second);
    expect((await applyOn(world, newer)).code).toBe(8);
    expect((await applyOn(world, older)).code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "open", title: "Apply left 1 campaign" }]);
  });

  test("an issue of an apply that did not begin is closed by no other part", async () => {
    const world = await worldOf([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number);
    await mergeAndApply(world, number, { ...TWO_ONLY, token: "" });
    expect((await dispatch(world, ONE_ONLY)).code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "open", title: "Apply did not begin" }]);
    expect((await dispatch(world, TWO_ONLY)).code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("what was refused stays open: when live is again as it was reviewed, a later run applies it", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    await world.sandbox.edit(ONE.id, { audience: binding([1, 7], [9]) });
    const refused = await mergeAndApply(world, number);
    expect(refused.code).toBe(7);
    expect(bodies(world, number)[0]).toContain("when live is again as it was reviewed");
    const again = await dispatch(world);
    expect(again.code).toBe(7);
    expect(again.summary).toContain("The live audiences changed since the review.");
    await world.sandbox.edit(ONE.id, { audience: BEFORE });
    expect((await dispatch(world)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("a locked campaign stays open too, and is applied when it is a draft again", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    await world.sandbox.edit(ONE.id, { authoringStatus: "scheduled" });
    const locked = await mergeAndApply(world, number);
    expect(locked.code).toBe(0);
    expect(locked.annotations("warning").map(({ message }) => message)).toEqual([
      expect.stringContaining("SKIPPED: 1 campaign not draft any more"),
    ]);
    await world.sandbox.edit(ONE.id, { authoringStatus: "draft" });
    expect((await dispatch(world)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
  });
});

describe("an older run never writes what the branch no longer says", () => {
  const NARROW = { ...ONE, desired: binding([1], [8, 9]) };

  test.each(["older", "newer"] as const)(
    "%s run first: live becomes what the branch says, both are green",
    async (first) => {
      const world = await worldOf([ONE]);
      const wide = propose(world, [ONE]);
      await planOn(world, wide);
      const older = await merged(world, wide);
      const narrow = propose(world, [NARROW]);
      await planOn(world, narrow);
      const newer = await merged(world, narrow);
      const order = first === "older" ? [older, newer] : [newer, older];
      for (const push of order) expect((await applyOn(world, push)).code).toBe(0);
      expect(await puts(world)).toEqual([ONE.id]);
      const live = await fetch(`${new URL(world.sandbox.url).origin}/__sandbox/campaigns/${ONE.id}`);
      expect(await live.json()).toMatchObject({ audience: NARROW.desired });
      expect(world.github.issues()).toEqual([]);
      expect(bodies(world, wide)[0]).toContain("### Superseded");
    },
  );

  test("without a required review as well", async () => {
    const world = await worldOf([ONE]);
    const before = world.github.tip("main");
    const older = { before, after: world.github.addCommit({ files: filesOf([ONE]) }) };
    world.github.addCommit({ files: filesOf([{ ...ONE, desired: BEFORE }]) });
    const run = await applyOn(world, older, { "require-reviewed-plan": "false" });
    expect(run.code).toBe(0);
    expect(run.summary).toContain("1 campaign superseded");
    expect(await puts(world)).toEqual([]);
  });

  test.each<[string, Record<string, string | null>]>([
    ["the file was moved", { [pathOf(0)]: null, "campaigns/moved.yaml": campaignFile(ONE.id, AFTER) }],
    [
      "the project file is another one",
      { "campaignctl.yaml": "version: 1\ncampaigns: [campaigns/*.yaml]\n" },
    ],
  ])("%s: left to the newer run, which applies what was reviewed", async (_, files) => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const push = await merged(world, number);
    world.github.addCommit({ files });
    const older = await applyOn(world, push);
    expect({ code: older.code, puts: await puts(world) }).toEqual({ code: 0, puts: [] });
    expect(older.annotations("warning").map(({ message }) => message)).toEqual([
      expect.stringContaining("left to the run of the branch's newest commit"),
    ]);
    expect(world.github.issues()).toMatchObject([{ state: "open" }]);
    expect((await dispatch(world)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test.each<[string, Record<string, string | null>]>([
    ["the file was moved", { [pathOf(0)]: null, "campaigns/moved.yaml": campaignFile(ONE.id, AFTER) }],
    [
      "the project file is another one",
      { "campaignctl.yaml": "version: 1\ncampaigns: [campaigns/*.yaml]\n" },
    ],
  ])("%s above the working directory: left to the newer run as well", async (_, files) => {
    const world = await worldOf([ONE]);
    const here = { "working-directory": "work" };
    // A checkout is known for one by its folder of Git's.
    const checkout = { ".git/HEAD": "", "work/notes.txt": "" };
    world.github.addCommit({ files: { "campaignctl.yaml": "version: 1\n", ...checkout } });
    const number = propose(world, [ONE]);
    await planOn(world, number, here);
    const push = await merged(world, number);
    world.github.addCommit({ files });
    const older = await applyOn(world, push, here);
    expect({ code: older.code, puts: await puts(world) }).toEqual({ code: 0, puts: [] });
    expect(older.summary).toContain("left to a newer run");
    expect((await dispatch(world, here)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
  });

  test("what is declared as it was is written, whatever else the branch has by now", async () => {
    const world = await worldOf([ONE, TWO]);
    const number = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
    await planOn(world, number);
    const push = await merged(world, number);
    world.github.addCommit({ files: { [pathOf(1)]: campaignFile(TWO.id, AFTER), "README.md": "x" } });
    expect((await applyOn(world, push)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
  });

  test("where nobody can tell what the branch says, nothing is written", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const push = await merged(world, number);
    world.github.addCommit({ files: { [pathOf(0)]: campaignFile(ONE.id, BEFORE) } });
    world.github.forbid("repos/get-content");
    const run = await applyOn(world, push);
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 8, puts: [] });
  });
});

describe("only what a reviewer of the merged commit could see authorises", () => {
  test("a plan of an older commit does not, and the run says so", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    world.github.extendPullRequest(number, [{ files: { "README.md": "more" } }]);
    const run = await mergeAndApply(world, number);
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 7, puts: [] });
    expect(run.summary).toContain("planned for an older commit");
  });

  test("a hidden line in front of another text does not", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const [comment] = world.github.comments(number);
    if (comment === undefined) throw new Error("There is no comment.");
    world.github.deleteComment(comment.id);
    const [hidden = ""] = comment.body.split("\n", 1);
    world.github.addComment(number, {
      author: world.github.login,
      body: `${hidden}\n### No changes\n\nThanks!`,
    });
    const run = await mergeAndApply(world, number);
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 7, puts: [] });
    expect(run.summary).toContain("does not show all that was planned there");
  });

  test("a plan from which a campaign was cut does not, and the run says what is wrong and what helps", async () => {
    const world = await worldOf([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number);
    const [comment] = world.github.comments(number);
    if (comment === undefined) throw new Error("There is no comment.");
    const body = comment.body.replace(/<details open>[\s\S]*?<\/details>\n\n/, "");
    expect(body).not.toBe(comment.body);
    world.github.editComment(comment.id, { by: world.github.login, body });
    const run = await mergeAndApply(world, number);
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 7, puts: [] });
    expect(run.summary).toMatch(/a part of its text is missing, or is not ours\..*Open a pull request/s);
  });

  test("a plan that nobody sees does not, with whatever key it comes", async () => {
    const world = await worldOf([ONE, TWO]);
    const number = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
    await planOn(world, number);
    const other = propose(world, [ONE, TWO]);
    await planOn(world, other);
    const [planted] = world.github.comments(other);
    const key = /plan (\S+) /.exec(planted?.body ?? "")?.[1] ?? "";
    const [hidden = "", ...plan] = (planted?.body ?? "").split("\n");
    const commit = hidden.replace(key, `${key}-p000000000000`);
    world.github.addComment(number, {
      author: world.github.login,
      body: `${commit}\n${plan.join("\n").replace("<details", "<!--\n<details")}\n-->\nThanks!`,
    });
    const before = world.github.tip("main");
    world.github.mergePullRequest(number, { method: "squash" });
    const after = world.github.addCommit({ files: { [pathOf(1)]: campaignFile(TWO.id, AFTER) } });
    const run = await applyOn(world, { before, after });
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 7, puts: [ONE.id] });
  });

  test("what was found instead of a plan is told", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number, { environment: "" });
    const push = await merged(world, number);
    const run = await world.step(
      push.after,
      pushEvent(world.github, push),
      { command: "apply" },
      {
        workflow: "Another",
      },
    );
    expect(run.code).toBe(7);
    expect(run.summary).toContain(
      `Pull request ${number} has only a plan of another target (Workflow Campaigns, API`,
    );
  });
});

describe("what is optional never decides", () => {
  test("issues are turned off: an apply with nothing left is green, one that leaves something says so itself", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    world.github.forbid("issues/list-for-repo");
    const run = await mergeAndApply(world, number);
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 0, puts: [ONE.id] });
    expect(run.annotations("notice").map(({ message }) => message)).toContainEqual(
      expect.stringContaining("/issues"),
    );
    await world.sandbox.edit(ONE.id, { audience: BEFORE });
    const left = await dispatch(world);
    expect({ code: left.code, reason: left.outputs["failure-reason"] }).toEqual({
      code: 7,
      reason: "plan-changed",
    });
  });
});

test("an apply that begins while another one writes does not write the same again", async () => {
  const world = await worldOf([ONE, TWO], { latencyMs: 500 });
  const number = propose(world, [ONE, TWO]);
  await planOn(world, number);
  const push = await merged(world, number);
  const first = applyOn(world, push);
  await expect.poll(async () => (await puts(world)).length, { timeout: 100_000 }).toBe(2);
  const second = await dispatch(world);
  expect([(await first).code, second.code]).toEqual([0, 0]);
  expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
});

describe("a cancelled run", () => {
  test("leaves outputs, report and summary while GitHub makes it wait", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const push = await merged(world, number);
    world.github.failNext(
      { kind: "secondary-limit", status: 403, retryAfterSeconds: 100 },
      { operation: "issues/update-comment", times: 9 },
    );
    world.github.forgetRequests();
    const asked = () => world.github.requests.some(({ method }) => method === "PATCH");
    const run = await world.step(
      push.after,
      pushEvent(world.github, push),
      { command: "apply" },
      {
        onStart: (child) => {
          const timer = setInterval(() => {
            if (!asked()) return;
            clearInterval(timer);
            child.kill("SIGINT");
          }, 20);
        },
      },
    );
    expect(run.code).toBe(130);
    expect(run.outputs).toMatchObject({ "to-update": "1", "failure-reason": "incomplete" });
    expect(JSON.parse(run.file("report-path"))).toMatchObject({ summary: { applied: 1 } });
    expect(run.summary).toContain("Apply: 1 applied");
  });
});
