import { afterEach, expect, test } from "vitest";
import {
  type ActionWorld,
  BEFORE,
  endWorlds,
  filesOf,
  ONE,
  planOn,
  propose,
  worldOf,
} from "../../support/github/action-world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

afterEach(endWorlds);

const LABELS = { labels: "true" };
const labelsOn = ({ github }: ActionWorld, number: number) => github.world.issues.get(number)?.labels;

test("a label is there as long as it holds, and those of others stay", async () => {
  const world = await worldOf([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  expect(labelsOn(world, number)).toEqual([]);
  Object.assign(world.github.world.issues.get(number) ?? {}, { labels: ["urgent", "audience-skipped"] });
  expect((await planOn(world, number, LABELS)).code).toBe(0);
  expect(labelsOn(world, number)).toEqual(["urgent", "audience-widens"]);
  const narrowed = { ...ONE, desired: binding([1], [8, 9]) };
  world.github.extendPullRequest(number, [{ files: filesOf([narrowed]) }]);
  await planOn(world, number, LABELS);
  expect(labelsOn(world, number)).toEqual(["urgent", "audience-narrows"]);
});

test("what another target's plan says is left alone, until that one says otherwise", async () => {
  const world = await worldOf([ONE]);
  const number = propose(world, [ONE]);
  const other = { ...LABELS, paths: "campaigns/*.yaml" };
  await planOn(world, number, other);
  await world.sandbox.edit(ONE.id, { audience: ONE.desired });
  await planOn(world, number, LABELS);
  expect(labelsOn(world, number)).toEqual(["audience-widens"]);
  await planOn(world, number, other);
  expect(labelsOn(world, number)).toEqual([]);
});

test("a missing permission is a warning that says what to grant", async () => {
  const world = await worldOf([ONE]);
  const number = propose(world, [{ ...ONE, desired: binding([2], [9]) }]);
  world.github.world.labels.add("audience-narrows");
  world.github.forbid("issues/create-label");
  const run = await planOn(world, number, LABELS);
  expect(run.code).toBe(0);
  expect(labelsOn(world, number)).toEqual(["audience-narrows"]);
  expect(run.annotations("warning").map(({ message }) => message)).toEqual([
    expect.stringMatching(/labels of this pull request.*"pull-requests: write", and "issues: write"/),
  ]);
});

test("a run that could not read a campaign takes no label off", async () => {
  const world = await worldOf([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number, LABELS);
  const unknown = { id: campaignId(7), desired: BEFORE };
  world.github.extendPullRequest(number, [{ files: filesOf([{ ...ONE, desired: BEFORE }, unknown]) }]);
  expect((await planOn(world, number, LABELS)).outputs.failed).toBe("1");
  expect(labelsOn(world, number)).toEqual(["audience-widens"]);
});
