import { describe, expect, test } from "vitest";
import { UsageError } from "../../../src/domain/errors.ts";
import type { Plan } from "../../../src/domain/model.ts";
import { buildPlan, type LiveRead } from "../../../src/plan/build.ts";
import { decodeSaved } from "../../../src/plan/decode-saved.ts";
import { digestOf } from "../../../src/plan/digest.ts";
import { fingerprintOf } from "../../../src/plan/fingerprint.ts";
import { isTooOld } from "../../../src/plan/plan-age.ts";
import { parseSavedPlan } from "../../../src/plan/saved-plan.ts";
import { renderJson } from "../../../src/render/json.ts";
import { OLD_REACH } from "../../support/api/fake-api.ts";
import { audienceId, binding, campaignId, spec } from "../../support/samples/bindings.ts";

const TARGET = { apiUrl: "https://api.example.test/public/v1", environment: "production" };

function samplePlan(): Plan {
  const live = (number: number, authoringStatus: string) =>
    [
      campaignId(number),
      {
        campaign: {
          campaignId: campaignId(number),
          name: "Ünïcode \u202e name",
          authoringStatus,
          audience: binding([1], [9]),
          channel: "email",
          schedule: null,
          repeatedAudienceIds: [],
          liveAudiences: [],
          reach: OLD_REACH,
          updatedAt: null,
          serverTime: null,
        },
      },
    ] as const;
  return buildPlan(
    [
      spec(campaignId(1), binding([1, 2])),
      spec(campaignId(2), binding([1], [9])),
      spec(campaignId(3), binding([2])),
      spec(campaignId(4), binding([2])),
    ],
    new Map<string, LiveRead>([
      live(1, "draft"),
      live(2, "sent"),
      live(3, "scheduled"),
      [
        campaignId(4),
        { error: { code: "X.NOT_FOUND", status: 404, message: "no such campaign", correlationId: null } },
      ],
    ]),
    {
      ...TARGET,
      tool: { name: "campaignctl", version: "0.1.0" },
      createdAt: Date.parse("2026-11-24T10:00:00.000Z"),
    },
    [],
  );
}

/** The sample plan with one change made by somebody. */
function tampered(
  change: (plan: Record<string, never> & { changes: Record<string, unknown>[] }) => void,
): string {
  const plan = JSON.parse(JSON.stringify(samplePlan()));
  change(plan);
  return JSON.stringify(plan);
}

test("a plan is read back as it was written", () => {
  expect(parseSavedPlan(JSON.stringify(samplePlan()), TARGET)).toEqual(samplePlan());
});

test("a plan of some of the declared campaigns is read back too", () => {
  const scope = { kind: "changed", since: "1".repeat(40), shard: null, planned: 4, declared: 9 };
  const text = forged((plan) => Object.assign(plan, { scope }));
  expect(parseSavedPlan(text, TARGET).scope).toEqual(scope);
});

/** A plan changed by somebody who knows how to make its fingerprint. */
function forged(change: Parameters<typeof tampered>[0]): string {
  const plan = JSON.parse(tampered(change));
  return JSON.stringify({ ...plan, fingerprint: fingerprintOf(plan) });
}

test("unknown keys of a newer minor version are left in peace", () => {
  const text = forged((plan) => {
    Object.assign(plan, { formatVersion: "1.7", later: {} });
    Object.assign(plan.changes[0] ?? {}, { later: 1 });
    Object.assign(plan.summary ?? {}, { later: 1 });
  });
  expect(parseSavedPlan(text, TARGET).formatVersion).toBe("1.7");
});

test("the tenth minor version is a minor version too", () => {
  const text = forged((plan) => Object.assign(plan, { formatVersion: "1.10" }));
  expect(parseSavedPlan(text, TARGET).formatVersion).toBe("1.10");
});

function first(plan: { changes: Record<string, unknown>[] }): Record<string, unknown> {
  return plan.changes[0] as Record<string, unknown>;
}

