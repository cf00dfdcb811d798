import { afterEach, describe, expect, test } from "vitest";
import {
  BEFORE,
  bodies,
  endWorlds,
  filesOf,
  ONE,
  pathOf,
  planOn,
  propose,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { mergeGroupEvent, pullRequestEvent } from "../support/runner/events.ts";
import { binding } from "../support/samples/bindings.ts";

afterEach(endWorlds);

describe("plan on a pull request", () => {
  test("a second push edits it in place; the same plan again sends no edit", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    world.github.extendPullRequest(number, [{ files: filesOf([{ ...ONE, desired: binding([1, 3], [9]) }]) }]);
    await planOn(world, number);
    expect(bodies(world, number)).toHaveLength(1);
    expect(bodies(world, number)[0]).toContain(binding([3]).include[0]?.audienceId);
  });

  test("a change that was there before is drift", async () => {
    const world = await worldHere([ONE, TWO]);
    await world.sandbox.edit(TWO.id, { audience: binding([5], [9]) });
    const number = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
    await planOn(world, number, { scope: "all" });
    const rows = (bodies(world, number)[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
    expect(rows.find((row) => row.includes("Campaign 01"))).not.toContain("drift");
    expect(rows.find((row) => row.includes("Campaign 02"))).toContain("drift");
  });

  test("two targets have a comment each", async () => {
    const world = await worldHere([ONE]);
    world.github.addCommit({ files: { "campaignctl.yaml": "version: 1\nenvironments: { staging: {} }\n" } });
    const number = propose(world, [ONE]);
    await planOn(world, number);
    await planOn(world, number, { environment: "staging" });
    await planOn(world, number);
    expect(bodies(world, number)).toHaveLength(2);
  });

  test("somebody else's comment with the same marker is left alone", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const [ours = ""] = bodies(world, number);
    const other = propose(world, [ONE]);
    world.github.addComment(other, { author: "mallory", body: ours });
    await planOn(world, other);
    expect(world.github.comments(other).map(({ author }) => author)).toEqual(["mallory", world.github.login]);
    expect(bodies(world, other)[0]).toBe(ours);
  });

  test("invalid files: annotated at their line, told in the comment, red, and nothing is asked of the API", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    await world.sandbox.forget();
    world.github.extendPullRequest(number, [{ files: { [pathOf(0)]: "campaignId: x\ninclude: []\n" } }]);
    const run = await planOn(world, number);
    expect(run.code).toBeGreaterThan(1);
    expect(run.outputs).toMatchObject({ "failure-reason": "invalid-files", "to-update": "" });
    expect(run.annotations("error")).toContainEqual(
      expect.objectContaining({ properties: expect.objectContaining({ file: pathOf(0), line: "1" }) }),
    );
    expect(bodies(world, number)).toHaveLength(1);
    expect(bodies(world, number)[0]).toContain("No plan");
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test.each(["fork", "deleted"] as const)(
    "from a %s: the files are checked, no plan, green",
    async (headRepository) => {
      const world = await worldHere([ONE]);
      const number = world.github.addPullRequest({ headRepository, commits: [{ files: filesOf([ONE]) }] });
      for (const name of ["pull_request", "pull_request_target"] as const) {
        const event = pullRequestEvent(world.github, number, { name });
        const run = await world.step(world.github.head(number), event, { command: "plan" });
        expect(run.code).toBe(0);
        expect(run.summary).toContain("fork");
      }
      expect(await world.sandbox.requests()).toEqual([]);
      expect(bodies(world, number)).toEqual([]);
    },
  );

  test("without secrets: the files are checked, the summary says why, green", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    const run = await planOn(world, number, { token: "" });
    expect(run.code).toBe(0);
    expect(run.summary).toContain("no credentials");
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("a token that may not comment is a notice, the job stays green", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    world.github.forbid("issues/create-comment");
    const run = await planOn(world, number);
    expect(run.code).toBe(0);
    expect(run.annotations("notice")).not.toEqual([]);
    expect(run.outputs["comment-url"]).toBe("");
  });

  test("the pull request's own project file never says where credentials go", async () => {
    const world = await worldHere([ONE]);
    const evil = "version: 1\nenvironments:\n  production: { apiUrl: https://evil.example.test/v1 }\n";
    const good = `version: 1\nenvironments:\n  production: { apiUrl: ${world.sandbox.url} }\n`;
    world.github.addCommit({ files: { "campaignctl.yaml": good } });
    const number = world.github.addPullRequest({
      commits: [{ files: { ...filesOf([ONE]), "campaignctl.yaml": evil } }],
    });
    const run = await planOn(world, number, { "api-url": "", environment: "production" });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.file("plan-path"))).toMatchObject({ apiUrl: world.sandbox.url });
  });

  test("from a working directory the project file is found upwards, in the base commit as in the checkout", async () => {
    const world = await worldHere([ONE]);
    const project = (url: string) => ({
      "campaignctl.yaml": `version: 1\nenvironments:\n  production: { apiUrl: ${url} }\n`,
    });
    // A checkout is known for one by this folder.
    const checkout = { ".git/HEAD": "", "work/notes.txt": "" };
    world.github.addCommit({ files: { ...project(world.sandbox.url), ...checkout } });
    const number = world.github.addPullRequest({
      commits: [{ files: { ...filesOf([ONE]), ...project("https://evil.example.test/v1") } }],
    });
    await world.sandbox.edit(ONE.id, { audience: binding([5], [9]) });
    const inputs = { "api-url": "", environment: "production", "working-directory": "work" };
    const run = await planOn(world, number, inputs);
    expect(run.code).toBe(0);
    expect(run.log).toContain("Project file: ");
    expect(JSON.parse(run.file("plan-path"))).toMatchObject({
      apiUrl: world.sandbox.url,
      changes: [{ source: { file: `../${pathOf(0)}` } }],
    });
    const [body = ""] = bodies(world, number);
    expect(body).toContain(`/blob/${world.github.head(number)}/${pathOf(0)}#L1`);
    expect(body).toContain("`this pull request` and `drift`");
  });

  test("changes-only: no first comment while there is nothing to say; never: none at all", async () => {
    const world = await worldHere([{ ...ONE, desired: BEFORE }]);
    const number = world.github.addPullRequest();
    await planOn(world, number, { comment: "changes-only" });
    expect(bodies(world, number)).toEqual([]);
    await world.sandbox.edit(ONE.id, { audience: binding([7]) });
    await planOn(world, number, { comment: "never" });
    expect(bodies(world, number)).toEqual([]);
    await planOn(world, number, { comment: "changes-only", scope: "all" });
    expect(bodies(world, number)).toHaveLength(1);
  });

  test("a merge group is planned, without a comment", async () => {
    const world = await worldHere([ONE]);
    const baseSha = world.github.tip("main");
    const headSha = world.github.addCommit({ branch: "queue", files: filesOf([ONE]) });
    const run = await world.step(headSha, mergeGroupEvent(world.github, { headSha, baseSha }), {
      command: "plan",
    });
    expect(run.code).toBe(0);
    expect(run.summary).toContain("Plan: 1 to change");
  });
});
