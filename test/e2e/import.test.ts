import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { AudienceBinding } from "../../src/domain/model.ts";
import { makeWorkspace, type Workspace } from "../support/program/cli.ts";
import { runHere } from "../support/program/run-here.ts";
import { type Behaviour, openSandbox, type RunningSandbox } from "../support/program/sandbox.ts";
import { audienceId, binding, campaignId } from "../support/samples/bindings.ts";

const open: { remove(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.remove();
});

type Live = Readonly<{ name?: string | null; audience?: AudienceBinding; [key: string]: unknown }>;

const AUDIENCES = [1, 2, 3, 9].map((n) => ({
  audienceId: audienceId(n),
  type: "segment",
  size: 1000,
  name: `Audience no. ${n}`,
}));

async function world(
  live: readonly Live[],
  files: Readonly<Record<string, string>> = {},
  { switches = {}, ...behaviour }: Behaviour & { readonly switches?: object } = {},
): Promise<{ workspace: Workspace; sandbox: RunningSandbox; run: typeof runHere }> {
  const campaigns = live.map((campaign, index) => ({
    campaignId: campaignId(index + 1),
    audience: binding([index + 1], [9]),
    ...campaign,
  }));
  const seed = {
    switches: { namesNull: false, listPaging: "page", ...switches },
    audiences: AUDIENCES,
    campaigns,
  };
  const sandbox = await openSandbox(seed, behaviour);
  const workspace = makeWorkspace(files);
  open.push(workspace, { remove: () => sandbox.stop() });
  const env = { EXPERITURE_API_URL: sandbox.url };
  return {
    workspace,
    sandbox,
    run: (args, options = {}) => runHere(args, { cwd: workspace.path, env, ...options }),
  };
}

const read = ({ path }: Workspace, file: string) => readFileSync(join(path, file), "utf8");
const line = (n: number) => `  - { audienceId: ${audienceId(n)}, type: segment } # "Audience no. ${n}"\n`;
const textOf = (n: number, name: string) =>
  `# Its status was "draft" when it was imported.\ncampaignId: ${campaignId(n)}\nname: ${name}\ninclude:\n${line(n)}exclude:\n${line(9)}`;

