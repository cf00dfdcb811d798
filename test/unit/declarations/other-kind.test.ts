import { describe, expect, it } from "vitest";
import { resultIn, settingsIn } from "../../../src/declarations/other-kind.ts";
import { AUDIENCE, CAMPAIGN, load, told, VALID } from "../../support/samples/declarations.ts";

const result = (kind: string) => `{\n  "formatVersion": "1.0",\n  "kind": "${kind}",\n  "tool": {}`;

describe("resultIn", () => {
  it.each([
    ["as it is", Buffer.from(result("plan"))],
    ["on one line", Buffer.from(result("plan").replace(/\s/g, ""))],
    ["with a byte order mark", Buffer.from(`\ufeff${result("plan")}`)],
    ["as PowerShell saves it", Buffer.from(`\ufeff${result("plan")}`, "utf16le")],
    ["with spaces", Buffer.from('{ "formatVersion" : "1.0" , "kind" : "plan" }')],
    ["in UTF-16, big endian", Buffer.from(`\ufeff${result("plan")}`, "utf16le").swap16()],
  ])("knows a saved plan %s", (_, bytes) => {
    expect(resultIn(bytes)?.name).toBe("a saved plan");
  });

  it("names each kind", () => {
    const kinds = ["apply-report", "wait-report", "rehearsal", "constructor"];
    expect(kinds.map((kind) => resultIn(Buffer.from(result(kind)))?.name)).toEqual([
      "an apply report",
      "a wait report",
      "a result of campaignctl",
      "a result of campaignctl",
    ]);
  });

  it.each([
    VALID,
    `{"campaignId":"${CAMPAIGN}","kind":"plan"}`,
    "",
    "{",
    `name: x\n${result("plan")}`,
    `{"of":${result("plan")}`,
  ])("takes nothing else for one (%j)", (text) => {
    expect(resultIn(Buffer.from(text))).toBeNull();
  });
});

/** A result as another program may save it, its keys in order. */
const saved = (kind: string) => `{"changes": [], "formatVersion": "1.0", "kind": "${kind}", "version": 1}`;

const TAKES_NAMES = "campaign files take names from it";

describe("settingsIn", () => {
  it.each([
    ["version: 1\nenvironments: { a: {} }\n", "a project file", "--config reads it"],
    ["version: 2\ncampaigns: [x]\nguardrails: {}\n", "a project file", "--config reads it"],
    [`audiences:\n  vip: { audienceId: ${AUDIENCE}, type: segment }\n`, "an audience catalogue", TAKES_NAMES],
    ["groups: { a: [b] }\naudiences: {}\n", "an audience catalogue", TAKES_NAMES],
    [saved("plan"), "a saved plan", "campaignctl apply --plan carries it out"],
    [saved("apply-report"), "an apply report", "campaignctl wait --after reads it"],
    [saved("wait-report"), "a wait report", "it is there to be read"],
    [saved("new"), "a result of campaignctl", "it is there to be read"],
  ])("a file of another kind is told once, and declares nothing (%j)", (text, name, use) => {
    const { diagnostics, campaigns, files, specs } = load(text);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ["not-a-campaign", "warning"],
    ]);
    expect(diagnostics[0]?.detail).toBe(
      `It is ${name}, and no campaign is read from it: ${use}. Move it elsewhere, or leave it out with narrower patterns.`,
    );
    expect({ campaigns, files, specs }).toEqual({ campaigns: 0, files: 0, specs: [] });
  });

  it.each([
    "version: 1\n",
    `${VALID}version: 1\ncampaigns: []\n`,
    `campainId: ${CAMPAIGN}\naudiences: { include: [] }\n`,
    "audiences: []\n",
    "formatVersion: 1\nkind: [plan]\n",
    `${VALID}formatVersion: 1\nkind: plan\n`,
    "include: []\naudiences: {}\n",
    ...["campaignId", "include", "exclude"].map((key) => `version: 1\ncampaigns: [x]\n${key}: x\n`),
    "{}\n",
    "audiences: {}\nlabels: {}\n",
    "audiences: {}\ngroups: []\n",
    "audiences: {}\naudiences: {}\n",
    "[]\n",
  ])("what may be a campaign with a mistake is read as one (%j)", (text) => {
    const codes = told(text);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.join()).not.toContain("not-a-campaign");
  });

  it("is nothing that is no map", () => {
    expect([null, 1, "version", []].map(settingsIn)).toEqual([null, null, null, null]);
  });
});
