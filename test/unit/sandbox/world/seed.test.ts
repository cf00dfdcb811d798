import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { startSandbox } from "../../../../src/sandbox/server.ts";
import { parseSeed } from "../../../../src/sandbox/world/seed.ts";
import { SEED_SHAPE } from "../../../../src/sandbox/world/seed-shape.ts";
import { CAMPAIGN_DEFAULTS, SERVER_DEFAULTS } from "../../../../src/sandbox/world/switches.ts";

const root = new URL("../../../../", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("schemas/sandbox.schema.json", root), "utf8"));
const docs = readFileSync(new URL("docs/sandbox.md", root), "utf8");
const ID = "4130bada-9264-465f-bc0c-a26bebcfcc81";

type Node = {
  enum?: unknown[];
  default?: unknown;
  properties?: Record<string, Node>;
  items?: Node;
  $ref?: string;
};
const campaign: Node = schema.properties.campaigns.items;

const found = (text: string) =>
  parseSeed(text, "seed.yaml").diagnostics.map(({ code, range }) => [
    code,
    range?.start.line,
    range?.start.column,
  ]);

describe("parseSeed", () => {
  it("reads a seed that starts a sandbox", async () => {
    const text = `
tokens: [{ token: t, scopes: [campaigns:read] }]
switches: { idCase: upper, tokenLifetime: 60 }
audiences: [{ audienceId: ${ID}, type: segment, size: 3 }]
campaigns:
  - campaignId: ${ID}
    switches: { idCase: kept }
    audience: { include: [{ audienceId: ${ID}, type: segment }] }
`;
    const { seed, diagnostics } = parseSeed(text, "seed.yaml");
    expect(diagnostics).toEqual([]);
    if (seed === null) throw new Error("no seed");
    const sandbox = await startSandbox({ seed, port: 0, reachDelayMs: 0, now: Date.now });
    try {
      const headers = { authorization: "Bearer t" };
      const answer = await fetch(`${sandbox.url}/campaigns/${ID}/summary`, { headers });
      expect(await answer.json()).toMatchObject({
        data: { campaignId: ID, audience: { included: [{ id: ID }], reach: { evaluatedCount: 3 } } },
      });
    } finally {
      await sandbox.close();
    }
  });

  it.each([
    ["", "empty-file", 1, 1],
    ["campaigns: [", "yaml-syntax", 1, 13],
    ["campaigns: []\naudience: []", "unknown-key", 2, 1],
    ["audiences: []", "missing-key", 1, 1],
    ["campaigns:\n  - campaignId: cmp_1", "invalid-id", 2, 17],
    ["campaigns:\n  - name: Spring", "missing-key", 2, 5],
    ["campaigns: []\nswitches: { evaluation: maybe }", "invalid-value", 2, 25],
    ["campaigns: []\nswitches: { extraFields: 1 }", "wrong-type", 2, 26],
    ["campaigns: []\nswitches: { readLagMs: -1 }", "invalid-value", 2, 24],
    ["campaigns: []\nswitches: { evaluatorClockMs: 0.5 }", "wrong-type", 2, 31],
    [`campaigns:\n  - campaignId: ${ID}\n    switches: { validationStatus: 422 }`, "unknown-key", 3, 17],
    [`campaigns:\n  - campaignId: ${ID}\n    updatedAt: yesterday`, "invalid-value", 3, 16],
    [`campaigns:\n  - campaignId: ${ID}\n  - campaignId: ${ID.toUpperCase()}`, "invalid-value", 3, 17],
    [
      `campaigns: []\naudiences:\n  - { audienceId: ${ID}, type: segment, size: 1 }\n  - { audienceId: ${ID}, type: audience, size: 1 }`,
      "repeated-audience",
      4,
      19,
    ],
  ])("says what is wrong and where: %j", (text, code, line, column) => {
    expect(found(text)).toEqual([[code, line, column]]);
    expect(parseSeed(text, "seed.yaml").seed).toBeNull();
  });

  it("names the words a switch may have", () => {
    const { diagnostics } = parseSeed("campaigns: []\nswitches: { evaluation: latzy }", "seed.yaml");
    expect(diagnostics[0]?.detail).toContain('Did you mean "lazy"?');
  });

  it("tells every mistake in one go", () => {
    expect(found("campaigns: {}\nclients: [{ clientId: ci }]\nseeds: 1").map(([code]) => code)).toEqual([
      "wrong-type",
      "missing-key",
      "unknown-key",
    ]);
  });
});

describe("the schema", () => {
  it("has for every switch the default of the program", () => {
    const defaults = (properties: Record<string, Node> = {}) =>
      Object.fromEntries(Object.entries(properties).map(([name, { default: value }]) => [name, value]));
    expect(defaults(schema.properties.switches.properties)).toEqual({
      ...SERVER_DEFAULTS,
      ...CAMPAIGN_DEFAULTS,
    });
    expect(defaults(campaign.properties?.switches?.properties)).toEqual(CAMPAIGN_DEFAULTS);
  });

  it("has a word for each of its places, and no other", () => {
    const places = (node: Node, place: string): string[] => {
      const resolved: Node = node.$ref === undefined ? node : schema.$defs.entry;
      const join = (name: string) => (place === "" ? name : `${place}/${name}`);
      const below = Object.entries(resolved.properties ?? {}).flatMap(([name, child]) =>
        places(child, join(name)),
      );
      return [place, ...below, ...(resolved.items === undefined ? [] : places(resolved.items, join("*")))];
    };
    expect(Object.keys(SEED_SHAPE.expected).sort()).toEqual(places(schema, "").sort());
  });
});

describe("docs/sandbox.md", () => {
  it("has a row with values and default for every switch, and none that does not exist", () => {
    const rows = new Map(
      [...docs.matchAll(/^\| `(\w+)` +\| (.+?) +\| `([^`]+)` +\|/gm)].map(([, name, values, value]) => [
        name,
        { values, value },
      ]),
    );
    const switches: Record<string, Node> = schema.properties.switches.properties;
    expect([...rows.keys()].sort()).toEqual(Object.keys(switches).sort());
    for (const [name, node] of Object.entries(switches)) {
      expect([name, rows.get(name)?.value]).toEqual([name, String(node.default)]);
      for (const word of node.enum ?? []) expect(rows.get(name)?.values).toContain(`\`${word}\``);
    }
  });
});
