import { expect, onTestFinished, test } from "vitest";
import { injected } from "../../support/program/cli.ts";
import { makeWorldHere, type TestWorld } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

async function worldOf(count: number, latencyMs = 20): Promise<TestWorld> {
  const ids = Array.from({ length: count }, (_, index) => campaignId(index));
  const world = await makeWorldHere(
    ids.map((id) => ({ id, desired: binding([1, 2]), live: binding([1]) })),
    { latencyMs },
  );
  onTestFinished(world.end);
  return world;
}

test("case 76: a clock that jumps an hour ahead and back in mid-run changes nothing", async () => {
  const world = await worldOf(12, 100);
  const jumping = `
    const now = Date.now;
    let offset = 0;
    Date.now = () => now() + offset;
    setInterval(() => { offset = offset === 0 ? 3.6e6 : offset > 0 ? -3.6e6 : 0; }, 50).unref();`;
  const ran = await world.run(["apply", "--yes", "--format", "json"], { env: injected(jumping) });
  expect(ran.code).toBe(0);
  expect(ran.json()).toMatchObject({ summary: { applied: 12, reachConfirmed: 12, reachUnconfirmed: 0 } });
});

test("case 80: 64 MiB of memory are enough, and every campaign has its outcome", async () => {
  const world = await worldOf(60);
  const ran = await world.run(["apply", "--yes", "--format", "json"], {
    env: { NODE_OPTIONS: "--max-old-space-size=64" },
  });
  expect(ran.code).toBe(0);
  expect((ran.json() as { results: readonly unknown[] }).results).toHaveLength(60);
});

/** Does something when the journal has noted the fourth accepted write: three are told by then, and it is open. */
const afterFirst = (code: string) =>
  injected(`
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const write = fs.writeSync;
    let accepted = 0;
    fs.writeSync = (file, data, ...rest) => {
      const written = write(file, data, ...rest);
      if (String(data).includes('"step":"accepted"') && ++accepted === 4) setImmediate(() => { ${code} });
      return written;
    };
    syncBuiltinESMExports();`);

const APPLY = ["apply", "--yes", "--no-wait", "--parallelism", "3"];

async function expectOpenWritesTold(world: TestWorld): Promise<void> {
  const next = await world.run(APPLY);
  expect(next.code).toBe(0);
  expect(next.stderr).toMatch(/^warning: The last run ended /m);
}

test("case 80: an error nobody caught ends the run with 1; what was done is told, and the next run says what was open", async () => {
  const world = await worldOf(12);
  const ran = await world.run(APPLY, { env: afterFirst('Promise.reject(new Error("nobody waits for me"))') });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/audiences replaced and read back\n(?:.*\n)*bug: Error: nobody waits for me\n/);
  expect(ran.stderr).toMatch(/This is a mistake in campaignctl\. Please report it with these lines\.\n$/);
  await expectOpenWritesTold(world);
});

test("case 80: no memory left: Node ends the process, but what was done is told, and the next run says what was open", async () => {
  const world = await worldOf(12);
  const { NODE_OPTIONS } = afterFirst("const all = []; for (;;) all.push(new Array(1_000_000).fill(0));");
  const ran = await world.run(APPLY, {
    env: { NODE_OPTIONS: `--max-old-space-size=64 ${NODE_OPTIONS}` },
    shell: { before: "ulimit -c 0" },
  });
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toMatch(/audiences replaced and read back\n(?:.*\n)*.*heap out of memory/);
  await expectOpenWritesTold(world);
});
