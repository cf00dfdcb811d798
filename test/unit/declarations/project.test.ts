import { describe, expect, it } from "vitest";
import { loadProject } from "../../../src/declarations/project.ts";
import { file, place } from "../../support/samples/declarations.ts";

function project(text: string) {
  const { project, diagnostics } = loadProject(file("campaignctl.yaml", text));
  return {
    project,
    told: diagnostics.map(place),
    details: diagnostics.map(({ detail }) => detail).join("\n"),
  };
}

describe("loadProject", () => {
  it("reads version, campaigns and environments", () => {
    const { project: read } = project(
      "version: 1\ncampaigns: [a/**/*.yaml, b]\nenvironments:\n  production: { apiUrl: https://api.example.com/v1 }\n  test: {}\n",
    );
    expect(read?.version).toBe(1);
    expect(read?.campaigns?.map(({ text, place: { range } }) => [text, range?.start])).toEqual([
      ["a/**/*.yaml", { line: 2, column: 13 }],
      ["b", { line: 2, column: 26 }],
    ]);
    expect({ ...read?.environments }).toEqual({
      production: { apiUrl: "https://api.example.com/v1", isPartial: false },
      test: { apiUrl: null, isPartial: false },
    });
  });

  it("needs the version only", () => {
    const { project: read } = project("version: 1\n");
    expect(read).toMatchObject({
      version: 1,
      campaigns: null,
      audiences: null,
      requireOwners: false,
      distinctAudiences: [],
      privacy: { minCount: 20 },
    });
    expect(Object.keys(read?.environments ?? { x: 1 })).toEqual([]);
  });

  it("reads below how many people a count is not shown", () => {
    expect(project("version: 1\nprivacy: { minCount: 50 }\n").project?.privacy).toEqual({ minCount: 50 });
    expect(project("version: 1\nprivacy: {}\n").project?.privacy).toEqual({ minCount: 20 });
  });

  it("reads where the catalogue is, who must have an owner, and which environments are partial", () => {
    const text =
      "version: 1\naudiences: people/names.yaml\nrequireOwners: true\nenvironments: { staging: { partial: true } }\n";
    expect(project(text).project).toMatchObject({ audiences: "people/names.yaml", requireOwners: true });
    expect(project(text).project?.environments.staging).toEqual({ apiUrl: null, isPartial: true });
    expect(project("version: 1\naudiences: ../names.yaml\n").told).toEqual(["path-outside-project 2:12"]);
  });

  it("never shows a password that stands in a URL", () => {
    const text = 'version: 1\nenvironments:\n  p: { apiUrl: "ftp://user:canary@example.com" }\n';
    const { diagnostics } = loadProject(file("campaignctl.yaml", text));
    expect(diagnostics).toHaveLength(1);
    expect(JSON.stringify(diagnostics)).not.toContain("canary");
    expect(diagnostics[0]?.detail).toContain('but it is "ftp://…@example.com"');
  });

  it("shows the line of any other mistake", () => {
    const { diagnostics } = loadProject(file("campaignctl.yaml", "version: 2 # see https://example.com\n"));
    expect(diagnostics[0]?.excerpt?.text).toBe("version: 2 # see https://example.com");
  });

  it("has no environment of a name that nobody wrote", () => {
    expect(project("version: 1\n").project?.environments.constructor).toBeUndefined();
  });

  it.each([
    ["", "empty-file 1:1", "Fill it in"],
    ["campaigns: [a]\n", "missing-key 1:1", "must be the number 1"],
    ["version: 2\n", "invalid-value 1:10", "must be the number 1, but it is 2"],
    ["version: '1'\n", "wrong-type 1:10", "must be the number 1"],
    ["version: 9007199254740993\n", "number-too-large 1:10", "9007199254740991"],
    [
      "version: 1\npolicies: {}\n",
      "unknown-key 2:1",
      "Known keys: version, campaigns, audiences, requireOwners, distinctAudiences, environments, unknownExcludes, guardrails, waivers, privacy.",
    ],
    ["version: 1\nenvironment: {}\n", "unknown-key 2:1", 'Did you mean "environments"?'],
    ["version: 1\ncampaigns: a\n", "wrong-type 2:12", "a list of files, folders or globs"],
    ["version: 1\ncampaigns: []\n", "invalid-value 2:12", "but it is an empty list"],
    ["version: 1\ncampaigns: [1]\n", "quote-needed 2:13", "quote it"],
    ['version: 1\ncampaigns: [""]\n', "invalid-value 2:13", 'but it is ""'],
    ["version: 1\nprivacy: { minCount: -1 }\n", "invalid-value 2:22", "a whole number, 0 or more"],
    ["version: 1\nprivacy: { minCount: 1.5 }\n", "wrong-type 2:22", "a whole number, 0 or more"],
    ["version: 1\nprivacy: { count: 1 }\n", "unknown-key 2:12", "minCount"],
    ["version: 1\nenvironments: { a: }\n", "wrong-type 2:20", "a map such as { apiUrl:"],
    ["version: 1\nenvironments: { a: { url: x } }\n", "unknown-key 2:22", "apiUrl"],
    [
      "version: 1\nenvironments: { a: { apiUrl: example.com } }\n",
      "invalid-value 2:30",
      "begins with https://",
    ],
    ["version: 1\nenvironments: { __proto__: {} }\n", "invalid-value 2:17", "cannot be used as a name"],
    ["version: 1\nenvironments: { 1: {} }\n", "key-not-text 2:17", '"1"'],
  ])("%j is refused", (text, where, detail) => {
    const found = project(text);
    expect(found.project).toBeNull();
    expect(found.told).toEqual([where]);
    expect(found.details).toContain(detail);
  });

  it.each(["../x", "/etc", "c/../../x", "{a,../b}/*.yaml", "~/x", "C:\\x", "\\\\host\\x", "!../x", "!/etc"])(
    "case 25: the project file may name nothing outside of its folder (%s)",
    (pattern) => {
      const found = project(`version: 1\ncampaigns: [${JSON.stringify(pattern)}]\n`);
      expect(found.told).toEqual(["path-outside-project 2:13"]);
    },
  );

  it.each(["x{1..2}/*.yaml", "a..b", "a/!x.yaml", "!(m)/*.yaml", "+(k)"])(
    "judges a pattern as it is written (%s)",
    (pattern) => {
      expect(project(`version: 1\ncampaigns: [${JSON.stringify(pattern)}]\n`).told).toEqual([]);
    },
  );

  it("case 25: tells each pattern that leads out, at its place", () => {
    const found = project('version: 1\ncampaigns:\n  - a/*.yaml\n  - ../b\n  - "/etc"\n');
    expect(found.project).toBeNull();
    expect(found.told).toEqual(["path-outside-project 4:5", "path-outside-project 5:5"]);
    expect(found.details.split("\n")[0]).toBe(
      '"../b" is absolute or leads upwards. Campaign files must lie below the folder of the project file, so that it cannot read others. Write a path relative to it, without "..".',
    );
  });
});

