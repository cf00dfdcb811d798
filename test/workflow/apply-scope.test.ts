import { afterEach, expect, onTestFinished, test } from "vitest";
import {
  type ActionWorld,
  AFTER,
  applyOn,
  bodies,
  dispatch,
  endWorlds,
  merged,
  ONE,
  pathOf,
  planOn,
  puts,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { gitCheckout } from "../support/github/git-checkout.ts";
import { campaignFile } from "../support/program/world.ts";
import { pushEvent } from "../support/runner/events.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const THREE = { ...ONE, id: campaignId(3) };
const DRIFTED = { audience: binding([7], [9]) };

/** A pull request of one file, planned. */
async function planned(world: ActionWorld, index: number, desired = AFTER) {
  const text = campaignFile(campaignId(index + 1), desired);
  const number = world.github.addPullRequest({ commits: [{ files: { [pathOf(index)]: text } }] });
  await planOn(world, number);
  return number;
}

/** The campaigns that the API was asked about, each once. */
async function askedAbout({ sandbox }: ActionWorld) {
  const ids = (await sandbox.requests()).map(({ path }) => path.split("/")[4] ?? "");
  return [...new Set(ids)].sort();
}

test("what drifted elsewhere is neither read nor refused", async () => {
  const world = await worldHere([ONE, TWO, THREE]);
  const number = await planned(world, 0);
  await world.sandbox.edit(TWO.id, DRIFTED);
  await world.sandbox.forget();
  const run = await applyOn(world, merged(world, number));
  expect(run.outputs["failure-reason"]).toBe("");
  expect([await askedAbout(world), await puts(world)]).toEqual([[ONE.id], [ONE.id]]);
  expect(run.summary).toContain("2 of 3 declared campaigns were not looked at");
  expect(bodies(world, number)[0]).toContain("Nothing of this plan is left to do");
  expect(world.github.issues()).toEqual([]);
});

test("what a push changes without a review is looked at, and refused", async () => {
  const world = await worldHere([ONE, TWO, THREE]);
  const before = world.github.tip("main");
  const after = world.github.addCommit({ files: { [pathOf(1)]: campaignFile(TWO.id, AFTER) } });
  await world.sandbox.edit(THREE.id, DRIFTED);
  const run = await applyOn(world, { before, after });
  expect(run.outputs).toMatchObject({ "failure-reason": "plan-changed", "to-update": "1" });
  expect(await puts(world)).toEqual([]);
  // A pull request that changes nothing of it is how it gets its review.
  const number = await planned(world, 0);
  expect(bodies(world, number)[0]).toContain("### 2 campaigns change");
  expect((await applyOn(world, merged(world, number))).code).toBe(0);
  expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
  expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
});

test("the reviewed campaigns of a run that was dropped are looked at by the next one", async () => {
  const world = await worldHere([ONE, TWO, THREE]);
  const [first, second] = [await planned(world, 0), await planned(world, 1)];
  merged(world, first);
  await world.sandbox.edit(THREE.id, DRIFTED);
  const run = await applyOn(world, merged(world, second));
  expect(run.outputs["failure-reason"]).toBe("");
  expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
});

test.each(["a forced push", "a new branch", "by hand", "scope: all"])(
  "%s: everything is looked at, and what nobody reviewed is refused",
  async (how) => {
    const world = await worldHere([ONE, TWO]);
    const before = world.github.tip("main");
    const after = world.github.addCommit({ files: { "README.md": "x" } });
    await world.sandbox.edit(TWO.id, DRIFTED);
    const event = pushEvent(world.github, { before: how === "a new branch" ? null : before, after });
    const forced = { ...event, payload: { ...(event.payload as object), forced: how === "a forced push" } };
    const run =
      how === "by hand"
        ? await dispatch(world)
        : await world.step(after, forced, {
            command: "apply",
            ...(how === "scope: all" ? { scope: "all" } : {}),
          });
    expect(run.outputs).toMatchObject({ "failure-reason": "plan-changed", "to-update": "1" });
    expect(await puts(world)).toEqual([]);
    const told = run.annotations("notice").some(({ message }) => message.includes("Every declared campaign"));
    expect(told).toBe(how === "a forced push" || how === "a new branch");
  },
);

test("an apply after one that did not begin looks at everything, and closes the issue", async () => {
  const world = await worldHere([ONE, TWO]);
  const first = await planned(world, 0);
  const refused = await applyOn(world, merged(world, first), { token: "" });
  expect(refused.outputs["failure-reason"]).toBe("invalid-files");
  const before = world.github.tip("main");
  const run = await applyOn(world, { before, after: world.github.addCommit() });
  expect(run.code).toBe(0);
  expect(run.summary).toContain("an earlier apply did not begin");
  expect(await puts(world)).toEqual([ONE.id]);
  expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
});

test("what an issue names and this run did not look at stays in it; a campaign that no file declares leaves it", async () => {
  const world = await worldHere([ONE, TWO, THREE]);
  await world.sandbox.edit(TWO.id, DRIFTED);
  await world.sandbox.edit(THREE.id, DRIFTED);
  expect((await dispatch(world)).outputs["failure-reason"]).toBe("plan-changed");
  const before = world.github.tip("main");
  const after = world.github.addCommit({ files: { [pathOf(2)]: null } });
  const { path, remove } = gitCheckout(world.github, after, 1);
  onTestFinished(remove);
  const event = pushEvent(world.github, { before, after });
  const run = await world.step(after, event, { command: "apply" }, { workspace: path });
  expect(run.code).toBe(0);
  const [issue] = world.github.issues();
  expect(issue).toMatchObject({ state: "open", title: "Apply left 1 campaign" });
  expect(issue?.body).toContain(TWO.id);
  expect(issue?.body).not.toContain(THREE.id);
});
