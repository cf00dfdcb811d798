import { expect, test } from "vitest";
import type { Ran } from "../support/program/cli.ts";
import { campaignFile, makeWorld, makeWorldHere, type TestWorld } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

const ONE = { id: campaignId(1), desired: binding([1, 2]), live: binding([1]) };
const LOCKED = { ...ONE, id: campaignId(2), seed: { authoringStatus: "sent" } };
const HOSTILE = { ...ONE, id: campaignId(3) };

/** Every command, in every format, and most of the ways in which they end. */
const LINES = [
  "--version",
  "help plan",
  "plam",
  "plan --nonsense",
  "plan --parallelism 0",
  "validate",
  "validate --format json",
  "-C campaigns validate 01.yaml",
  "fmt --check",
  `who-uses ${ONE.desired.include[0]?.audienceId}`,
  "environments",
  "schema",
  "wait --format json",
  "plan --detailed-exitcode",
  "plan --format markdown --verbose",
  "plan --json --out plan.json",
  "plan --sizes",
  "plan --environment nowhere",
  "show plan.json",
  "apply",
  "apply --expect-digest sha256:0",
  "apply --yes --fail-on-skip --no-wait --json --report applied.json",
  "apply --plan plan.json --no-wait --format markdown",
  "show applied.json --format markdown",
  "revert applied.json --out back.json",
  "import --all",
  "init -C empty",
  "__complete fish apply --form",
];

/** Evaluations take longer than the story, so that none of them ends in one telling alone. */
async function story(open: typeof makeWorld): Promise<readonly unknown[]> {
  const world = await open([ONE, LOCKED, HOSTILE], { reachDelayMs: 600_000 });
  await world.sandbox.edit(HOSTILE.id, { name: "\u001b[2J\u202e::error::" });
  world.workspace.write("empty/.keep", "");
  const told: unknown[] = [];
  for (const line of LINES) told.push([line, toldBy(await world.run(line.split(" ")), world)]);
  told.push(toldBy(await world.run(["plan"], { env: { EXPERITURE_TOKEN: "" } }), world));
  world.workspace.write("campaigns/09.yaml", campaignFile(campaignId(9), binding([1])));
  told.push(toldBy(await world.run(["apply", "--yes", "--no-wait"], { env: { FORCE_COLOR: "1" } }), world));
  await world.end();
  return told;
}

/** All that a run told, but for what is of one world alone: its port, its folder, its hours, and what is counted from them. */
function toldBy({ code, stdout, stderr }: Ran, { sandbox, workspace }: TestWorld) {
  const here = (text: string): string =>
    text
      .replaceAll(new URL(sandbox.url).origin, "http://sandbox")
      .replaceAll(workspace.path, "/workspace")
      .replaceAll(/"fingerprint": "[^"]*"|sha256:[0-9a-f]+/g, "<digest>")
      .replaceAll(/\b00000000-0000-4000-8000-[0-9a-f]{12}\b/g, "<correlation id>")
      .replaceAll(/\d+ \w+ ago|\btook \d+s\b/g, "<age>")
      .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| UTC)?/g, "<time>");
  return { code, stdout: here(stdout), stderr: here(stderr) };
}

test("the program tells in a test's own process what the built one does in one of its own", async () => {
  const here = await story(makeWorldHere);
  expect(here).toEqual(await story(makeWorld));
  expect(new Set(JSON.stringify(here).match(/"code":\d+/g)).size).toBeGreaterThan(5);
});
