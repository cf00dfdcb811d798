import { describe, expect, test } from "vitest";
import { loadProject } from "../../../../src/declarations/project.ts";
import { resolveRules } from "../../../../src/declarations/rules/resolve-rules.ts";
import { namesAnAudience } from "../../../../src/declarations/rules/written-rules.ts";
import { idOf, namesIn } from "../../../support/samples/catalogue.ts";
import { file, place } from "../../../support/samples/declarations.ts";

const CATALOGUE = `audiences:
  unsubscribed: { audienceId: ${idOf(1)}, type: segment }
  legal-hold: { audienceId: { staging: ${idOf(2)}, production: ${idOf(3)} }, type: segment }
  internal: { audienceId: ${idOf(4)}, type: segment }
groups:
  baseline: [unsubscribed, legal-hold]
`;

const CAMPAIGN = "4130bada-9264-465f-bc0c-a26bebcfcc81";

const waiver = (more: string) =>
  `waivers: [{ campaignId: ${CAMPAIGN}, owner: a, reason: b, expires: 2026-12-31, ${more} }]\n`;

function written(text: string) {
  const { project, diagnostics } = loadProject(file("campaignctl.yaml", `version: 1\n${text}`));
  return {
    rules: project?.rules ?? null,
    told: diagnostics.map(place),
    details: diagnostics.map(({ detail }) => detail).join("\n"),
  };
}

function resolved(text: string, environment: string | null = "production") {
  const { rules } = written(text);
  if (rules === null) throw new Error("There are no rules.");
  const names = namesIn(CATALOGUE, environment);
  return resolveRules(rules, { names, environment, needsIds: environment !== null });
}

describe("words of rules", () => {
  test("a name, a group with all its members, and an id", () => {
    const { guardrails, usedNames, diagnostics } = resolved(
      `guardrails: { requireExclude: [baseline, ${idOf(9).toUpperCase()}], forbidInclude: [internal] }\n`,
    );
    expect(diagnostics).toEqual([]);
    expect(guardrails.sets[0]?.requireExclude).toEqual([
      { audienceId: idOf(1), name: "unsubscribed", group: "baseline" },
      { audienceId: idOf(3), name: "legal-hold", group: "baseline" },
      { audienceId: idOf(9), name: null, group: null },
    ]);
    expect(guardrails.sets[0]?.forbidInclude).toEqual([
      { audienceId: idOf(4), name: "internal", group: null },
    ]);
    expect([...usedNames]).toEqual(["baseline", "internal"]);
  });

  test("a name that nobody has is an error at its place, with what was meant", () => {
    const { diagnostics } = resolved("guardrails:\n  requireExclude: [baselin]\n");
    expect(diagnostics.map(place)).toEqual(["unknown-name 3:20"]);
    expect(diagnostics[0]?.detail).toContain('Did you mean "baseline"?');
  });

  test("an audience without an id for the environment is an error: the rule could not hold", () => {
    expect(resolved("guardrails: { requireExclude: [legal-hold] }\n", "test").diagnostics.map(place)).toEqual(
      ["audience-without-id 2:32"],
    );
  });

  test("the catalogue matters only where a rule or a waiver has a name", () => {
    const uses = (text: string) => {
      const { rules } = written(text);
      return rules === null ? null : namesAnAudience(rules);
    };
    expect(uses("guardrails: { requireExclude: [baseline] }\n")).toBe(true);
    expect(uses(`guardrails: { when: [{ channel: sms, forbidInclude: [x] }] }\n`)).toBe(true);
    expect(uses(`guardrails: { requireExclude: [${idOf(1)}], maxChanges: 3 }\n`)).toBe(false);
    expect(uses(`guardrails: { requireExclude: [${idOf(1)}, baseline] }\n`)).toBe(true);
    expect(uses(waiver("rule: require-exclude, audience: baseline"))).toBe(true);
    expect(uses(waiver(`rule: forbid-include, audience: ${idOf(1)}`))).toBe(false);
    expect(uses(waiver("rule: require-exclude"))).toBe(false);
    expect(uses("")).toBeNull();
  });
});

test("words come in order of their ids, each once", () => {
  const text = `guardrails: { requireExclude: [${idOf(9)}, internal, ${idOf(4)}, ${idOf(1)}] }\n`;
  expect(resolved(text).guardrails.sets[0]?.requireExclude).toEqual([
    { audienceId: idOf(1), name: "unsubscribed", group: null },
    { audienceId: idOf(4), name: "internal", group: null },
    { audienceId: idOf(9), name: null, group: null },
  ]);
  const { rules } = written(text);
  const unreadable = { names: null, environment: null, needsIds: false };
  const [set] = rules === null ? [] : resolveRules(rules, unreadable).guardrails.sets;
  expect(set?.requireExclude.map(({ name }) => name)).toEqual([null, null, null]);
});

test("what is not said is no rule, and a breach is reported", () => {
  expect(resolved("guardrails: { reach: { min: 1 } }\n").guardrails).toMatchObject({
    sets: [
      {
        scope: null,
        requireExclude: [],
        forbidInclude: [],
        maxChanges: null,
        reach: { min: 1, max: null, maxIncrease: null, maxDecrease: null },
        freeze: [],
      },
    ],
    onBreach: "report",
    waivers: [],
  });
});

test("a name that nobody has is told wherever it stands", () => {
  const { diagnostics } = resolved(
    `guardrails:
  forbidInclude: [one]
  when:
    - { channel: sms, requireExclude: [two] }
${waiver("rule: require-exclude, audience: three")}`,
  );
  expect(diagnostics.map(place)).toEqual(["unknown-name 3:19", "unknown-name 5:40", "unknown-name 6:138"]);
});

