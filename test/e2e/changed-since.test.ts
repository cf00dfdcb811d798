import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Plan } from "../../src/domain/model.ts";
import { commitAll, git } from "../support/program/git.ts";
import { campaignFile, makeWorldHere, type TestWorld } from "../support/program/world.ts";
import { audienceId, binding, campaignId } from "../support/samples/bindings.ts";

const open: { end(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.end();
});

/** Campaigns 1 to 8, each with segment 1, live and in its file; all of it is committed on `main`, from where `work` goes off. */
async function repository(below = ""): Promise<TestWorld & { readonly base: string }> {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];
  const world = await makeWorldHere(
    ids.map((n) => ({ id: campaignId(n), desired: binding([1]), live: binding([1]) })),
  );
  open.push(world);
  if (below !== "") {
    for (const n of ids)
      world.workspace.write(`${below}/campaigns/0${n}.yaml`, campaignFile(campaignId(n), binding([1])));
    rmSync(join(world.workspace.path, "campaigns"), { recursive: true });
  }
  const base = commitAll(world.workspace.path);
  git(world.workspace.path, "checkout", "-q", "-b", "work");
  return { ...world, base };
}

const wants = (n: number, ...audiences: number[]) => campaignFile(campaignId(n), binding(audiences));

async function reads({ sandbox }: TestWorld): Promise<readonly string[]> {
  return (await sandbox.requests()).map(
    ({ method, path }) => `${method} ${path.replace(/^.*\/campaigns\//, "")}`,
  );
}

const readOf = (n: number) => `GET ${campaignId(n)}/summary`;

describe("plan --changed-since", () => {
  test("reads what differs from where the histories parted, and says what it did not look at", async () => {
    const world = await repository();
    const { workspace, base } = world;
    git(workspace.path, "checkout", "-q", "main");
    workspace.write("campaigns/07.yaml", wants(7, 9));
    git(workspace.path, "commit", "-qam", "what others did");
    git(workspace.path, "checkout", "-q", "work");
    workspace.write("campaigns/01.yaml", wants(1, 1, 2));
    git(workspace.path, "commit", "-qam", "one, committed");
    workspace.write("campaigns/02.yaml", wants(2, 1, 3));
    workspace.write("campaigns/03.yaml", `# a comment\n${wants(3, 1)}`.replaceAll("\n", "\r\n"));
    git(workspace.path, "mv", "campaigns/04.yaml", 'campaigns/fo\nur "ü".yaml');
    git(workspace.path, "rm", "-q", "campaigns/05.yaml");
    workspace.write("campaigns/new/05.yaml", wants(5, 1));
    git(workspace.path, "rm", "-q", "campaigns/08.yaml");
    const { code, stdout } = await world.run(["plan", "--changed-since", "main"]);
    expect(code).toBe(0);
    expect(await reads(world)).toEqual([readOf(1), readOf(2)]);
    expect(stdout).toContain(
      `2 campaigns change: 2 can reach more people. 5 of 7 declared campaigns were not looked at: only what differs from commit ${base.slice(0, 7)}. 1 campaign is declared by no file any more: it stays as it is live.\n`,
    );
    expect(stdout).toContain("warning[no-longer-declared] campaigns/08.yaml\n");
    expect(stdout).toMatch(
      /\nPlan: 2 to change \(2 widens\), 0 in sync, 0 skipped \(not draft\), 0 errors\.\n$/,
    );
    const plan = (
      await world.run(["plan", "--changed-since", base, "--json", "--detailed-exitcode"])
    ).json() as Plan;
    expect(plan.scope).toEqual({ kind: "changed", since: base, shard: null, planned: 2, declared: 7 });
    expect(plan.diagnostics).toMatchObject([
      { code: "no-longer-declared", file: "campaigns/08.yaml", severity: "warning" },
    ]);
  });

  test("tells a change that comes from the catalogue, from below the root and with -C", async () => {
    const world = await repository("crm");
    const { workspace } = world;
    workspace.write(
      "crm/audiences.yaml",
      `audiences:\n  vip: { audienceId: ${audienceId(2)}, type: segment }\n`,
    );
    workspace.write("crm/campaigns/03.yaml", `campaignId: ${campaignId(3)}\ninclude: [vip]\n`);
    workspace.write("crm/campaigns/04.yaml", `campaignId: ${campaignId(4)}\ninclude: [vip]\n`);
    git(workspace.path, "add", "-A");
    git(workspace.path, "commit", "-qm", "names");
    git(workspace.path, "tag", "-am", "names", "v1");
    workspace.write(
      "crm/audiences.yaml",
      `audiences:\n  vip: { audienceId: ${audienceId(5)}, type: segment }\n`,
    );
    const text = await world.run(["plan", "-C", "crm", "--changed-since", "v1"]);
    expect(text.stdout.match(/because of {2}audiences\.yaml: audience vip\n/g)).toHaveLength(2);
    const plan = (await world.run(["plan", "-C", "crm", "--changed-since", "v1", "--json"])).json() as Plan;
    expect(plan.changes.map(({ because }) => because)).toEqual([["audiences.yaml"], ["audiences.yaml"]]);
  });

  test("without a difference asks nothing, and claims nothing", async () => {
    const world = await repository();
    const { code, stdout } = await world.run(["plan", "--changed-since", "main", "--detailed-exitcode"]);
    expect(code).toBe(0);
    expect(await reads(world)).toEqual([]);
    expect(stdout).toContain(
      `No file declares anything else than in commit ${world.base.slice(0, 7)}. None of 8 declared campaigns was looked at.\n`,
    );
    expect(stdout).not.toMatch(/No changes|The live audiences are those of the files/);
  });

  test("a saved plan of what changed is carried out alone, and the report says so", async () => {
    const world = await repository();
    world.workspace.write("campaigns/06.yaml", wants(6, 1, 4));
    await world.run(["plan", "--changed-since", "main", "-o", "plan.json"]);
    await world.sandbox.forget();
    const applied = await world.run(["apply", "--plan", "plan.json", "--json"]);
    expect(applied.code).toBe(0);
    expect(applied.json()).toMatchObject({
      scope: { kind: "changed", since: world.base, planned: 1, declared: 8 },
      results: [{ campaignId: campaignId(6), outcome: "applied" }],
    });
    expect(new Set((await reads(world)).map((read) => read.split(/[ /]/)[1]))).toEqual(
      new Set([campaignId(6)]),
    );
    const told = await world.run(["apply", "--plan", "plan.json"]);
    expect(told.stdout).toContain("7 of 8 declared campaigns were not looked at");
  });
});

