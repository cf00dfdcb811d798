import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readGround } from "../../src/commands/adopting/ground.ts";
import { importCampaigns } from "../../src/commands/adopting/import-campaigns.ts";
import { readDeclarations } from "../../src/commands/declare.ts";
import { sameBinding } from "../../src/domain/binding.ts";
import type { AudienceRef, Campaign } from "../../src/domain/model.ts";
import { formatCampaign } from "../../src/form/format-campaign.ts";
import { anyText } from "../support/fuzz/any-text.ts";
import { fuzzing, timeFor } from "../support/fuzz/budget.ts";

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

const HOSTILE = [
  ...[
    "CON",
    "nul",
    "..",
    "../../x",
    "a/b",
    "Spring",
    "spring",
    "SPRING",
    "é",
    "日本",
    "",
    " ",
    "\u202e",
    "a\r\nb",
  ],
  ...[
    "# x",
    ": [",
    "{}",
    "null",
    "1e3",
    "---",
    '"',
    "'",
    "x".repeat(600),
    "\ud800",
    "yaml-language-server: $schema=x",
  ],
];
const name = fc.oneof(fc.constantFrom(...HOSTILE), anyText({ maxLength: 20 }));
const hex = (n: number) => n.toString(16).padStart(12, "0");
/** Ids that differ early and late, so that parts of them meet. */
const id = fc
  .tuple(fc.constantFrom("aaaaaaaa", "bbbbbbbb"), fc.constantFrom("0001", "0002"), fc.nat(40))
  .map(([first, second, last]) => `${first}-${second}-4000-8000-${hex(last)}`);
const audience = fc.record({
  audienceId: fc.nat(9).map((n) => `a1b2c3d4-0000-0000-0000-${hex(n)}`),
  type: fc.constantFrom<AudienceRef["type"]>("audience", "segment"),
});
const audiences = fc.uniqueArray(audience, {
  minLength: 1,
  maxLength: 8,
  selector: ({ audienceId }) => audienceId,
});
const campaign: fc.Arbitrary<Campaign> = fc
  .tuple(id, fc.option(name), audiences, fc.nat(), fc.constantFrom("draft", "sent", "\u001b[31m"), name)
  .map(([campaignId, called, refs, cut, authoringStatus, liveName]) => {
    const sorted = [...refs].sort((a, b) => (a.audienceId < b.audienceId ? -1 : 1));
    const split = 1 + (cut % sorted.length);
    return {
      campaignId,
      name: called,
      authoringStatus,
      audience: { include: sorted.slice(0, split), exclude: sorted.slice(split) },
      repeatedAudienceIds: [],
      liveAudiences: sorted.map(({ audienceId }) => ({ audienceId, name: liveName, memberCount: null })),
      reach: { status: "idle", evaluatedCount: null, evaluatedAt: null, isStale: null },
      channel: null,
      schedule: null,
      updatedAt: null,
      serverTime: null,
    };
  });
const campaigns = fc.uniqueArray(campaign, {
  minLength: 1,
  maxLength: 8,
  selector: ({ campaignId }) => campaignId,
});

/** Imports what is live into a folder. */
async function importInto(
  cwd: string,
  live: readonly Campaign[],
  isForced: boolean,
  growsCatalogue: boolean,
) {
  const byId = new Map(live.map((each) => [each.campaignId, each]));
  const ground = readGround({ cwd, config: null, environment: null, dir: null });
  if (!("declared" in ground)) throw new Error(JSON.stringify(ground.diagnostics));
  const ids = [...byId.keys()];
  const importer = {
    clock: { now: () => 0, monotonic: () => 0, sleep: async () => undefined },
    reader: { readCampaign: async (campaignId: string) => byId.get(campaignId) as Campaign },
    openLister: () => ({ listCampaigns: async () => ({ campaignIds: ids, isWhole: true, missing: null }) }),
  };
  const order = { campaignIds: null, isForced, growsCatalogue, status: null, environment: null };
  return importCampaigns(order, ground, importer, () => undefined, new AbortController().signal);
}

/** What the files declare of each campaign is what is live. */
function checkInSync(cwd: string, live: readonly Campaign[]): void {
  const texts: string[] = [];
  const declared = readDeclarations({
    ...{ paths: [], cwd, config: null, environment: null, needsEnvironment: true },
    see: ({ text }) => texts.push(text.text),
  });
  if (declared.kind !== "valid") throw new Error(JSON.stringify(declared.diagnostics));
  const specs = new Map(declared.specs.map((spec) => [spec.campaignId, spec]));
  expect(specs.size).toBe(live.length);
  for (const { campaignId, audience: wanted } of live) {
    const spec = specs.get(campaignId);
    expect(spec !== undefined && sameBinding(spec.audience, wanted)).toBe(true);
  }
  for (const text of texts) expect(formatCampaign(text)).toBe(text);
}

describe("after import, plan is empty", () => {
  it("for any live state, with hostile names, and again when it has changed", timeFor(0.03), async () => {
    await fc.assert(
      fc.asyncProperty(campaigns, campaigns, fc.boolean(), async (live, later, growsCatalogue) => {
        const cwd = mkdtempSync(join(tmpdir(), "campaignctl-law-"));
        roots.push(cwd);
        const first = await importInto(cwd, live, false, growsCatalogue);
        expect([first.undeclarable, first.failed]).toEqual([[], []]);
        checkInSync(cwd, live);
        const again = await importInto(cwd, live, true, growsCatalogue);
        expect(again.written).toEqual([]);

        const changed = live.map((each, index) => ({
          ...each,
          audience: later[index % later.length]?.audience ?? each.audience,
        }));
        const forced = await importInto(cwd, changed, true, growsCatalogue);
        expect([forced.undeclarable, forced.failed]).toEqual([[], []]);
        checkInSync(cwd, changed);
        const names = [...first.written, ...forced.written].filter((file) => file !== "audiences.yaml");
        expect(names.every((file) => /^campaigns\/[a-z0-9-]+\.yaml$/.test(file))).toBe(true);
      }),
      fuzzing(0.03),
    );
  });
});