/** The attacker's plan with a digest that fits: consistency must be found wanting elsewhere. */
function withDigest(plan: { changes: unknown }): void {
  Object.assign(plan, { digest: digestOf(plan.changes as Plan["changes"]) });
}

describe("refused", () => {
  test.each<[string, string, RegExp]>([
    ["no JSON", "{", /not JSON/],
    ["a number", "1", /not a saved plan/],
    ["null", "null", /not a saved plan/],
    ["a report", JSON.stringify({ kind: "apply-report", formatVersion: "1.0" }), /not a saved plan/],
    [
      "another major version",
      tampered((plan) => Object.assign(plan, { formatVersion: "2.0" })),
      /format version "2.0"/,
    ],
    [
      "a version that only begins with 1",
      tampered((plan) => Object.assign(plan, { formatVersion: "10.0" })),
      /format version "10.0"/,
    ],
    [
      "a version that only ends in 1.0",
      tampered((plan) => Object.assign(plan, { formatVersion: "21.0" })),
      /format version "21.0"/,
    ],
    [
      "a version with more behind it",
      tampered((plan) => Object.assign(plan, { formatVersion: "1.0-beta" })),
      /format version "1.0-beta"/,
    ],
    ["no version", tampered((plan) => Object.assign(plan, { formatVersion: 1 })), /format version 1;/],
    [
      "a list of versions",
      tampered((plan) => Object.assign(plan, { formatVersion: ["1.0"] })),
      /format version \["1.0"\];/,
    ],
    [
      "a missing list",
      tampered((plan) => Reflect.deleteProperty(plan, "changes")),
      /not valid: the document must have required property 'changes'\./,
    ],
    [
      "an id in upper case",
      tampered((plan) => Object.assign(first(plan), { campaignId: campaignId(1).toUpperCase() })),
      /not valid: \/changes\/0\/campaignId must match pattern/,
    ],
    [
      "no include left",
      tampered((plan) => Object.assign(first(plan), { after: { include: [], exclude: [] } })),
      /not valid/,
    ],
    [
      "another audience",
      tampered((plan) => Object.assign(first(plan), { after: binding([1, 3]) })),
      /altered/,
    ],
    [
      "another digest",
      tampered((plan) => Object.assign(plan, { digest: `sha256:${"0".repeat(64)}` })),
      /digest does not fit/,
    ],
    [
      "other counts",
      tampered((plan) => Object.assign(plan, { summary: { ...samplePlan().summary, update: 0 } })),
      /summary/,
    ],
    [
      "campaigns that it says it looked at, and has not",
      tampered((plan) => Object.assign(plan, { scope: { ...samplePlan().scope, planned: 5, declared: 5 } })),
      /scope/,
    ],
    [
      "all campaigns, and not all of them",
      tampered((plan) => Object.assign(plan, { scope: { ...samplePlan().scope, declared: 5 } })),
      /scope/,
    ],
    [
      "more campaigns than are declared",
      tampered((plan) =>
        Object.assign(plan, { scope: { ...samplePlan().scope, kind: "changed", declared: 3 } }),
      ),
      /scope/,
    ],
    ["a campaign twice", tampered((plan) => plan.changes.push(first(plan))), /once, in order/],
    ["another order of campaigns", tampered((plan) => plan.changes.reverse()), /once, in order/],
    [
      "a direction that says less",
      tampered((plan) => Object.assign(first(plan), { direction: "narrows" })),
      /what it says of campaign .* does not fit/,
    ],
    [
      "a direction that counts the same",
      tampered((plan) => Object.assign(first(plan), { direction: "mixed" })),
      /what it says of campaign .* does not fit/,
    ],
    [
      "operations that hide one",
      tampered((plan) => {
        const operations = first(plan).operations as unknown[];
        operations.pop();
      }),
      /does not fit/,
    ],
    [
      "a locked campaign made an update, with a digest that fits",
      tampered((plan) => {
        Object.assign(plan.changes[2] ?? {}, { action: "update", reason: null });
        withDigest(plan);
      }),
      /not valid: \/changes\/2\/authoringStatus must be equal to constant/,
    ],
    [
      "an order of audiences that another writer would have made",
      tampered((plan) => {
        Object.assign(first(plan), {
          after: { include: [...binding([1, 2]).include].reverse(), exclude: [] },
        });
        withDigest(plan);
      }),
      /not in order/,
    ],
    [
      "another order of the audiences before",
      tampered((plan) => {
        Object.assign(first(plan), {
          before: { include: [...binding([1, 2]).include].reverse(), exclude: [] },
        });
        withDigest(plan);
      }),
      /not in order/,
    ],
    [
      "another order of the audiences of a campaign that could not be read",
      tampered((plan) => {
        const after = { include: [...binding([1, 2]).include].reverse(), exclude: [] };
        Object.assign(plan.changes[3] ?? {}, { after });
      }),
      /not in order/,
    ],
    [
      "one audience included and excluded",
      tampered((plan) => {
        Object.assign(first(plan), { after: binding([1, 2], [2]) });
        withDigest(plan);
      }),
      /includes and excludes one audience/,
    ],
    [
      "an audience twice",
      tampered((plan) => {
        const twice = [...binding([1]).include, { audienceId: audienceId(1), type: "audience" }];
        Object.assign(first(plan), { after: { include: twice, exclude: [] } });
        withDigest(plan);
      }),
      /not in order/,
    ],
  ])("%s", (_, text, message) => {
    expect(() => parseSavedPlan(text, TARGET)).toThrow(UsageError);
    expect(() => parseSavedPlan(text, TARGET)).toThrow(message);
  });

  test("with a way on", () => {
    expect(() => parseSavedPlan("{", TARGET)).toThrow(
      expect.objectContaining({ hint: "Make a new plan with: campaignctl plan --out FILE" }),
    );
  });

  test("made for another API or environment", () => {
    const text = JSON.stringify(samplePlan());
    expect(() => parseSavedPlan(text, { ...TARGET, apiUrl: "https://other.example.test" })).toThrow(
      /made for https:\/\/api/,
    );
    expect(() => parseSavedPlan(text, { ...TARGET, apiUrl: "https://other.example.test" })).toThrow(
      /The plan was made for https:\/\/api.* write to https:\/\/other/,
    );
    expect(() => parseSavedPlan(text, { ...TARGET, environment: null })).toThrow(
      /The plan was made for environment "production", and this run is for no environment/,
    );
    expect(() => parseSavedPlan(text, { ...TARGET, environment: "staging" })).toThrow(
      /this run is for environment "staging"/,
    );
  });
});

