import { afterEach, expect, test } from "vitest";
import { decodeHeader } from "../../../src/github/review/comment-header.ts";
import { planKeyOf } from "../../../src/github/review/marker.ts";
import {
  AFTER,
  applyOn,
  BEFORE,
  bodies,
  dispatch,
  endWorlds,
  merged,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  TWO,
  worldAround,
  worldHere,
} from "../../support/github/action-world.ts";
import { workflowDispatchEvent } from "../../support/runner/events.ts";
import type { ActionOptions } from "../../support/runner/runner.ts";

afterEach(endWorlds);

test("an apply that begins while another one writes does not write the same again", async () => {
  const world = await worldAround([ONE, TWO], { latencyMs: 500 });
  const number = propose(world, [ONE, TWO]);
  await planOn(world, number);
  const push = merged(world, number);
  const first = applyOn(world, push);
  await expect.poll(async () => (await puts(world)).length, { timeout: 100_000 }).toBe(2);
  const second = await dispatch(world);
  expect([(await first).code, second.code]).toEqual([0, 0]);
  expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
});

test("case 64: a run by hand waits, sees what another run has written, and writes nothing again", async () => {
  const world = await worldAround([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  world.github.mergePullRequest(number, { method: "squash" });
  const written: Promise<void>[] = [];
  const onStart: ActionOptions["onStart"] = ({ stdout }) =>
    stdout?.on("data", (text) => {
      if (!String(text).includes("Waiting 2 s before writing")) return;
      written.push(world.sandbox.edit(ONE.id, { audience: AFTER }));
    });
  const inputs = { command: "apply" };
  const run = await world.step("main", workflowDispatchEvent(world.github), inputs, { onStart });
  await Promise.all(written);
  expect(written).toHaveLength(1);
  expect(await puts(world)).toEqual([]);
  expect(run.outputs).toMatchObject({ failed: "0", "failure-reason": "" });
  expect(run.code).toBe(0);
});

test("two parts of the files at once: nothing that either has done stays open", async () => {
  const world = await worldHere([ONE, TWO]);
  const number = propose(world, [ONE, TWO]);
  await planOn(world, number);
  const push = merged(world, number);
  const legs = [0, 1].map((index) => applyOn(world, push, { paths: pathOf(index) }));
  expect((await Promise.all(legs)).map(({ code }) => code)).toEqual([0, 0]);
  const [body = ""] = bodies(world, number);
  expect(decodeHeader(body, planKeyOf(body) ?? "")?.state).toBe("applied");
  await world.sandbox.edit(ONE.id, { audience: BEFORE });
  await dispatch(world);
  expect((await puts(world)).length).toBe(2);
});
