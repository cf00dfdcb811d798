import { afterEach, expect, test } from "vitest";
import {
  dispatch,
  endWorlds,
  mergeAndApply,
  ONE,
  planOn,
  propose,
  puts,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { audienceId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const BOTH = [ONE, TWO];
const project = (guardrails: string) => ({
  files: { "campaignctl.yaml": `version: 1\nguardrails: { ${guardrails} }\n` },
});

test("a rule that came between review and merge refuses the apply; an issue names it, and the plan waits", async () => {
  const world = await worldHere(BOTH);
  const number = propose(world, BOTH);
  expect((await planOn(world, number)).code).toBe(0);
  world.github.addCommit(project(`requireExclude: [${audienceId(7)}]`));
  const refused = await mergeAndApply(world, number);
  expect([refused.code, refused.outputs["failure-reason"]]).toEqual([6, "guardrail"]);
  expect(await puts(world)).toEqual([]);
  expect(refused.summary).toContain("### Refused by rules");
  const [issue] = world.github.issues();
  expect(issue).toMatchObject({ state: "open", title: "Apply left 2 campaigns" });
  expect(issue?.body).toContain(`\`require-exclude\` (hard): **Campaign 01**`);
  world.github.addCommit(project("maxChanges: 5"));
  expect((await dispatch(world)).code).toBe(0);
  expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
  expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
});

test("what reach put back is not written again by the same review, however often apply runs", async () => {
  const world = await worldHere(BOTH);
  world.github.addCommit(project("reach: { max: 999, onBreach: restore }"));
  const number = propose(world, BOTH);
  expect((await planOn(world, number)).code).toBe(0);
  const restored = await mergeAndApply(world, number);
  expect([restored.code, restored.outputs["failure-reason"]]).toEqual([6, "guardrail"]);
  const written = [...(await puts(world))].sort();
  expect(written).toEqual([ONE.id, ONE.id, TWO.id, TWO.id]);
  for (let again = 0; again < 2; again += 1) await dispatch(world);
  expect([...(await puts(world))].sort()).toEqual(written);
});
