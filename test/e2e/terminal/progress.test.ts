import { expect, onTestFinished, test } from "vitest";
import { makeWorldHere } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

async function apply(...flags: readonly string[]) {
  const world = await makeWorldHere([{ id: campaignId(1), desired: binding([1, 2]), live: binding([1]) }]);
  onTestFinished(world.end);
  const ran = await world.run(["apply", "--yes", ...flags]);
  expect(ran.code).toBe(0);
  return ran;
}

const told = (stderr: string): readonly Record<string, unknown>[] =>
  stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("--progress json tells each event as a line of JSON on stderr, from the first read to the confirmed reach", async () => {
  const events = told((await apply("--progress", "json")).stderr);
  const kinds = events.map(({ event }) => event).filter((kind) => kind !== "waiting");
  expect(kinds).toEqual(["reading", "writing", "written", "confirmed"]);
  expect(events.at(-1)).toMatchObject({ event: "confirmed", campaignId: campaignId(1), name: "Campaign 01" });
  for (const { at } of events) expect(Date.parse(String(at))).not.toBeNaN();
});

test("--progress none tells nothing of it", async () => {
  expect((await apply("--progress", "none")).stderr).not.toMatch(/read back|reach confirmed:|^\{/m);
});

test("another word is refused: exit 3", async () => {
  const world = await makeWorldHere([]);
  onTestFinished(world.end);
  const ran = await world.run(["plan", "--progress", "loud"]);
  expect(ran).toMatchObject({ code: 3, stdout: "" });
  expect(ran.stderr).toContain("auto, json, none");
});
