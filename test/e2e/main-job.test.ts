import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { fingerprintOf } from "../../src/plan/fingerprint.ts";
import { makeWorld, makeWorldHere, runBeside, type TestWorld } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

/** A plan that was made like this, and not altered afterwards. */
function fingerprinted(plan: object): object {
  return { ...plan, fingerprint: fingerprintOf(plan) };
}

const CAMPAIGNS = [
  { id: campaignId(1), desired: binding([1, 2]), live: binding([1], [9]) },
  { id: campaignId(2), desired: binding([1], [9]), live: binding([1], [9]) },
  {
    id: campaignId(3),
    desired: binding([1], [8, 9]),
    live: binding([1], [9]),
    seed: { authoringStatus: "scheduled" },
  },
];

describe("validate, plan, apply, plan again", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await makeWorld(CAMPAIGNS);
  });
  afterAll(() => world.end());

  test("validate sends nothing", async () => {
    const { code, stdout, stderr } = await world.run(["validate"], { env: { EXPERITURE_TOKEN: "" } });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "Validate: 3 campaigns in 3 files, 0 errors.\n",
      stderr: "",
    });
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("plan sends one GET a campaign and nothing else", async () => {
    await world.sandbox.forget();
    const { code, stdout } = await world.run(["plan"]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "Plan: 1 to change (1 widens), 1 in sync, 1 skipped (not draft), 0 errors.",
    );
    const requests = await world.sandbox.requests();
    expect(requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      CAMPAIGNS.map(({ id }) => `GET /public/v1/campaigns/${id}/summary`),
    );
  });

  test("the exit code tells of changes only when asked to", async () => {
    expect((await runBeside(world, ["plan", "--detailed-exitcode"])).code).toBe(2);
  });

  test("JSON is the plan of the contract, and the same in the file", async () => {
    const out = join(world.workspace.path, "plan.json");
    const ran = await world.run(["plan", "--format", "json", "--out", out]);
    expect(readFileSync(out, "utf8")).toBe(ran.stdout);
    expect(ran.json()).toMatchObject({
      formatVersion: "1.0",
      kind: "plan",
      environment: null,
      apiUrl: world.sandbox.url,
      summary: { update: 1, noOp: 1, skip: 1, error: 0, widens: 1 },
      changes: [
        {
          campaignId: campaignId(1),
          source: { file: "campaigns/01.yaml", line: 1, column: 1 },
          authoringStatus: "draft",
          action: "update",
          reason: null,
          direction: "widens",
          before: binding([1], [9]),
          after: binding([1, 2]),
        },
        { action: "no-op", direction: "none", operations: [] },
        { action: "skip", reason: "not-draft", authoringStatus: "scheduled" },
      ],
    });
  });

  test("case 77: without a terminal an apply that is not approved is refused, and nothing is sent", async () => {
    await world.sandbox.forget();
    const { code, stdout, stderr } = await world.run(["apply"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/--yes/);
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("case 63: the locked campaign is told as skipped and never written; the draft is", async () => {
    await world.sandbox.forget();
    const { code, stdout, stderr } = await world.run(["apply", "--yes"]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "Apply: 1 applied, 1 unchanged, 1 skipped (not draft), 0 stale, 0 failed, 0 not attempted. Reach: 1 confirmed, 0 not confirmed.",
    );
    expect(stderr).toMatch(/warning: skipped Campaign 03/);
    const puts = (await world.sandbox.requests()).filter(({ method }) => method === "PUT");
    expect(puts).toMatchObject([
      { path: `/public/v1/campaigns/${campaignId(1)}/audience`, body: binding([1, 2]), status: 200 },
    ]);
  });

  test("case 61: the second one sends no PUT, and a plan has no changes", async () => {
    await world.sandbox.forget();
    const again = await world.run(["apply", "--yes", "--format", "json"]);
    expect(again.code).toBe(0);
    expect(again.json()).toMatchObject({
      kind: "apply-report",
      summary: { applied: 0, unchanged: 2, skipped: 1, reachConfirmed: 0, reachUnconfirmed: 0 },
    });
    expect((await world.sandbox.requests()).map(({ method }) => method)).toEqual(["GET", "GET", "GET"]);
    const plan = await world.run(["plan", "--detailed-exitcode"]);
    expect(plan.code).toBe(0);
    expect(plan.stdout).toMatch(/^No changes\./);
  });

  test("skipped campaigns are a failure only when asked for", async () => {
    const ran = await runBeside(world, ["apply", "--yes", "--fail-on-skip", "--format", "json"]);
    expect(ran.code).toBe(11);
    expect(ran.json()).toMatchObject({ summary: { skipped: 1 } });
  });

  test("wait confirms what is in sync, without a write", async () => {
    await world.sandbox.forget();
    const { code, stdout } = await world.run(["wait"]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "Wait: 2 confirmed, 0 not confirmed, 1 skipped (not draft), 0 failed.",
    );
    expect((await world.sandbox.requests()).every(({ method }) => method === "GET")).toBe(true);
  });
});

describe("a saved plan", () => {
  test("is carried out without files and without asking; what was in sync or skipped is not read", async () => {
    const world = await makeWorldHere(CAMPAIGNS);
    onTestFinished(world.end);
    const file = join(world.workspace.path, "plan.json");
    await world.run(["plan", "--out", file]);
    await world.sandbox.forget();
    const elsewhere = { cwd: world.workspace.write("empty/.keep", "").replace("/.keep", "") };
    const ran = await world.run(["apply", "--plan", file, "--format", "json"], elsewhere);
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({
      results: [
        { outcome: "applied" },
        { outcome: "unchanged" },
        { outcome: "skipped", reason: "not-draft" },
      ],
    });
    const asked = new Set((await world.sandbox.requests()).map(({ path }) => path.split("/")[4]));
    expect([...asked]).toEqual([campaignId(1)]);
  });

  test("case 55: a saved plan is refused for that campaign, exit 7; the other is applied", async () => {
    const world = await makeWorldHere([
      { id: campaignId(1), desired: binding([1, 2]), live: binding([1]) },
      { id: campaignId(2), desired: binding([1, 2]), live: binding([1]) },
    ]);
    onTestFinished(world.end);
    const file = join(world.workspace.path, "plan.json");
    await world.run(["plan", "--out", file]);
    await world.sandbox.edit(campaignId(1), { audience: binding([1, 5]) });
    const ran = await world.run(["apply", "--plan", file, "--format", "json"]);
    expect(ran.code).toBe(7);
    expect(ran.json()).toMatchObject({
      results: [{ outcome: "stale", reason: "live-changed", live: binding([1, 5]) }, { outcome: "applied" }],
    });
  });

  test("that was tampered with, is for elsewhere or no plan at all is refused: exit 3, nothing sent", async () => {
    const world = await makeWorldHere(CAMPAIGNS);
    onTestFinished(world.end);
    const file = join(world.workspace.path, "plan.json");
    await world.run(["plan", "--out", file]);
    const original = readFileSync(file, "utf8");
    const plan = JSON.parse(original);
    await world.sandbox.forget();
    const spoilt: Record<string, string> = {
      "an audience added": original
        .replaceAll('"after": {', '"after": {')
        .replace(
          `"audienceId": "${binding([2]).include[0]?.audienceId}"`,
          `"audienceId": "${binding([3]).include[0]?.audienceId}"`,
        ),
      "an update made out of a skip": JSON.stringify({
        ...plan,
        changes: plan.changes.map((change: object) =>
          "action" in change && change.action === "skip"
            ? { ...change, action: "update", reason: null }
            : change,
        ),
      }),
      "another API": JSON.stringify({ ...plan, apiUrl: "https://api.example.test/public/v1" }),
      "another environment": JSON.stringify({ ...plan, environment: "production" }),
      "a campaign twice": JSON.stringify({ ...plan, changes: [...plan.changes, plan.changes[0]] }),
      "another major version": JSON.stringify({ ...plan, formatVersion: "2.0" }),
      "no fingerprint": JSON.stringify({ ...plan, fingerprint: undefined }),
      "another kind": JSON.stringify({ ...plan, kind: "apply-report" }),
      "no JSON": "plan",
      "a list": "[]",
    };
    for (const [how, text] of Object.entries(spoilt)) {
      world.workspace.write("spoilt.json", text);
      const { code, stdout, stderr } = await world.run(["apply", "--plan", "spoilt.json"]);
      expect({ how, code, stdout }).toEqual({ how, code: 3, stdout: "" });
      expect(stderr).toMatch(/^error: /);
    }
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("of a newer minor version with unknown keys is read", async () => {
    const world = await makeWorldHere(CAMPAIGNS);
    onTestFinished(world.end);
    const file = join(world.workspace.path, "plan.json");
    await world.run(["plan", "--out", file]);
    const plan = JSON.parse(readFileSync(file, "utf8"));
    world.workspace.write(
      "plan.json",
      JSON.stringify(fingerprinted({ ...plan, formatVersion: "1.9", later: true })),
    );
    expect((await world.run(["apply", "--plan", file])).code).toBe(0);
  });

  test("that is too old is not carried out: exit 9, and the report says so", async () => {
    const world = await makeWorldHere(CAMPAIGNS);
    onTestFinished(world.end);
    const file = join(world.workspace.path, "plan.json");
    await world.run(["plan", "--out", file]);
    const plan = JSON.parse(readFileSync(file, "utf8"));
    world.workspace.write(
      "plan.json",
      JSON.stringify(fingerprinted({ ...plan, createdAt: "2026-01-01T00:00:00.000Z" })),
    );
    const ran = await world.run(["apply", "--plan", file, "--max-plan-age", "24h", "--format", "json"]);
    expect(ran.code).toBe(9);
    expect((await world.run(["apply", "--plan", file])).code).toBe(9);
    expect(ran.json()).toMatchObject({
      results: [{ outcome: "not-attempted", reason: "plan-too-old" }, {}, {}],
    });
    world.workspace.write(
      "plan.json",
      JSON.stringify(fingerprinted({ ...plan, createdAt: "2126-01-01T00:00:00.000Z" })),
    );
    expect((await world.run(["apply", "--plan", file, "--max-plan-age", "24h"])).code).toBe(3);
  });

  test("does not go together with paths", async () => {
    const world = await makeWorldHere(CAMPAIGNS);
    onTestFinished(world.end);
    const { code, stderr } = await world.run(["apply", "--plan", "plan.json", "campaigns/01.yaml"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/--plan and paths/);
  });
});

describe("an expected digest", () => {
  test("that fits needs no --yes; one that differs makes every update stale: exit 7, nothing written", async () => {
    const world = await makeWorldHere(CAMPAIGNS);
    onTestFinished(world.end);
    const { digest } = (await world.run(["plan", "--format", "json"])).json() as { digest: string };
    await world.sandbox.edit(campaignId(1), { audience: binding([1, 3], [9]) });
    const moved = await world.run(["apply", "--expect-digest", digest, "--format", "json"]);
    expect(moved.code).toBe(7);
    expect(moved.json()).toMatchObject({
      summary: { stale: 1, applied: 0 },
      results: [
        { outcome: "stale", reason: "digest-differs" },
        { outcome: "unchanged" },
        { outcome: "skipped" },
      ],
    });
    await world.sandbox.edit(campaignId(1), { audience: binding([1], [9]) });
    const fits = await world.run(["apply", "--expect-digest", digest, "--format", "json"]);
    expect(fits.code).toBe(0);
    expect(fits.json()).toMatchObject({ planDigest: digest, summary: { applied: 1 } });
  });
});
