import { afterEach, describe, expect, test } from "vitest";
import { makeWorldHere, type TestWorld } from "../support/program/world.ts";
import { audienceId, binding, campaignId } from "../support/samples/bindings.ts";

const open: TestWorld[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.end();
});

const CATALOGUE = `audiences:
  winter: { audienceId: ${audienceId(1)}, type: segment }
  vip: { audienceId: ${audienceId(2)}, type: segment, description: Bought twice, owner: crm }
  unsubscribed: { audienceId: ${audienceId(9)}, type: segment }
groups:
  baseline: [unsubscribed]
`;
const NAMED = `campaignId: ${campaignId(1)}\ninclude:\n  - winter\n  - vip\nexclude: [baseline]\n`;

/** Live is one campaign with segment 1; the file declares by name segments 1 and 2, and excludes 9. */
async function worldWith(files: Readonly<Record<string, string>>): Promise<TestWorld> {
  const world = await makeWorldHere([
    { id: campaignId(1), desired: binding([1, 2], [9]), live: binding([1]) },
  ]);
  open.push(world);
  for (const [name, text] of Object.entries(files)) world.workspace.write(name, text);
  return world;
}

describe("names and groups of the catalogue", () => {
  test("stand for ids in the plan, which has the same digest as one of plain ids, and apply writes those", async () => {
    const world = await worldWith({});
    const plain = (await world.run(["plan", "--json"])).json() as { digest: string };
    world.workspace.write("audiences.yaml", CATALOGUE);
    world.workspace.write("campaigns/01.yaml", NAMED);
    const { code, json } = await world.run(["plan", "--json"]);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      digest: plain.digest,
      changes: [{ after: binding([1, 2], [9]) }],
      diagnostics: [],
      leftOut: 0,
      audiences: {
        [audienceId(2)]: {
          name: "vip",
          nameFrom: "catalogue",
          description: "Bought twice",
          owner: "crm",
          groups: [],
        },
        [audienceId(9)]: { name: "unsubscribed", nameFrom: "catalogue", groups: ["baseline"] },
      },
    });
    expect((await world.run(["apply", "--yes"])).code).toBe(0);
    expect((await world.run(["plan"])).stdout).toContain("Plan: 0 to change, 1 in sync");
  });

  test("that are not there are errors at their places: 3, nothing sent", async () => {
    const world = await worldWith({
      "audiences.yaml": CATALOGUE,
      "campaigns/01.yaml": NAMED.replace("vip", "vpi"),
    });
    const { code, stdout, stderr } = await world.run(["plan"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("campaigns/01.yaml:4:5");
    expect(stderr).toContain('Did you mean "vip"?');
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("are told of ids that are bound live and have no name, without stopping anything", async () => {
    const world = await worldWith({ "audiences.yaml": CATALOGUE.replace(audienceId(1), audienceId(7)) });
    const { code, json } = await world.run(["plan", "--json"]);
    const { diagnostics } = json() as { diagnostics: { code: string; detail: string }[] };
    expect([code, diagnostics.map((told) => told.code)]).toEqual([0, ["unknown-live-audience"]]);
    expect(diagnostics[0]?.detail).toContain(`${audienceId(1)} (campaign of campaigns/01.yaml)`);
  });
});

describe("where the catalogue is", () => {
  test("the project file says; it is no campaign, wherever it is", async () => {
    const world = await worldWith({
      "campaignctl.yaml": "version: 1\ncampaigns: ['**/*.yaml']\naudiences: campaigns/who.yaml\n",
      "campaigns/who.yaml": CATALOGUE,
      "campaigns/01.yaml": NAMED,
    });
    expect(await world.run(["validate"])).toMatchObject({
      code: 0,
      stdout: "Validate: 1 campaign in 1 file, 0 errors.\n",
      stderr: "",
    });
    // Named on the command line, the file is told what it is, and the campaigns still know their names.
    expect((await world.run(["validate", "campaigns"])).code).toBe(0);
  });

  test("one that is named and not there is an error", async () => {
    const world = await worldWith({ "campaignctl.yaml": "version: 1\naudiences: who.yaml\n" });
    const { code, stderr } = await world.run(["plan"]);
    expect(code).toBe(3);
    expect(stderr).toContain("The project file names this audience catalogue, and there is no such file");
  });

  test("one of some megabytes is read, one of more is refused", async () => {
    const long = (count: number) =>
      CATALOGUE +
      Array.from({ length: count }, (_, n) => `  group-with-a-long-name-${n}: [winter, vip]\n`).join("");
    const world = await worldWith({ "audiences.yaml": long(20_000), "campaigns/01.yaml": NAMED });
    expect((await world.run(["validate"])).code).toBe(0);
    world.workspace.write("audiences.yaml", long(100_000));
    const { code, stderr } = await world.run(["validate"]);
    expect(code).toBe(3);
    expect(stderr).toContain("It has more than 4194304 bytes");
  });
});

test("validate --strict: warnings fail, and names that nobody uses are told", async () => {
  const world = await worldWith({ "audiences.yaml": CATALOGUE });
  expect((await world.run(["validate"])).code).toBe(0);
  const { code, stdout, stderr } = await world.run(["validate", "--strict"]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr.match(/warning\[unused-name\]/g)).toHaveLength(4);
  const json = (await world.run(["validate", "--strict", "--json"])).json() as { diagnostics: unknown[] };
  expect(json.diagnostics).toHaveLength(4);
  // Of some of the files nobody can tell what the others use.
  expect((await world.run(["validate", "--strict", "campaigns"])).code).toBe(0);
  world.workspace.write("campaigns/01.yaml", NAMED);
  expect((await world.run(["validate", "--strict"])).code).toBe(0);
});

describe("environments", () => {
  const PROJECT = "version: 1\nenvironments:\n  staging: { partial: true }\n  production: {}\n";
  const BY_ENVIRONMENT = CATALOGUE.replace(audienceId(2), `{ production: ${audienceId(2)} }`);

  test("the chosen one decides which id a name has, by flag or by variable", async () => {
    const world = await worldWith({
      "campaignctl.yaml": PROJECT,
      "audiences.yaml": BY_ENVIRONMENT,
      "campaigns/01.yaml": NAMED,
    });
    expect((await world.run(["plan", "--environment", "production"])).code).toBe(0);
    const env = { CAMPAIGNCTL_ENVIRONMENT: "production" };
    expect((await world.run(["plan", "--json"], { env })).json()).toMatchObject({
      environment: "production",
    });
    const flag = await world.run(["plan", "--environment", "staging"], { env });
    expect(flag.code).toBe(3);
    expect(flag.stderr).toContain('"vip" has no id for the environment "staging", only for "production".');
    const none = await world.run(["plan"]);
    expect(none.code).toBe(3);
    expect(none.stderr).toContain("Choose one with --environment.");
    expect((await world.run(["validate"])).code).toBe(0);
  });

  test("a partial one leaves out what has no id there, checks it, counts it and tells it", async () => {
    const world = await worldWith({
      "campaignctl.yaml": PROJECT,
      "audiences.yaml": BY_ENVIRONMENT,
      "campaigns/02.yaml": `campaignId: { production: ${campaignId(2)} }\ninclude: [vip]\n`,
    });
    const staging = ["--environment", "staging"];
    expect((await world.run(["validate", ...staging])).stdout).toBe(
      "Validate: 2 campaigns in 2 files, 1 left out (no id for this environment), 0 errors.\n",
    );
    const plan = await world.run(["plan", "--json", ...staging]);
    expect(plan.json()).toMatchObject({ leftOut: 1, changes: [{ campaignId: campaignId(1) }] });
    world.workspace.write(
      "campaigns/02.yaml",
      `campaignId: { production: ${campaignId(2)} }\ninclude: [nobody]\n`,
    );
    expect((await world.run(["validate", ...staging])).code).toBe(3);
  });
});

test("requireOwners: who has no owner is a warning, and fails under --strict", async () => {
  const world = await worldWith({
    "campaignctl.yaml": "version: 1\nrequireOwners: true\n",
    "audiences.yaml": CATALOGUE,
    "campaigns/01.yaml": NAMED,
  });
  const { code, stderr } = await world.run(["validate"]);
  expect(code).toBe(0);
  expect(stderr.match(/warning\[without-owner\]/g)).toHaveLength(3);
  const plan = (await world.run(["plan", "--json"])).json() as { diagnostics: unknown[] };
  expect(plan.diagnostics).toHaveLength(3);
  expect((await world.run(["validate", "--strict"])).code).toBe(3);
});