test("what only a plan can tell has its place: rules that match nothing, and a waiver of nothing", () => {
  const { guardrails } = resolved(
    `guardrails: { when: [{ channel: sms, maxChanges: 1 }] }\n${waiver("rule: reach-max")}`,
  );
  expect(guardrails.sets[1]?.scope).toMatchObject({ channel: "sms", labels: {} });
  expect(guardrails.sets.flatMap(({ scope }) => scope?.place ?? []).map(place)).toEqual([
    "rule-matches-nothing 2:22",
  ]);
  expect(guardrails.waivers.map((each) => [place(each.place), each.audienceIds])).toEqual([
    ["unused-waiver 3:11", null],
  ]);
});

test("a mistake in a time or a waiver is told at its place", () => {
  const { told } = written(
    `guardrails:
  freeze:
    - { from: 2026-02-30T00:00:00Z, to: 2026-02-31T00:00:00Z }
    - { from: 2026-12-27T00:00:00Z, to: 2026-12-26T00:00:00Z }
    - { from: 2026-02-30T00:00:00Z, to: 2026-12-26T00:00:00Z }
  when:
    - { freeze: [{ from: 2026-12-30T00:00:00Z, to: 2026-02-31T00:00:00Z }] }
${waiver("rule: reach-max, audience: x").replace("2026-12-31", "2026-02-30")}`,
  );
  expect(told).toEqual([
    "invalid-value 4:15",
    "invalid-value 4:41",
    "invalid-value 5:41",
    "invalid-value 6:15",
    "invalid-value 8:7",
    "invalid-value 8:52",
    "invalid-value 9:93",
    "invalid-value 9:132",
  ]);
});

test("limits, freezes, strengths and what to do on a breach", () => {
  const { guardrails } = resolved(
    `guardrails:
  maxChanges: "30%"
  reach: { min: 1, max: 5, maxIncrease: 50%, maxDecrease: 80%, onBreach: restore }
  freeze: [{ from: 2026-12-24T00:00:00Z, to: 2026-12-27T00:00:00+01:00 }]
  when: [{ labels: { region: eu }, maxChanges: 2 }]
  strength: { max-changes: warn }
`,
  );
  expect(guardrails.sets[0]).toMatchObject({
    scope: null,
    maxChanges: { unit: "percent", value: 30 },
    reach: { min: 1, max: 5, maxIncrease: 50, maxDecrease: 80 },
    freeze: [
      { from: Date.parse("2026-12-24T00:00:00Z"), to: Date.parse("2026-12-26T23:00:00Z"), reason: null },
    ],
  });
  expect(guardrails.sets[1]).toMatchObject({
    scope: { channel: null, labels: { region: "eu" } },
    maxChanges: { unit: "number", value: 2 },
  });
  expect(guardrails.strength).toMatchObject({
    "max-changes": "warn",
    freeze: "soft",
    "require-exclude": "hard",
  });
  expect(guardrails.onBreach).toBe("restore");
});

test("a waiver, with its group as audiences", () => {
  const { guardrails, usedNames } = resolved(
    `waivers: [{ campaignId: ${CAMPAIGN.toUpperCase()}, rule: require-exclude, audience: baseline, owner: legal, reason: fine, expires: 2026-12-31 }]\n`,
  );
  expect(guardrails.waivers[0]).toMatchObject({
    campaignId: CAMPAIGN,
    audienceIds: [idOf(1), idOf(3)],
    expires: "2026-12-31",
    place: { file: "campaignctl.yaml", range: { start: { line: 2, column: 11 } }, detail: "" },
  });
  expect(usedNames.has("baseline")).toBe(true);
});

test.each([
  ["guardrails: { maxChanges: -1 }\n", "invalid-value", "a whole number such as 25"],
  ["guardrails: { maxChanges: 2.5% }\n", "invalid-value", "whole percentage"],
  ["guardrails: { reach: { maxIncrease: 50 } }\n", "quote-needed", "quote it"],
  [
    "guardrails: { when: [{ channel: fax, maxChanges: 1 }] }\n",
    "invalid-value",
    "email or sms or push or direct_mail",
  ],
  ["guardrails: { when: [{ maxChanges: 1 }] }\n", "invalid-value", "no channel and no label"],
  [
    "guardrails: { freeze: [{ from: 2026-12-24T00:00:00, to: 2026-12-27T00:00:00Z }] }\n",
    "invalid-value",
    "with its zone",
  ],
  [
    "guardrails: { freeze: [{ from: 2026-02-30T00:00:00Z, to: 2026-12-27T00:00:00Z }] }\n",
    "invalid-value",
    "no such time",
  ],
  [
    "guardrails: { freeze: [{ from: 2026-12-27T00:00:00Z, to: 2026-12-27T00:00:00Z }] }\n",
    "invalid-value",
    "ends before it begins",
  ],
  ["guardrails: { strength: { max-change: warn } }\n", "unknown-key", 'Did you mean "max-changes"?'],
  ["guardrails: { strength: { freeze: loud } }\n", "invalid-value", "hard, soft or warn"],
  [waiver("rule: max-changes"), "invalid-value", "a rule that speaks of one campaign"],
  [waiver("rule: freeze"), "invalid-value", "a rule that speaks of one campaign"],
  [waiver("rule: reach-max, audience: x"), "invalid-value", "speaks of no audience"],
  [waiver("rule: reach-max").replace("2026-12-31", "2026-02-30"), "invalid-value", "no such day"],
  [waiver("rule: reach-max").replace("owner: a, ", ""), "missing-key", "owner"],
])("%j is refused", (text, code, detail) => {
  const found = written(text);
  expect(found.rules).toBeNull();
  expect(found.told.map((each) => each.split(" ")[0])).toEqual([code]);
  expect(found.details).toContain(detail);
});
