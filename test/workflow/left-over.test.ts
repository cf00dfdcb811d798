import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import {
  applyOn,
  BEFORE,
  bodies,
  dispatch,
  endWorlds,
  mendRefused,
  mergeAndApply,
  merged,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  REFUSED,
  TWO,
  worldHere,
  worldWithRefused,
} from "../support/github/action-world.ts";
import { makeWorkspace } from "../support/program/cli.ts";
import { pushEvent } from "../support/runner/events.ts";
import { binding } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const [ONE_ONLY, TWO_ONLY] = [{ paths: pathOf(0) }, { paths: pathOf(1) }];

describe("a reviewed change is never reported done, or lost, without having been written", () => {
  test("an apply of some paths leaves the others waiting, names them, and a later run applies them", async () => {
    const world = await worldHere([ONE, TWO]);
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
    const world = await worldHere([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number);
    const push = merged(world, number);
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
    const world = await worldHere([ONE, TWO]);
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
    const world = await worldWithRefused(worldHere);
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
    const world = await worldWithRefused(worldHere);
    const first = propose(world, [ONE, { ...REFUSED, desired: BEFORE }]);
    await planOn(world, first);
    const older = merged(world, first);
    const second = propose(world, [ONE, REFUSED]);
    await planOn(world, second);
    const newer = merged(world, second);
    expect((await applyOn(world, newer)).code).toBe(8);
    expect((await applyOn(world, older)).code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "open", title: "Apply left 1 campaign" }]);
  });

  test("an issue of an apply that did not begin is closed by no other part", async () => {
    const world = await worldHere([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number);
    await mergeAndApply(world, number, { ...TWO_ONLY, token: "" });
    expect((await dispatch(world, ONE_ONLY)).code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "open", title: "Apply did not begin" }]);
    expect((await dispatch(world, TWO_ONLY)).code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("what was refused stays open: when live is again as it was reviewed, a later run applies it", async () => {
    const world = await worldHere([ONE]);
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
    const world = await worldHere([ONE]);
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

describe("what is optional never decides", () => {
  test("issues are turned off: an apply with nothing left is green, one that leaves something says so itself", async () => {
    const world = await worldHere([ONE]);
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
