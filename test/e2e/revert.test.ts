import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { makeWorldHere, type TestWorld } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

const open: TestWorld[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.end();
});

/** Two campaigns were written; one was as declared, one locked. The report is in report.json. */
async function applied(): Promise<TestWorld> {
  const world = await makeWorldHere(
    [
      { id: campaignId(1), desired: binding([1, 2], [9]), live: binding([1], [9]) },
      { id: campaignId(2), desired: binding([3], []), live: binding([3], [8]) },
      { id: campaignId(3), desired: binding([4]), live: binding([4]) },
      { id: campaignId(4), desired: binding([5]), live: binding([6]), seed: { authoringStatus: "sent" } },
    ],
    { reachDelayMs: 0 },
  );
  open.push(world);
  const ran = await world.run(["apply", "-y", "--no-wait", "--report", "report.json"]);
  expect(ran.code).toBe(0);
  return world;
}

type Told = { campaignId: string; action: string; reason: string | null };
const told = (changes: unknown) =>
  (changes as Told[]).map(({ campaignId: id, action, reason }) => [Number(id.slice(-1)), action, reason]);

describe("revert", () => {
  test("makes a plan that puts back what the apply wrote, which apply --plan carries out", async () => {
    const world = await applied();
    const reverted = await world.run(["revert", "report.json", "--out", "back.json"]);
    expect(reverted).toMatchObject({ code: 0 });
    expect(reverted.stdout).toContain("Plan: 2 to change, 0 in sync, 0 skipped (not draft), 0 errors.");
    const plan = JSON.parse(readFileSync(join(world.workspace.path, "back.json"), "utf8"));
    expect(plan.kind).toBe("plan");
    expect(told(plan.changes)).toEqual([
      [1, "update", null],
      [2, "update", null],
    ]);
    const before = (await world.sandbox.requests()).filter(({ method }) => method !== "GET").length;
    expect(before).toBe(2);
    expect((await world.run(["apply", "--plan", "back.json", "--no-wait"])).code).toBe(0);
    const again = await world.run(["revert", "report.json", "--json"]);
    expect(again.code).toBe(0);
    expect(told(again.json().changes)).toEqual([
      [1, "no-op", null],
      [2, "no-op", null],
    ]);
    expect(again.json().changes).toMatchObject([
      { before: binding([1], [9]) },
      { before: binding([3], [8]) },
    ]);
  });

  test("leaves what somebody changed since (8), and what is locked by now", async () => {
    const world = await applied();
    await world.sandbox.edit(campaignId(1), { audience: binding([7]) });
    await world.sandbox.edit(campaignId(2), { authoringStatus: "scheduled", audience: binding([7]) });
    const ran = await world.run(["revert", "report.json", "--json"]);
    expect(ran.code).toBe(8);
    expect(told(ran.json().changes)).toEqual([
      [1, "error", "changed-since"],
      [2, "skip", "not-draft"],
    ]);
    const shown = await world.run(["revert", "report.json"]);
    expect(shown.stdout).toContain("somebody changed it since the report");
  });

  test("of a report that was altered, has no fingerprint, is of another kind, version or place sends nothing", async () => {
    const world = await applied();
    const path = join(world.workspace.path, "report.json");
    const report = JSON.parse(readFileSync(path, "utf8"));
    const { fingerprint: _, ...bare } = report;
    await world.sandbox.forget();
    const altered = [
      { ...report, results: report.results.slice(1) },
      bare,
      { ...report, kind: "plan" },
      { ...report, formatVersion: "2.0" },
      { ...report, apiUrl: "https://other.example/public/v1" },
    ];
    for (const each of altered) {
      writeFileSync(path, JSON.stringify(each));
      expect(await world.run(["revert", "report.json"])).toMatchObject({ code: 3, stdout: "" });
    }
    writeFileSync(path, JSON.stringify(report));
    expect(await world.run(["revert", "report.json", "--environment", "x"])).toMatchObject({
      code: 3,
      stdout: "",
    });
    expect(await world.sandbox.requests()).toEqual([]);
  });
});
