import { afterEach, expect, test } from "vitest";
import {
  AFTER,
  applyOn,
  BEFORE,
  bodies,
  endWorlds,
  mergeAndApply,
  ONE,
  planOn,
  propose,
  puts,
  worldHere,
} from "../../support/github/action-world.ts";
import { binding } from "../../support/samples/bindings.ts";

afterEach(endWorlds);

test("two pull requests of one campaign: they name each other, the second is refused and planned anew", async () => {
  const world = await worldHere([ONE]);
  const inputs = { labels: "true" };
  const a = propose(world, [ONE]);
  await planOn(world, a, inputs);
  const b = propose(world, [{ ...ONE, desired: binding([1, 3], [9]) }]);
  await planOn(world, b, inputs);
  expect(bodies(world, a)[0]).toContain(`**Also planned in #${b}**`);
  expect(bodies(world, b)[0]).toContain(`**Also planned in #${a}**`);
  expect(world.github.world.issues.get(b)?.labels).toEqual(["audience-widens"]);
  expect((await mergeAndApply(world, a)).code).toBe(0);
  expect(bodies(world, b)[0]).toContain(`**Planned before #${a} was applied**`);
  const refused = await mergeAndApply(world, b);
  expect(refused.outputs["failure-reason"]).toBe("plan-changed");
  expect(bodies(world, b)[0]).toContain(`**Planned before #${a} was applied**`);
  const again = propose(world, [{ ...ONE, desired: AFTER }]);
  await planOn(world, again);
  expect((await mergeAndApply(world, again)).code).toBe(0);
  expect(await puts(world)).toEqual([ONE.id]);
});

test("the second takes the first back, and its run comes first: nothing is written", async () => {
  const world = await worldHere([ONE]);
  const merged = async (desired: typeof AFTER) => {
    const number = propose(world, [{ ...ONE, desired }]);
    await planOn(world, number);
    const before = world.github.tip("main");
    return { before, after: world.github.mergePullRequest(number, { method: "squash" }) };
  };
  const pushes = [await merged(AFTER), await merged(BEFORE)];
  for (const push of pushes.reverse()) expect((await applyOn(world, push)).code).toBe(0);
  expect(await puts(world)).toEqual([]);
});