describe("import by id", () => {
  test("writes one file, names it, and then plan has nothing to change", async () => {
    const { workspace, sandbox, run } = await world([{ name: "Spring" }, { name: "Summer" }]);
    const ran = await run(["import", campaignId(2).toUpperCase(), campaignId(2)]);
    expect(ran).toMatchObject({ code: 0, stdout: "campaigns/summer.yaml\n", stderr: "" });
    expect(read(workspace, "campaigns/summer.yaml")).toBe(textOf(2, "Summer"));
    expect((await sandbox.requests()).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /public/v1/campaigns/${campaignId(2)}/summary`,
    ]);
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
    expect((await run(["fmt", "--check"])).code).toBe(0);
  });

  test("tells what cannot be imported, or is declared already, imports the others, and exits 8", async () => {
    const { workspace, run } = await world(
      [{ name: "Spring" }, { name: "Summer" }, { audience: { include: [], exclude: [] }, name: "Empty" }],
      { "campaigns/mine.yaml": textOf(1, "Mine") },
    );
    const ran = await run(["import", ...[1, 2, 3, 4].map(campaignId)]);
    expect(ran).toMatchObject({ code: 8, stdout: "campaigns/summer.yaml\n" });
    expect(ran.stderr).toContain(`${campaignId(1)} is declared already, in campaigns/mine.yaml.`);
    expect(ran.stderr).toContain(`Empty (${campaignId(3)}) cannot be declared: it includes no audience`);
    expect(ran.stderr).toContain(
      `${campaignId(4)}: GET /campaigns/${campaignId(4)}/summary was refused: 404`,
    );
    expect(read(workspace, "campaigns/mine.yaml")).toBe(textOf(1, "Mine"));
  });

  test("never writes over a file that is there", async () => {
    const { workspace, run } = await world([{ name: "Spring" }], {
      "campaigns/Spring.YAML": textOf(7, "Other"),
    });
    const ran = await run(["import", "--force", campaignId(1)]);
    expect(ran).toMatchObject({ code: 0, stdout: "campaigns/spring-c0000000.yaml\n" });
    expect(read(workspace, "campaigns/Spring.YAML")).toBe(textOf(7, "Other"));
  });

  test.each([
    [["import", "x"]],
    [["import", "--all", campaignId(1)]],
    [["import", campaignId(1), "--dir", "elsewhere"]],
    [["import", campaignId(1), "--environment", "nowhere"]],
  ])("%j is refused, and nothing is sent", async (args) => {
    const { sandbox, run } = await world([{}]);
    expect(await run(args)).toMatchObject({ code: 3, stdout: "" });
    expect(await sandbox.requests()).toEqual([]);
  });

  test("a file with a mistake, and nothing is sent", async () => {
    const { sandbox, run } = await world([{}], { "campaigns/a.yaml": "campaignId: 1\n" });
    expect(await run(["import", campaignId(1)])).toMatchObject({ code: 3, stdout: "" });
    expect(await sandbox.requests()).toEqual([]);
  });

  test("refused credentials are 4, no answer is 5", async () => {
    const { run } = await world([{}], {}, { fault: "401:1" });
    expect(await run(["import", campaignId(1)])).toMatchObject({ code: 4, stdout: "" });
    expect(await run(["import", "--all"])).toMatchObject({ code: 4, stdout: "" });
    const lost = { EXPERITURE_API_URL: "http://127.0.0.1:9/public/v1" };
    expect(await run(["import", campaignId(1)], { env: lost })).toMatchObject({ code: 5, stdout: "" });
    expect(await run(["import", "--all"], { env: lost })).toMatchObject({ code: 5, stdout: "" });
  });
});

describe("import --force", () => {
  const FILE = `# ours\ncampaignId: ${campaignId(1)}\nname: 'Ours'\ninclude:\n  # why two\n  - { audienceId: ${audienceId(2)}, type: segment }\n  - { audienceId: ${audienceId(1)}, type: segment } # one\n`;

  test("changes include and exclude alone, and no file that says what is live", async () => {
    const { workspace, run } = await world([{}, {}], {
      "campaigns/a.yaml": FILE,
      "campaigns/b.yaml": `include: [${audienceId(2).replace(/.*/, "two")}]\ncampaignId: ${campaignId(2)}\nexclude: [nine]\n`,
      "audiences.yaml": `audiences:\n  two: { audienceId: ${audienceId(2)}, type: segment }\n  nine: { audienceId: ${audienceId(9)}, type: segment }\n`,
    });
    const ran = await run(["import", "--force", campaignId(1), campaignId(2)]);
    expect(ran).toMatchObject({ code: 0, stdout: "campaigns/a.yaml\n", stderr: "" });
    expect(read(workspace, "campaigns/a.yaml")).toBe(
      `# ours\ncampaignId: ${campaignId(1)}\nname: 'Ours'\ninclude:\n  # why two\n  - { audienceId: ${audienceId(1)}, type: segment } # one\nexclude:\n  - nine\n`,
    );
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
  });

  test("never through a link", async () => {
    const { workspace, run } = await world([{}], { "real/a.yaml": FILE, "campaigns/none.txt": "" });
    symlinkSync("../real/a.yaml", join(workspace.path, "campaigns/a.yaml"));
    const ran = await run(["import", "--force", campaignId(1)]);
    expect(ran).toMatchObject({ code: 8, stdout: "" });
    expect(ran.stderr).toContain("behind a link");
    expect(read(workspace, "real/a.yaml")).toBe(FILE);
  });
});

describe("import --all", () => {
  const many = [
    { name: "Spring" },
    { name: "spring" },
    { name: "Empty", audience: { include: [], exclude: [] } },
    { name: "Journey", campaignType: "journey" },
    { name: "Odd", audience: { include: [{ audienceId: audienceId(1), type: "list" }], exclude: [] } },
    { name: "Sent", authoringStatus: "sent" },
  ] as unknown as readonly Live[];

  test("a file each; what no file can declare is named and is no failure; again, nothing new", async () => {
    const { workspace, run } = await world(many);
    const ran = await run(["import", "--all", "--catalogue"]);
    expect(ran.stdout.split("\n")).toEqual([
      "audiences.yaml",
      "campaigns/sent.yaml",
      `campaigns/spring-${campaignId(1)}.yaml`,
      `campaigns/spring-${campaignId(2)}.yaml`,
      "",
    ]);
    expect(ran.code).toBe(0);
    for (const n of [3, 4, 5])
      expect(ran.stderr).toMatch(new RegExp(`warning: .*${campaignId(n)}\\)? cannot be declared: `));
    expect(ran.stderr).toContain("The API listed 6 campaigns, and said that these are all.");
    expect(read(workspace, "campaigns/sent.yaml")).toContain("exclude:\n  - audience-no-9\n");
    expect((await run(["validate", "--strict"])).code).toBe(0);
    const planned = await run(["plan", "--detailed-exitcode"]);
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stdout).toContain("Plan: 0 to change, 3 in sync");

    const again = await run(["import", "--all", "--catalogue"]);
    expect(again).toMatchObject({ code: 0, stdout: "" });
    expect(again.stderr).toContain(
      `Declared already, and left as they are: ${campaignId(1)} (campaigns/spring-`,
    );
  });

  test("--status leaves others out; an environment gets its own ids", async () => {
    const project = "version: 1\nenvironments:\n  production: {}\n";
    const { workspace, run } = await world(many, { "campaignctl.yaml": project });
    const ran = await run([
      "import",
      "--all",
      "--status",
      "draft",
      "--environment",
      "production",
      "--dir",
      "campaigns/new",
    ]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("1 campaign of another status than draft left out.");
    expect(readdirSync(join(workspace.path, "campaigns/new"))).toHaveLength(2);
    expect(read(workspace, `campaigns/new/spring-${campaignId(1)}.yaml`)).toContain(
      `campaignId:\n  production: ${campaignId(1)}\n`,
    );
    expect((await run(["plan", "--detailed-exitcode", "--environment", "production"])).code).toBe(0);
  });

  test.each([
    ["repeating", 0, "warning: The API listed 50 campaigns, and did not say that these are all"],
    ["short", 8, "error: The list is incomplete. The API says that there are 51, and listed 50."],
  ])("where the list goes on by %s it says what is known", async (listPaging, code, told) => {
    const live = Array.from({ length: 51 }, () => ({ audience: binding([1]) }));
    const { run } = await world(live, {}, { switches: { listPaging } });
    const ran = await run(["import", "--all"]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(told);
    expect(ran.stdout.split("\n")).toHaveLength(51);
  });
});
