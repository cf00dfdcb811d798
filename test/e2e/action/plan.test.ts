import { afterEach, expect, test } from "vitest";
import {
  API_TOKEN,
  BEFORE,
  bodies,
  endWorlds,
  NO_DISK,
  ONE,
  planOn,
  propose,
  puts,
  TWO,
  worldOf,
} from "../../support/github/action-world.ts";
import { pullRequestEvent } from "../../support/runner/events.ts";

afterEach(endWorlds);

test("one comment, with the verdict first; nothing is written to the API", async () => {
  const world = await worldOf([ONE, TWO]);
  const number = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
  const run = await planOn(world, number);
  expect(run.code).toBe(0);
  const [body, ...more] = bodies(world, number);
  expect(more).toEqual([]);
  expect(body).toMatch(
    /^<!-- campaignctl:plan [a-z0-9-]+ [\w-]+ -->\n### 1 campaign changes: it can reach more people\n/,
  );
  expect(body).toMatch(
    /\n<sub>Plan: 1 to change \(1 widens\), 0 in sync, 0 skipped \(not draft\), 0 errors\.<br>commit /,
  );
  expect(body).not.toContain("`drift`");
  expect(run.outputs).toMatchObject({
    changes: "true",
    "to-update": "1",
    "in-sync": "0",
    skipped: "0",
    failed: "0",
    widens: "1",
    digest: expect.stringMatching(/^sha256:/),
    "comment-url": expect.stringContaining("issuecomment"),
    "failure-reason": "",
  });
  expect(JSON.parse(run.file("plan-path"))).toMatchObject({ kind: "plan", digest: run.outputs.digest });
  expect(run.summary).toContain("Plan: 1 to change");
  expect(await puts(world)).toEqual([]);
  run.assertNoSecret([API_TOKEN, world.github.token]);
});

test("case 75: a disk that takes no result: the plan is still told, and the step fails", async () => {
  const world = await worldOf([ONE]);
  const number = propose(world, [ONE]);
  const event = pullRequestEvent(world.github, number);
  const run = await world.step(world.github.head(number), event, { command: "plan" }, { env: NO_DISK });
  expect(run.code).toBe(8);
  expect(run.outputs).toMatchObject({ "to-update": "1", "plan-path": "", "failure-reason": "incomplete" });
  expect(run.log).toContain("The plan could not be saved");
  expect(run.log).not.toContain("mistake in campaignctl");
  expect(bodies(world, number)[0]).toContain("Plan: 1 to change");
});
