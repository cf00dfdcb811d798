import { afterEach, expect, test } from "vitest";
import {
  API_TOKEN,
  applyOn,
  BEFORE,
  bodies,
  endWorlds,
  NO_DISK,
  ONE,
  planOn,
  propose,
  puts,
  TWO,
  worldAround,
  worldHere,
} from "../../support/github/action-world.ts";
import { pushEvent } from "../../support/runner/events.ts";

afterEach(endWorlds);

test.each(["squash", "rebase", "merge"] as const)(
  "%s: exactly what was shown, and the comment says so",
  async (method) => {
    const world = await worldHere([ONE, TWO]);
    const number = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
    await planOn(world, number);
    const before = world.github.tip("main");
    const after = world.github.mergePullRequest(number, { method });
    const run = await applyOn(world, { before, after });
    expect(run.code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
    expect(run.log).toMatch(new RegExp(`${ONE.id}: writing\n(?:.*\n)*.*audiences replaced and read back`));
    expect(bodies(world, number)).toHaveLength(1);
    expect(bodies(world, number)[0]).toContain("Apply: 1 applied, 0 unchanged");
    expect(bodies(world, number)[0]).toContain("<details>");
    expect(JSON.parse(run.file("report-path"))).toMatchObject({
      kind: "apply-report",
      summary: { applied: 1 },
    });
    expect(world.github.issues()).toEqual([]);
    run.assertNoSecret([API_TOKEN, world.github.token]);
    const again = await applyOn(world, { before, after });
    expect(again.code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
  },
);

test("case 75: a disk that takes no result: what was written is still told in the pull request, and the step fails", async () => {
  const world = await worldAround([ONE, TWO]);
  const number = propose(world, [ONE, TWO]);
  await planOn(world, number);
  const before = world.github.tip("main");
  const after = world.github.mergePullRequest(number, { method: "squash" });
  const run = await world.step(
    after,
    pushEvent(world.github, { before, after }),
    { command: "apply" },
    { env: NO_DISK },
  );
  expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
  expect(run.code).toBe(8);
  expect(bodies(world, number)[0]).toContain("Apply: 2 applied");
  expect(
    run
      .annotations("notice")
      .map(({ message }) => message)
      .join(),
  ).toMatch(/The plan could not be saved.*The apply-report could not be saved/s);
  expect(run.outputs).toMatchObject({ "report-path": "", "failure-reason": "incomplete" });
  expect(run.log).not.toContain("mistake in campaignctl");
});