describe("the fingerprint covers everything that a plan says", () => {
  const ELSEWHERE = "https://other.example.test";
  test.each<[string, Parameters<typeof tampered>[0], Partial<typeof TARGET>?]>([
    ["when it was made", (plan) => Object.assign(plan, { createdAt: "2026-11-25T10:00:00.000Z" })],
    ["where it writes", (plan) => Object.assign(plan, { apiUrl: ELSEWHERE }), { apiUrl: ELSEWHERE }],
    [
      "the environment",
      (plan) => Object.assign(plan, { environment: "staging" }),
      { environment: "staging" },
    ],
    ["who made it", (plan) => Object.assign(plan, { tool: { name: "campaignctl", version: "9.9.9" } })],
    ["a minor version", (plan) => Object.assign(plan, { formatVersion: "1.1" })],
    ["a name", (plan) => Object.assign(first(plan), { name: "Another" })],
    ["where a campaign is declared", (plan) => Object.assign(first(plan).source ?? {}, { line: 7 })],
    ["reach", (plan) => Object.assign(first(plan).reach ?? {}, { evaluatedCount: 7 })],
    ["an error", (plan) => Object.assign(plan.changes[3]?.error ?? {}, { message: "It is fine." })],
    ["a diagnostic", (plan) => Object.assign(plan, { diagnostics: [DIAGNOSTIC] })],
    ["a key that this version does not know", (plan) => Object.assign(first(plan), { later: 1 })],
  ])("%s", (_, change, target) => {
    const read = () => parseSavedPlan(tampered(change), { ...TARGET, ...target });
    expect(read).toThrow(UsageError);
    expect(read).toThrow(
      "The saved plan was altered: its fingerprint does not fit what it says. Nothing was sent.",
    );
  });

  test("numbers that are not finite and endless nesting are refused too", () => {
    const withLater = (json: string) => JSON.stringify(samplePlan()).replace("{", `{"later":${json},`);
    for (const json of ["1e999", `${"[".repeat(100_000)}${"]".repeat(100_000)}`]) {
      expect(() => parseSavedPlan(withLater(json), TARGET)).toThrow(/fingerprint does not fit/);
    }
    const inSummary = JSON.stringify(samplePlan()).replace('"summary":{', '"summary":{"later":1e999,');
    expect(() => parseSavedPlan(inSummary, TARGET)).toThrow(/fingerprint does not fit/);
    const inOperation = JSON.stringify(samplePlan()).replace('{"op":', '{"later":1e999,"op":');
    expect(() => parseSavedPlan(inOperation, TARGET)).toThrow(/what it says of campaign/);
  });

  test("a plan without one is refused, and told what to do", () => {
    const text = tampered((plan) => Reflect.deleteProperty(plan, "fingerprint"));
    expect(() => parseSavedPlan(text, TARGET)).toThrow(/has no fingerprint/);
    expect(() => parseSavedPlan(text, TARGET)).toThrow(
      expect.objectContaining({ hint: "Make a new plan with: campaignctl plan --out FILE" }),
    );
  });
});

