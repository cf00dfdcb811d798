import { afterEach, describe, expect, test } from "vitest";
import {
  AFTER,
  applyOn,
  BEFORE,
  endWorlds,
  mergeAndApply,
  merged,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { campaignFile } from "../support/program/world.ts";
import { pushEvent } from "../support/runner/events.ts";

afterEach(endWorlds);

describe("only what a reviewer of the merged commit could see authorises", () => {
  test("a plan of an older commit does not, and the run says so", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    world.github.extendPullRequest(number, [{ files: { "README.md": "more" } }]);
    const run = await mergeAndApply(world, number);
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 7, puts: [] });
    expect(run.summary).toContain("planned for an older commit");
  });

  test("a hidden line in front of another text does not", async () => {
    const world = await worldHere([ONE]);
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
    const world = await worldHere([ONE, TWO]);
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
    const world = await worldHere([ONE, TWO]);
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
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number, { environment: "" });
    const push = merged(world, number);
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