/** What must stand at each key, as a mistake there says it. */
const MUST_BE: readonly (readonly [text: string, expected: string])[] = [
  ["version: [1]", "the number 1"],
  [
    "campaigns: a",
    'a list of files, folders or globs, such as ["campaigns/**/*.yaml", "!campaigns/parked/**"]',
  ],
  ["campaigns: [[a]]", 'a file, folder or glob, such as "campaigns/**/*.yaml"'],
  ["audiences: [a]", "the path of the audience catalogue, such as audiences.yaml"],
  ["requireOwners: maybe", "true or false"],
  ["distinctAudiences: wave", "a list of keys of labels, such as [wave]"],
  ["distinctAudiences: [[wave]]", "the key of a label, such as wave"],
  ["environments: [a]", "a map from environment names to settings"],
  ["environments: { a: b }", "a map such as { apiUrl: https://api.experiture.ai/public/v1 }"],
  ["environments: { a: { apiUrl: [b] } }", "a URL that begins with https:// (http:// only to this machine)"],
  ["environments: { a: { partial: maybe } }", "true or false"],
  ["unknownExcludes: drop", "remove or keep"],
  ["privacy: 20", "a map such as { minCount: 20 }"],
  ["privacy: { minCount: [1] }", "a whole number, 0 or more"],
  ["guardrails: [a]", "a map of rules, such as { requireExclude: [baseline-suppressions] }"],
  ...["guardrails: { ", "guardrails: { when: [{ channel: sms, "].flatMap((before) => [
    [`${before}requireExclude: a`, "a list of names of the catalogue, or ids of audiences"] as const,
    [`${before}requireExclude: [[a]]`, "a name of the catalogue, or the id of an audience"] as const,
    [`${before}forbidInclude: a`, "a list of names of the catalogue, or ids of audiences"] as const,
    [`${before}forbidInclude: [[a]]`, "a name of the catalogue, or the id of an audience"] as const,
    [`${before}maxChanges: []`, 'a whole number such as 25, or a whole percentage such as "30%"'] as const,
    [`${before}reach: 1`, "a map such as { min: 1, max: 500000 }"] as const,
    [`${before}reach: { min: -1 }`, "a whole number of people, 0 or more"] as const,
    [`${before}reach: { max: many }`, "a whole number of people, 0 or more"] as const,
    [`${before}reach: { maxIncrease: 5.5% }`, 'a whole percentage, such as "50%"'] as const,
    [`${before}reach: { maxDecrease: half }`, 'a whole percentage, such as "50%"'] as const,
    [`${before}freeze: a`, "a list of maps with from and to"] as const,
    [
      `${before}freeze: [a]`,
      "a map such as { from: 2026-12-24T00:00:00Z, to: 2026-12-27T00:00:00Z, reason: holidays }",
    ] as const,
    [
      `${before}freeze: [{ from: a, to: 2026-12-27T00:00:00Z }]`,
      "a time with its zone, such as 2026-12-24T00:00:00Z",
    ] as const,
    [
      `${before}freeze: [{ from: 2026-12-24T00:00:00Z, to: a }]`,
      "a time with its zone, such as 2026-12-24T00:00:00Z",
    ] as const,
    [
      `${before}freeze: [{ from: 2026-12-24T00:00:00Z, to: 2026-12-27T00:00:00Z, reason: [] }]`,
      "text",
    ] as const,
  ]),
  ["guardrails: { reach: { onBreach: stop }", "report or restore"],
  ["guardrails: { when: a", "a list of maps, each with a channel or labels, and rules"],
  ["guardrails: { when: [a]", "a map such as { channel: sms, requireExclude: [sms-opt-out] }"],
  ["guardrails: { when: [{ channel: [], maxChanges: 1", "email, sms, push or direct_mail"],
  ["guardrails: { when: [{ labels: a, maxChanges: 1", "a map of text to text"],
  ["guardrails: { when: [{ labels: { a: [] }, maxChanges: 1", "text"],
  ["guardrails: { strength: hard", "a map from rules to hard, soft or warn"],
  ["guardrails: { strength: { reach-max: [] }", "hard, soft or warn"],
  ["waivers: a", "a list of waivers"],
  ["waivers: [a]", "a map with campaignId, rule, owner, reason and expires"],
  ["waivers: [{ campaignId: [] }]", "a UUID (8-4-4-4-12 hexadecimal digits)"],
  ["waivers: [{ rule: [] }]", "a rule that speaks of one campaign"],
  ["waivers: [{ audience: [] }]", "a name of the catalogue, or the id of an audience"],
  ["waivers: [{ owner: [] }]", "text"],
  ["waivers: [{ reason: [] }]", "text"],
  ["waivers: [{ expires: [] }]", "a day, such as 2026-12-31"],
];

/** A line of the file with its brackets closed. */
function closed(line: string): string {
  const ends: string[] = [];
  for (const sign of line) {
    if (sign === "{" || sign === "[") ends.unshift(sign === "{" ? " }" : "]");
    if (sign === "}" || sign === "]") ends.shift();
  }
  return line + ends.join("");
}

it.each(MUST_BE)("%s: what must be there is told", (line, expected) => {
  const { details } = project(`${line.startsWith("version") ? "" : "version: 1\n"}${closed(line)}\n`);
  expect(details).toContain(`must be ${expected}, but`);
});
