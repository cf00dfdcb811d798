import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/domain.ts";
import { UsageError } from "../../../src/errors.ts";
import { buildPlan, type LiveRead } from "../../../src/plan/build.ts";
import { digestOf } from "../../../src/plan/digest.ts";
import { isTooOld, parseSavedPlan } from "../../../src/plan/saved-plan.ts";
import { audienceId, binding, campaignId, spec } from "../../support/bindings.ts";
import { OLD_REACH } from "../../support/fake-api.ts";

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
          repeatedAudienceIds: [],
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

test("unknown keys of a newer minor version are left in peace", () => {
  const text = tampered((plan) => {
    Object.assign(plan, { formatVersion: "1.7", later: {} });
    Object.assign(plan.changes[0] ?? {}, { later: 1 });
    Object.assign(plan.summary ?? {}, { later: 1 });
  });
  expect(parseSavedPlan(text, TARGET).formatVersion).toBe("1.7");
});

test("the tenth minor version is a minor version too", () => {
  const text = tampered((plan) => Object.assign(plan, { formatVersion: "1.10" }));
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
    expect(() => parseSavedPlan(text, { ...TARGET, environment: null })).toThrow(
      /environment "production".*for no environment/,
    );
    expect(() => parseSavedPlan(text, { ...TARGET, environment: "staging" })).toThrow(
      /this run is for environment "staging"/,
    );
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
