import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readDeclarations } from "../../src/commands/declare.ts";
import type { CampaignSpec } from "../../src/domain/model.ts";
import { formatCampaign } from "../../src/form/format-campaign.ts";
import type { SandboxSeed } from "../../src/sandbox/world/model.ts";
import { parseSeed, readDefaultSeed } from "../../src/sandbox/world/seed.ts";
import { start } from "../support/api/sandbox-under-test.ts";
import { runHere } from "../support/program/run-here.ts";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const files = readdirSync(join(examples, "campaigns"));
const read = (file: string) => readFileSync(join(examples, file), "utf8");

/** What the files declare in an environment. A mistake or a warning in one of them is none of ours. */
function declaredIn(environment: string): readonly CampaignSpec[] {
  const declared = readDeclarations({
    paths: [],
    cwd: examples,
    config: null,
    environment,
    needsEnvironment: true,
  });
  expect(declared.diagnostics).toEqual([]);
  return declared.kind === "valid" ? declared.specs : [];
}
const declared = declaredIn("production");

function defaultSeed(): SandboxSeed {
  const { text, file } = readDefaultSeed();
  const { seed, diagnostics } = parseSeed(text, file);
  expect(diagnostics).toEqual([]);
  if (seed === null) throw new Error("no seed");
  return seed;
}

describe("examples/sandbox.yaml", () => {
  it("has exactly the campaigns that are declared beside it, by the same names", () => {
    const names = (list: readonly { campaignId: string; name?: string | null }[]) =>
      list.map(({ campaignId, name }) => `${campaignId} ${name}`).sort();
    expect(names(defaultSeed().campaigns)).toEqual(names(declared));
  });

  it("knows every audience that a campaign names, with the same type", () => {
    const seed = defaultSeed();
    const known = new Map(seed.audiences?.map(({ audienceId, type }) => [audienceId, type]));
    const bindings = [...declared, ...seed.campaigns].map(({ audience }) => audience);
    const entries = bindings.flatMap((binding) => [...(binding?.include ?? []), ...(binding?.exclude ?? [])]);
    expect(entries.length).toBeGreaterThan(20);
    for (const { audienceId, type } of entries)
      expect([audienceId, known.get(audienceId)]).toEqual([audienceId, type]);
  });

  it("differs from the files where the demo shows it: one widens, one narrows, one may do either, one is locked", () => {
    const live = new Map(defaultSeed().campaigns.map((campaign) => [campaign.campaignId, campaign]));
    const ids = (list: readonly { audienceId: string }[] = []) =>
      new Set(list.map(({ audienceId }) => audienceId));
    const kindOf = ({ campaignId, audience: then }: CampaignSpec) => {
      const campaign = live.get(campaignId);
      const now = campaign?.audience;
      const added = [...ids(then.include)].filter((id) => !ids(now?.include).has(id)).length;
      const dropped = [...ids(now?.include)].filter((id) => !ids(then.include).has(id)).length;
      const excluded = [...ids(then.exclude)].filter((id) => !ids(now?.exclude).has(id)).length;
      const released = [...ids(now?.exclude)].filter((id) => !ids(then.exclude).has(id)).length;
      const [more, fewer] = [added + released > 0, dropped + excluded > 0];
      const kind = more && fewer ? "mixed" : more ? "widens" : fewer ? "narrows" : "in sync";
      return `${campaign?.authoringStatus ?? "draft"} ${kind}`;
    };
    expect(declared.map(kindOf).sort()).toEqual([
      ...Array.from({ length: 8 }, () => "draft in sync"),
      "draft mixed",
      "draft narrows",
      "draft widens",
      "scheduled mixed",
    ]);
  });

  it("takes the declared audiences, and reaches a believable number of people with them", async () => {
    const sandbox = await start(defaultSeed(), { reachDelayMs: 0 });
    for (const { campaignId, name, audience } of declared) {
      const { status } = await sandbox.send("PUT", `/campaigns/${campaignId}/audience`, audience);
      expect([name, status]).toEqual([name, name === "Black Friday early access" ? 409 : 200]);
      const { body } = await sandbox.send("GET", `/campaigns/${campaignId}/summary`);
      expect(body.data.audience.reach).toMatchObject({ status: "ok" });
      expect(body.data.audience.reach.evaluatedCount).toBeGreaterThan(1000);
    }
  });
});

describe("examples/", () => {
  it.each(files)("campaigns/%s names its schema for editors", (file) => {
    expect(read(join("campaigns", file))).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/campaign\.schema\.json\n/,
    );
  });

  it.each(files)("campaigns/%s is in the one form", (file) => {
    const text = read(join("campaigns", file));
    expect(formatCampaign(text)).toBe(text);
  });

  it.each(["campaignctl", "audiences"])("%s.yaml names its schema for editors", (name) => {
    const schema = /^# yaml-language-server: \$schema=(\S+)\n/.exec(read(`${name}.yaml`))?.[1] ?? "";
    expect(existsSync(join(examples, schema))).toBe(true);
  });

  it("has a dozen campaigns, of which staging has three with ids of its own", () => {
    expect(declared).toHaveLength(12);
    const staging = declaredIn("staging");
    expect(staging.map(({ name }) => name).sort()).toEqual([
      "Birthday voucher",
      "November newsletter",
      "Welcome series",
    ]);
    const idsOf = (specs: readonly CampaignSpec[]) =>
      specs.flatMap(({ campaignId, audience }) => [
        campaignId,
        ...[...audience.include, ...audience.exclude].map(({ audienceId }) => audienceId),
      ]);
    const production = new Set(idsOf(declared));
    expect(idsOf(staging).filter((id) => production.has(id))).toEqual([]);
  });

  it("has no catalogue entry that nobody uses, and no warning of any other kind", async () => {
    const ran = await runHere(["validate", "--strict"], { cwd: examples });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
  });

  it("has no warning of production: its waiver is for a locked campaign, of which files say nothing", async () => {
    const ran = await runHere(["validate", "--strict", "--environment", "production"], { cwd: examples });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("Only a plan, which reads what is live, can tell");
    expect(ran.stderr).not.toContain("warning[");
  });
});
