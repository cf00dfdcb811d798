import { afterAll, beforeAll, expect, test } from "vitest";
import { makeWorldHere, type TestWorld } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorldHere([
    { id: campaignId(1), desired: binding([1, 2]), live: binding([1]) },
    { id: campaignId(2), desired: binding([1, 2]), live: binding([1]), seed: { authoringStatus: "sent" } },
  ]);
});
afterAll(() => world.end());

/** Nothing that `show` could ask, or ask with. */
const ALONE = { EXPERITURE_API_URL: "", EXPERITURE_TOKEN: "" };
const show = (args: readonly string[]) => world.run(["show", ...args], { env: ALONE });

test.each([
  ["a plan", ["plan"], "plan.json"],
  ["the report of an apply", ["apply", "--yes"], "apply.json"],
  ["the report of a wait", ["wait"], "wait.json"],
])("%s is shown as it was printed, without credentials or network", async (_, command, file) => {
  const printed = await world.run([...command, "--out", file]);
  expect(await show([file])).toMatchObject({ code: 0, stdout: printed.stdout, stderr: "" });
  const markdown = await show([file, "--format", "markdown"]);
  expect(markdown.stdout).toMatch(/^#+ /);
  expect(markdown.stdout).toContain(printed.stdout.trimEnd().split("\n").at(-1));
});

test("--verbose shows how skipped campaigns differ, when it is printed and when it is shown", async () => {
  const differs = /^ {4}only the file includes {2}\S+ \(segment\)$/m;
  const plan = ["plan", "--out", "verbose.json"];
  expect((await world.run(plan)).stdout).not.toMatch(differs);
  expect((await world.run([...plan, "--verbose"])).stdout).toMatch(differs);
  expect((await show(["verbose.json"])).stdout).not.toMatch(differs);
  expect((await show(["verbose.json", "--verbose"])).stdout).toMatch(differs);
});

test("what a pipe brings is shown too", async () => {
  await world.run(["plan", "--out", "piped.json"]);
  const ran = await world.run(["show", "-"], { env: ALONE, shell: { after: "< piped.json" } });
  expect(ran.stdout).toMatch(/^Plan: /m);
});

test.each([
  ["an altered plan", { kind: "plan" }, /The saved plan .*\n/],
  ["an altered report", { kind: "apply-report", formatVersion: "1.0" }, /The apply report is not valid/],
  ["another document", { kind: "validation" }, /neither a saved plan nor a report.*\n {2}plan --out FILE/],
  ["no document", "{", /neither a saved plan nor a report/],
])("%s is refused: exit 3, stdout stays empty", async (_, content, said) => {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  world.workspace.write("other.json", text);
  const ran = await show(["other.json"]);
  expect(ran).toMatchObject({ code: 3, stdout: "" });
  expect(ran.stderr).toMatch(said);
});
