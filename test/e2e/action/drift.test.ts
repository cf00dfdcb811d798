import { afterEach, expect, test } from "vitest";
import { endWorlds, NO_DISK, ONE, worldOf } from "../../support/github/action-world.ts";
import { scheduleEvent } from "../../support/runner/events.ts";
import { binding } from "../../support/samples/bindings.ts";

afterEach(endWorlds);

test("case 75: a disk that takes no result: the issue is opened all the same, and the step fails", async () => {
  const world = await worldOf([ONE]);
  await world.sandbox.edit(ONE.id, { audience: binding([6]) });
  const run = await world.step("main", scheduleEvent(world.github), { command: "drift" }, { env: NO_DISK });
  expect(run.code).toBe(8);
  expect(run.log).toContain("The plan could not be saved");
  expect(world.github.issues()).toMatchObject([{ state: "open" }]);
});
