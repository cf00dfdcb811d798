import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { makeWorldHere, type TestWorld } from "../support/program/world.ts";
import { audienceId, binding, campaignId } from "../support/samples/bindings.ts";

const open: TestWorld[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.end();
});

const CATALOGUE = `audiences:
  unsubscribed: { audienceId: ${audienceId(9)}, type: segment }
groups:
  baseline: [unsubscribed]
`;

/** The first campaign loses its suppression, the second changes harmlessly. */
async function worldWith(rules: string): Promise<TestWorld> {
  const world = await makeWorldHere([
    { id: campaignId(1), desired: binding([1]), live: binding([1], [9]) },
    { id: campaignId(2), desired: binding([1, 2], [9]), live: binding([1], [9]) },
  ]);
  open.push(world);
  world.workspace.write("audiences.yaml", CATALOGUE);
  world.workspace.write("campaignctl.yaml", `version: 1\n${rules}`);
  return world;
}

const REQUIRED = "guardrails: { requireExclude: [baseline] }\n";

type Told = {
  readonly findings: readonly {
    readonly rule: string;
    readonly state: string;
    readonly campaignId: string | null;
  }[];
  readonly results: readonly { readonly outcome: string; readonly reason: string | null }[];
};

const writesIn = async (world: TestWorld) =>
  (await world.sandbox.requests()).filter(({ method }) => method === "PUT");

describe("validate", () => {
  test("tells what files alone can break, as a warning; under --strict it is 6, and nothing is sent", async () => {
    const world = await worldWith(REQUIRED);
    const plain = await world.run(["validate"]);
    expect(plain.code).toBe(0);
    expect(plain.stderr).toContain("warning[rule-broken] campaigns/01.yaml:1:1");
    const strict = await world.run(["validate", "--strict", "--json"]);
    expect(strict.code).toBe(6);
    expect(strict.json()).toMatchObject({
      kind: "validation",
      diagnostics: [{ code: "rule-broken" }],
      findings: [{ rule: "require-exclude", state: "broken" }],
    });
    expect(await world.sandbox.requests()).toEqual([]);
  });
});

