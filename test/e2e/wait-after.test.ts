import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/domain/model.ts";
import { answerJson, startRawServer } from "../support/network/raw-server.ts";
import { makeWorkspace } from "../support/program/cli.ts";
import { runHere } from "../support/program/run-here.ts";
import { campaignFile, makeWorldHere, type TestWorld } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";
import { summaryOf } from "../support/samples/summary.ts";

const ONE = { id: campaignId(1), desired: binding([1, 2]), live: binding([1]) };

let world: TestWorld;
let report: Report;

beforeAll(async () => {
  world = await makeWorldHere([ONE]);
  const applied = await world.run([
    "apply",
    "--yes",
    "--no-wait",
    "--format",
    "json",
    "--report",
    "report.json",
  ]);
  report = applied.json() as Report;
  await world.sandbox.forget();
});

afterAll(() => world.end());

test("a report of apply says what was written when, and what the reads around it showed", () => {
  expect(report.results[0]).toMatchObject({
    outcome: "applied",
    before: ONE.live,
    after: ONE.desired,
    writes: [{ clock: "server", status: 200, kind: "apply", correlationId: expect.any(String) }],
    guard: { reach: { status: "ok" } },
    readBack: { updatedAt: expect.any(String) },
  });
});

test("wait takes it as evidence, and says so in its own report", async () => {
  const ran = await world.run(["wait", "--after", "report.json", "--format", "json"]);
  expect(ran.code).toBe(0);
  expect(ran.json()).toMatchObject({
    kind: "wait-report",
    results: [{ reach: { confirmed: true, previousCount: 1000 }, writes: report.results[0]?.writes }],
  });
});

describe("refused, exit 3, nothing sent:", () => {
  test.each<[string, unknown, RegExp]>([
    ["a wait report", { kind: "wait-report", planDigest: null }, /not an apply report/],
    ["another major version", { formatVersion: "2.0" }, /format version "2\.0"/],
    ["the report of another API", { apiUrl: "https://other.test/public/v1" }, /is of https:\/\/other\.test/],
    ["that of another environment", { environment: "staging" }, /for environment "staging"/],
    ["one that was altered", { results: [{ ...{}, campaignId: "x" }] }, /not valid/],
  ])("%s", async (_, change, message) => {
    world.workspace.write("altered.json", JSON.stringify({ ...report, ...(change as object) }));
    await world.sandbox.forget();
    const ran = await world.run(["wait", "--after", "altered.json"]);
    expect(ran).toMatchObject({ code: 3, stdout: "", stderr: expect.stringMatching(message) });
    expect(ran.stderr).toMatch(/Nothing was sent/);
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("a file that is not there, and one that the result would replace", async () => {
    const missing = await world.run(["wait", "--after", "none.json"]);
    expect(missing).toMatchObject({ code: 3, stdout: "", stderr: expect.stringMatching(/no such file/) });
    const same = await world.run(["wait", "--after", "report.json", "--out", "report.json"]);
    expect(same).toMatchObject({ code: 3, stdout: "", stderr: expect.stringMatching(/same file/) });
  });
});

test("without evidence an evaluation from before the last change is not confirmed: exit 10, with both times", async () => {
  const workspace = makeWorkspace();
  workspace.write("campaigns/one.yaml", campaignFile(ONE.id, ONE.desired));
  const server = await startRawServer((_, socket) => {
    socket.write(answerJson(summaryOf(ONE.id, ONE.desired)));
  });
  const url = `${server.url}/public/v1`;
  const ran = await runHere(["wait", "--wait-timeout", "300ms", "--api-url", url], { cwd: workspace.path });
  expect(ran.code).toBe(10);
  expect(ran.stdout).toContain(
    "NOT CONFIRMED: last changed 2026-04-25T10:30:00.000Z by the API's updatedAt; evaluated 2026-04-25T10:20:00.000Z by the API's evaluatedAt: not proven to be of these audiences (last seen: 18,432, evaluated 2026-04-25 10:20 UTC",
  );
  await server.close();
  workspace.remove();
});

test("apply of an unchanged campaign that is pending to the time-out ends with 10, idle with a warning", async () => {
  const workspace = makeWorkspace();
  workspace.write("campaigns/one.yaml", campaignFile(ONE.id, ONE.desired));
  for (const [status, code] of [
    ["pending", 10],
    ["idle", 0],
  ] as const) {
    const server = await startRawServer((_, socket) => {
      socket.write(answerJson(summaryOf(ONE.id, ONE.desired, { reach: { status } })));
    });
    const flags = ["--yes", "--wait-timeout", "300ms", "--api-url", `${server.url}/public/v1`];
    const ran = await runHere(["apply", ...flags], { cwd: workspace.path });
    expect({ status, code: ran.code }).toEqual({ status, code });
    expect(ran.stdout).toContain("Run `campaignctl wait` to look again");
    expect(ran.stdout.includes("Warning: unchanged")).toBe(status === "idle");
    await server.close();
  }
  workspace.remove();
});