describe("3, with nothing sent and nothing on stdout", () => {
  test.each([
    [
      "what names no commit",
      ["nowhere", "", "-x", "HEAD:campaigns", "main..work"],
      "names no commit of this repository",
    ],
    ["a history that has nothing to do with it", ["island"], "have no commit in common"],
  ])("%s", async (_, revisions, complaint) => {
    const world = await repository();
    git(world.workspace.path, "checkout", "-q", "--orphan", "island");
    git(world.workspace.path, "commit", "-qm", "an island");
    git(world.workspace.path, "checkout", "-q", "work");
    for (const revision of revisions) {
      const ran = await world.run(["plan", `--changed-since=${revision}`]);
      expect(ran).toMatchObject({ code: 3, stdout: "" });
      expect(ran.stderr).toContain(complaint);
    }
    expect(await reads(world)).toEqual([]);
  });

  test("case 88: without git, without a repository and in a shallow clone: 3, and why", async () => {
    const world = await repository();
    const { path } = world.workspace;
    const bin = mkdtempSync(join(tmpdir(), "campaignctl-test-"));
    open.push({ end: () => rmSync(bin, { recursive: true }) });
    symlinkSync(process.execPath, join(bin, "node"));
    const without = await world.run(["plan", "--changed-since", "main"], { env: { PATH: bin } });
    git(path, "commit", "-q", "--allow-empty", "-m", "on work");
    git(path, "checkout", "-q", "main");
    git(path, "commit", "-q", "--allow-empty", "-m", "on main");
    git(path, "clone", "-q", "--depth", "1", "--no-single-branch", `file://${path}`, "shallow");
    const shallow = await world.run(["plan", "--changed-since", "origin/work", "-C", "shallow"]);
    rmSync(join(path, ".git"), { recursive: true });
    const outside = await world.run(["plan", "--changed-since", "main"]);
    for (const ran of [without, shallow, outside]) expect(ran).toMatchObject({ code: 3, stdout: "" });
    expect(without.stderr).toContain("git was not found");
    expect(shallow.stderr).toContain("git fetch --unshallow");
    expect(outside.stderr).toContain("not a git repository");
    expect(await reads(world)).toEqual([]);
  });
});

describe("checkouts that lack something", () => {
  test("case 90: a partial clone fetches what it needs; a sparse checkout deletes nothing", async () => {
    const world = await repository();
    const { path } = world.workspace;
    git(path, "config", "uploadpack.allowFilter", "true");
    git(path, "config", "uploadpack.allowAnySHA1InWant", "true");
    git(path, "clone", "-q", "--filter=blob:none", "--sparse", "-b", "work", `file://${path}`, "partial");
    const clone = join(path, "partial");
    git(clone, "sparse-checkout", "set", "--no-cone", "/campaigns/0[1-3].yaml");
    world.workspace.write("partial/campaigns/02.yaml", wants(2, 1, 2));
    git(clone, "rm", "-q", "campaigns/01.yaml");
    git(clone, "mv", "--sparse", "campaigns/03.yaml", "campaigns/z.yaml");
    rmSync(join(clone, "campaigns/z.yaml"), { force: true });
    git(clone, "update-index", "--skip-worktree", "campaigns/z.yaml");
    const { code, json } = await world.run([
      "plan",
      "--changed-since",
      "origin/main",
      "-C",
      "partial",
      "--json",
    ]);
    expect(code).toBe(0);
    const plan = json() as Plan;
    expect(plan.changes.map((change) => change.campaignId)).toEqual([campaignId(2)]);
    expect(plan.scope).toMatchObject({ planned: 1, declared: 1 });
    expect(plan.diagnostics.map(({ code: told, file }) => [told, file])).toEqual([
      ["no-longer-declared", "campaigns/01.yaml"],
    ]);
  });

  test("what lies in a submodule is planned, never passed over; the variables of a hook lead nowhere else", async () => {
    const world = await repository();
    const { path } = world.workspace;
    git(
      path,
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "add",
      "-q",
      `file://${path}`,
      "campaigns/sub",
    );
    git(path, "commit", "-qm", "a submodule");
    rmSync(join(path, "campaigns/sub/campaigns"), { recursive: true });
    world.workspace.write("campaigns/sub/09.yaml", wants(9, 1));
    const { json } = await world.run(["plan", "--changed-since", "HEAD", "--json"], {
      env: { GIT_DIR: "/nowhere" },
    });
    expect((json() as Plan).changes.map((change) => change.campaignId)).toEqual([campaignId(9)]);
  });
});
