import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { canonicalBinding } from "../../src/domain/binding.ts";
import type { AudienceBinding } from "../../src/domain/model.ts";
import type { SandboxSeed } from "../../src/sandbox/world/model.ts";
import { parseSeed, readDefaultSeed } from "../../src/sandbox/world/seed.ts";
import { start } from "../support/api/sandbox-under-test.ts";

const folder = new URL("../../examples/campaigns/", import.meta.url);
const files = readdirSync(folder);
type Declared = AudienceBinding & { campaignId: string; name: string };
const read = (file: string) => readFileSync(new URL(file, folder), "utf8");
const declared = files.map((file): Declared => parseDocument(read(file)).toJS());

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
    const bindings = [...declared, ...seed.campaigns.map(({ audience }) => audience)];
    const entries = bindings.flatMap((binding) => [...(binding?.include ?? []), ...(binding?.exclude ?? [])]);
    expect(entries.length).toBeGreaterThan(20);
    for (const { audienceId, type } of entries)
      expect([audienceId, known.get(audienceId)]).toEqual([audienceId, type]);
  });

  it("differs from the files where the demo shows it: one widens, one narrows, one is locked", () => {
    const live = new Map(defaultSeed().campaigns.map((campaign) => [campaign.campaignId, campaign]));
    const ids = (list: readonly { audienceId: string }[] = []) =>
      new Set(list.map(({ audienceId }) => audienceId));
    const kindOf = ({ campaignId, include, exclude }: Declared) => {
      const campaign = live.get(campaignId);
      const [now, then] = [campaign?.audience, canonicalBinding({ include, exclude })];
      const added = [...ids(then.include)].filter((id) => !ids(now?.include).has(id)).length;
      const dropped = [...ids(now?.include)].filter((id) => !ids(then.include).has(id)).length;
      const excluded = [...ids(then.exclude)].filter((id) => !ids(now?.exclude).has(id)).length;
      const released = [...ids(now?.exclude)].filter((id) => !ids(then.exclude).has(id)).length;
      const [more, fewer] = [added + released > 0, dropped + excluded > 0];
      const kind = more && fewer ? "mixed" : more ? "widens" : fewer ? "narrows" : "in sync";
      return `${campaign?.authoringStatus ?? "draft"} ${kind}`;
    };
    expect(declared.map(kindOf).sort()).toEqual([
      "draft in sync",
      "draft in sync",
      "draft narrows",
      "draft widens",
      "scheduled mixed",
    ]);
  });

  it("takes the declared audiences, and reaches a believable number of people with them", async () => {
    const sandbox = await start(defaultSeed(), { reachDelayMs: 0 });
    for (const { campaignId, name, include, exclude } of declared) {
      const { status } = await sandbox.send("PUT", `/campaigns/${campaignId}/audience`, { include, exclude });
      expect([name, status]).toEqual([name, name === "Black Friday early access" ? 409 : 200]);
      const { body } = await sandbox.send("GET", `/campaigns/${campaignId}/summary`);
      expect(body.data.audience.reach).toMatchObject({ status: "ok" });
      expect(body.data.audience.reach.evaluatedCount).toBeGreaterThan(1000);
    }
  });
});

describe("examples/campaigns", () => {
  it.each(files)("%s names its schema for editors", (file) => {
    expect(read(file)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/campaign\.schema\.json\n/,
    );
  });
});