describe("a broken rule", () => {
  test("stops plan after the whole plan, and apply before any write, with the findings in its report", async () => {
    const world = await worldWith(REQUIRED);
    const planned = await world.run(["plan", "--out", "plan.json"]);
    expect(planned.code).toBe(6);
    expect(planned.stdout).toContain("REFUSED BY A RULE");
    expect(planned.stdout).toContain("x require-exclude (hard)  Campaign 01  campaigns/01.yaml:1:1");
    expect(planned.stdout).toContain("Plan: 2 to change");
    const applied = await world.run(["apply", "--yes", "--report", "report.json"]);
    expect(applied.code).toBe(6);
    const report = JSON.parse(readFileSync(join(world.workspace.path, "report.json"), "utf8")) as Told;
    expect(report.results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["not-attempted", "guardrail"],
      ["not-attempted", "guardrail"],
    ]);
    expect(report.findings.map(({ rule, state, campaignId: id }) => [rule, state, id])).toEqual([
      ["require-exclude", "broken", campaignId(1)],
      ["loses-all-excludes", "broken", campaignId(1)],
    ]);
    expect(await writesIn(world)).toEqual([]);
    expect((await world.run(["plan", "--allow", "require-exclude"])).code).toBe(3);
  });

  test("is let pass by a waiver of the project file, which is told", async () => {
    const expires = "2099-12-31";
    const waivers = `waivers: [{ campaignId: ${campaignId(1)}, rule: require-exclude, audience: unsubscribed, owner: legal, reason: staff only, expires: ${expires} }]\n`;
    const world = await worldWith(REQUIRED + waivers);
    const { code, stdout } = await world.run(["apply", "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Waived by legal until ${expires}: staff only`);
    expect(await writesIn(world)).toHaveLength(2);
  });

  test("that is soft is let pass by --allow, for that run alone", async () => {
    const world = await worldWith("guardrails: { maxChanges: 1 }\n");
    expect((await world.run(["plan"])).code).toBe(6);
    const allowed = await world.run(["plan", "--allow", "max-changes=spring sale", "--out", "plan.json"]);
    expect(allowed.code).toBe(0);
    expect(allowed.stdout).toContain("Allowed for this run by --allow max-changes: spring sale");
    // What plan was allowed, apply is not.
    expect((await world.run(["apply", "--plan", "plan.json"])).code).toBe(6);
    expect(await writesIn(world)).toEqual([]);
    expect((await world.run(["apply", "--plan", "plan.json", "--allow", "max-changes"])).code).toBe(0);
  });
});

test("a saved plan is judged by the rules that stand when it is applied", async () => {
  const world = await worldWith("");
  expect((await world.run(["plan", "--out", "plan.json"])).code).toBe(0);
  world.workspace.write("campaignctl.yaml", `version: 1\n${REQUIRED}`);
  const refused = await world.run(["apply", "--plan", "plan.json", "--json"]);
  expect(refused.code).toBe(6);
  expect((refused.json() as Told).findings[0]).toMatchObject({ rule: "require-exclude", state: "broken" });
  expect(await writesIn(world)).toEqual([]);
  // Without a name in a rule nobody needs the catalogue.
  world.workspace.write(
    "campaignctl.yaml",
    `version: 1\nguardrails: { forbidInclude: [${audienceId(7)}] }\n`,
  );
  world.workspace.write("audiences.yaml", "not: a catalogue\n");
  expect((await world.run(["apply", "--plan", "plan.json"])).code).toBe(0);
});

test("reach that breaks a rule after the write is put back, and not written again with that report at hand", async () => {
  const world = await worldWith("guardrails: { reach: { max: 999, onBreach: restore } }\n");
  await world.run(["plan", "--out", "plan.json"]);
  const carryOut = (...more: readonly string[]) => world.run(["apply", "--plan", "plan.json", ...more]);
  const { code, json, stdout } = await carryOut("--json", "--report", "1.json");
  expect({ code, stdout: stdout.length > 0 }).toEqual({ code: 6, stdout: true });
  const report = json() as {
    readonly summary: Readonly<Record<string, number>>;
    readonly results: readonly {
      readonly outcome: string;
      readonly writes: readonly { readonly kind: string }[];
      readonly reach: { readonly confirmed: boolean };
    }[];
  };
  expect(report.summary).toMatchObject({ applied: 0, restored: 2 });
  expect(report.results.map(({ outcome }) => outcome)).toEqual(["restored", "restored"]);
  expect(report.results[1]?.writes.map(({ kind }) => kind)).toEqual(["apply", "restore"]);
  expect(report.results[1]?.reach.confirmed).toBe(true);
  const plan = (await world.run(["plan", "--json"])).json() as { changes: readonly { action: string }[] };
  expect(plan.changes.map(({ action }) => action)).toEqual(["update", "update"]);
  const again = await carryOut("--after", "1.json", "--report", "2.json");
  expect(again.code).toBe(6);
  expect(again.stdout).toContain(
    "an earlier apply wrote the same, and put it back, since reach broke a rule",
  );
  expect(again.stdout).toContain("To write it all the same, leave out `--after`.");
  const third = (await carryOut("--after", "2.json", "--json")).json() as Told;
  expect(third.results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ["not-attempted", "restored-before"],
    ["not-attempted", "restored-before"],
  ]);
  expect(await writesIn(world)).toHaveLength(4);
  for (const more of [["none.json"], ["1.json", "--report", "1.json"]]) {
    const refused = await carryOut("--after", ...more);
    expect([refused.code, refused.stdout]).toEqual([3, ""]);
  }
});

test("what is sent soon, and what collides, is told by a plan in every form, and stops nothing", async () => {
  const seed = { sendAt: new Date(Date.now() + 6 * 3_600_000).toISOString() };
  const world = await makeWorldHere([
    { id: campaignId(1), desired: binding([1], [9]), live: binding([1]), seed },
    { id: campaignId(2), desired: binding([1, 2], [9]), live: binding([1, 2], [9]), seed },
  ]);
  open.push(world);
  const { code, stdout } = await world.run(["plan", "--out", "plan.json"]);
  expect(code).toBe(0);
  expect(stdout).toContain('1 changed campaign is to be sent within 24 hours: "Campaign 01" at ');
  expect(stdout).toContain(`Two drafts include ${audienceId(1)} and are to be sent within 24 hours`);
  const plan = JSON.parse(readFileSync(join(world.workspace.path, "plan.json"), "utf8"));
  expect(plan.diagnostics.map((told: { readonly code: string }) => told.code)).toEqual([
    "locked-soon",
    "sends-collide",
  ]);
  expect(plan.changes[0].schedule.sendAt).toBe(seed.sendAt);
  const shown = await world.run(["show", "plan.json", "--format", "markdown"]);
  for (const told of ["locked-soon", "sends-collide"]) expect(shown.stdout).toContain(told);
});

test("wait tells rules of reach by what was counted since, and stops for none of them", async () => {
  const world = await worldWith("guardrails: { reach: { min: 1000000 } }\n");
  expect((await world.run(["apply", "--yes", "--no-wait"])).code).toBe(0);
  const { code, stdout } = await world.run(["wait", "--out", "wait.json"]);
  expect(code).toBe(0);
  expect(stdout).toContain("! reach-min (warn)  Campaign 01");
  const report = JSON.parse(readFileSync(join(world.workspace.path, "wait.json"), "utf8")) as Told;
  expect(report.findings.map(({ rule, state }) => [rule, state])).toEqual([
    ["reach-min", "broken"],
    ["reach-min", "broken"],
  ]);
});
