import { afterEach, describe, expect, test } from "vitest";
import {
  AFTER,
  API_TOKEN,
  applyOn,
  BEFORE,
  bodies,
  dispatch,
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
  worldHere,
  worldWithRefused,
} from "../support/github/action-world.ts";
import { campaignFile } from "../support/program/world.ts";
import { binding } from "../support/samples/bindings.ts";

afterEach(endWorlds);

describe("apply on merge", () => {
  test("live changed meanwhile: that campaign is refused, the other goes, an issue names what is left", async () => {
    const world = await worldHere([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number);
    await world.sandbox.edit(ONE.id, { audience: binding([1, 7], [9]) });
    const run = await mergeAndApply(world, number);
    expect(run.code).toBeGreaterThan(1);
    expect(run.outputs).toMatchObject({ "failure-reason": "plan-changed" });
    expect(await puts(world)).toEqual([TWO.id]);
    expect(bodies(world, number)[0]).toContain("1 stale");
    expect(world.github.issues()).toMatchObject([{ state: "open", author: world.github.login }]);
    await world.sandbox.edit(ONE.id, { audience: AFTER });
    const tip = world.github.tip("main");
    const later = await applyOn(world, { before: tip, after: world.github.addCommit() });
    expect(later.code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("files changed after the review: refused", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    world.github.extendPullRequest(number, [{ files: filesOf([{ ...ONE, desired: binding([1, 2, 3]) }]) }]);
    const run = await mergeAndApply(world, number);
    expect(run.outputs["failure-reason"]).toBe("plan-changed");
    expect(await puts(world)).toEqual([]);
  });

  test("the comment was deleted, or planted by somebody else, or edited by somebody else: nothing is authorised", async () => {
    for (const spoil of ["deleted", "planted", "edited"] as const) {
      const world = await worldHere([ONE]);
      const number = propose(world, [ONE]);
      await planOn(world, number);
      const comment = world.github.comments(number)[0];
      if (comment === undefined) throw new Error("There is no comment.");
      if (spoil !== "edited") world.github.deleteComment(comment.id);
      if (spoil === "planted") world.github.addComment(number, { author: "mallory", body: comment.body });
      if (spoil === "edited") world.github.editComment(comment.id, { by: "mallory", body: comment.body });
      const run = await mergeAndApply(world, number);
      expect({ spoil, code: run.code, reason: run.outputs["failure-reason"] }).toEqual({
        spoil,
        code: 7,
        reason: "plan-changed",
      });
      expect(await puts(world)).toEqual([]);
    }
  });

  test("a run that GitHub dropped is healed by the next one", async () => {
    const world = await worldHere([ONE, TWO]);
    const first = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
    await planOn(world, first);
    world.github.mergePullRequest(first, { method: "squash" });
    const second = world.github.addPullRequest({
      commits: [{ files: { [pathOf(1)]: campaignFile(TWO.id, TWO.desired) } }],
    });
    await planOn(world, second);
    const run = await mergeAndApply(world, second);
    expect(run.code).toBe(0);
    expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
    // An earlier pull request is told of its own campaigns only.
    expect(bodies(world, first)[0]).toContain("Apply: 1 applied");
    expect(bodies(world, second)[0]).toContain("Apply: 2 applied");
  });

  test("an apply that fails half-way stays open, and the next run ends it", async () => {
    const world = await worldWithRefused(worldHere);
    const number = propose(world, [ONE, REFUSED]);
    await planOn(world, number);
    const run = await mergeAndApply(world, number);
    expect(run.outputs["failure-reason"]).toBe("incomplete");
    expect(world.github.issues()).toMatchObject([{ state: "open" }]);
    await mendRefused(world);
    const retry = await dispatch(world);
    expect(retry.code).toBe(0);
    expect(retry.summary).toContain("Apply: 1 applied, 1 unchanged");
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("locked meanwhile is skipped; with fail-on-skip it fails", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    await world.sandbox.edit(ONE.id, { authoringStatus: "scheduled" });
    const run = await mergeAndApply(world, number, { "fail-on-skip": "true" });
    expect(run.outputs).toMatchObject({ "failure-reason": "skipped", skipped: "1" });
    expect(await puts(world)).toEqual([]);
  });

  test("a plain push without a pull request is refused; without a required review it is applied, loudly", async () => {
    const world = await worldHere([ONE]);
    const before = world.github.tip("main");
    const after = world.github.addCommit({ files: filesOf([ONE]) });
    const refused = await applyOn(world, { before, after });
    expect(refused.outputs["failure-reason"]).toBe("plan-changed");
    expect(refused.summary).toContain("No reviewed plan was found");
    expect(await puts(world)).toEqual([]);
    const run = await applyOn(world, { before, after }, { "require-reviewed-plan": "false" });
    expect(run.code).toBe(0);
    expect(
      run
        .annotations("warning")
        .map(({ message }) => message)
        .join(),
    ).toContain("require-reviewed-plan");
    expect(await puts(world)).toEqual([ONE.id]);
  });

  test("on a pull request, and with comment: never, it is refused when it starts", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    const run = await planOn(world, number, { command: "apply" });
    expect(run.outputs["failure-reason"]).toBe("invalid-files");
    const before = world.github.tip("main");
    const never = await applyOn(world, { before, after: before }, { comment: "never" });
    expect(never.outputs["failure-reason"]).toBe("invalid-files");
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("a token that may only read: auth, and the report is there", async () => {
    const scoped = { tokens: [{ token: API_TOKEN, scopes: ["campaigns:read"] }] };
    const world = await worldHere([ONE], { seed: scoped });
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const run = await mergeAndApply(world, number);
    expect(run.outputs).toMatchObject({ "failure-reason": "auth", failed: "1" });
    expect(run.log).toContain("campaigns:update");
  });

  test("an apply that cannot begin opens the follow-up issue, and the one that can closes it", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const refused = await mergeAndApply(world, number, { token: "" });
    expect(refused.outputs["failure-reason"]).toBe("invalid-files");
    expect(world.github.issues()).toMatchObject([{ state: "open", title: "Apply did not begin" }]);
    const run = await dispatch(world);
    expect(run.code).toBe(0);
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("an issue about reach is not closed while its evaluation has failed", async () => {
    const failing = { ...ONE, seed: { switches: { evaluation: "failed" } } };
    const world = await worldHere([failing]);
    const number = propose(world, [failing]);
    await planOn(world, number);
    const run = await mergeAndApply(world, number);
    expect(run.outputs["failure-reason"]).toBe("reach-unconfirmed");
    await dispatch(world);
    expect(world.github.issues()).toMatchObject([{ state: "open" }]);
  });

  test("GitHub fails when the result is to be told: what was written is reported all the same", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    world.github.failNext(
      { kind: "status", status: 502, when: "before" },
      { operation: "issues/update-comment", times: 20 },
    );
    const run = await mergeAndApply(world, number);
    expect(run.code).toBeGreaterThan(1);
    expect(run.outputs).toMatchObject({ "failure-reason": "incomplete", "in-sync": "0" });
    expect(JSON.parse(run.file("report-path"))).toMatchObject({ summary: { applied: 1 } });
  });
});
