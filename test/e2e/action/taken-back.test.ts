import type { ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { bodies, endWorlds, worldAround } from "../../support/github/action-world.ts";
import { expectTakenBack, outgrown, planWith } from "../../support/github/outgrown.ts";
import { injected } from "../../support/program/cli.ts";

afterEach(endWorlds);

test("a bug: the comment does not quote it, since nothing masks secrets there", async () => {
  const { world, number, first } = await outgrown(worldAround);
  const bug = injected('Date.prototype.toISOString = () => { throw new Error("at-the-wrong-moment"); };');
  const run = await planWith(world, number, {}, { env: bug });
  expect(run.code).toBe(1);
  expect(run.log).toContain("at-the-wrong-moment");
  expect(bodies(world, number)[0]).not.toContain("at-the-wrong-moment");
  await expectTakenBack(world, number, "the run failed", first);
});

test.each(["SIGKILL", "SIGTERM"] as const)("a run that is ended by %s while it reads", async (signal) => {
  const { world, number, first } = await outgrown(worldAround);
  let child: ChildProcess | null = null;
  const server = createServer(() => child?.kill(signal));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/public/v1`;
  const onStart = (started: ChildProcess) => {
    child = started;
  };
  await planWith(world, number, { "api-url": url }, { onStart });
  await expectTakenBack(world, number, "the run of this commit has not ended", first);
});