const DIAGNOSTIC = {
  severity: "warning",
  code: "made-up",
  summary: "Made up",
  detail: "Made up.",
  file: null,
  range: null,
  excerpt: null,
};

/** The same value with every object's keys in the reverse order. */
function turned(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}

describe("how a plan is written is no matter", () => {
  const plan = samplePlan();
  const text = renderJson(plan);
  const bytes = Buffer.from(text);
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  test.each<[string, Uint8Array]>([
    ["as it was written", bytes],
    ["other order of keys, no white space", Buffer.from(JSON.stringify(turned(plan)))],
    ["other line ends", Buffer.from(text.replaceAll("\n", "\r\n"))],
    ["a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, little endian", utf16],
    ["UTF-16, big endian", Buffer.from(utf16).swap16()],
  ])("%s", (_, saved) => {
    expect(parseSavedPlan(decodeSaved(saved, "saved plan"), TARGET)).toEqual(plan);
  });

  test("a byte order mark is no matter in a text either", () => {
    expect(parseSavedPlan(`\ufeff${text}`, TARGET)).toEqual(plan);
  });

  test.each([
    ["UTF-8", Buffer.concat([bytes, Buffer.from([0xe9])])],
    ["UTF-16LE", Buffer.concat([utf16, Buffer.from([0x00])])],
  ])("bytes that are no %s are refused by that name", (encoding, saved) => {
    expect(() => decodeSaved(saved, "saved plan")).toThrow(UsageError);
    expect(() => decodeSaved(saved, "saved plan")).toThrow(`The saved plan is not ${encoding} text.`);
  });
});

test("age is counted from when the plan was made", () => {
  const plan = samplePlan();
  const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);
  expect(isTooOld(plan, 3_600_000, at("11:00:00.000"))).toBe(false);
  expect(isTooOld(plan, 3_600_000, at("11:00:00.001"))).toBe(true);
  expect(isTooOld(plan, 3_600_000, at("09:55:00.000"))).toBe(false);
  expect(() => isTooOld(plan, 3_600_000, at("09:54:59.999"))).toThrow(/in the future/);
});

test("a plan that was made at no moment there is has no age: refused, never young", () => {
  const plan = { ...samplePlan(), createdAt: "2016-12-31T23:59:60Z" };
  expect(() => isTooOld(plan, 1000, Date.parse("2026-11-24T10:00:00Z"))).toThrow(/not understood/);
});
