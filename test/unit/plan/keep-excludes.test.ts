import { describe, expect, test } from "vitest";
import { buildPlan } from "../../../src/plan/build.ts";
import { keepExcludes } from "../../../src/plan/keep-excludes.ts";
import { OLD_REACH } from "../../support/api/fake-api.ts";
import { audienceId, binding, campaignId, spec } from "../../support/samples/bindings.ts";

describe("live excludes that a file does not name", () => {
  test("are added to what it declares, and told", () => {
    expect(keepExcludes(binding([1], [9]), binding([2], [8, 9]))).toEqual({
      audience: binding([1], [8, 9]),
      kept: [audienceId(8)],
    });
  });

  test("cannot be kept where the file includes the same audience", () => {
    expect(keepExcludes(binding([1, 8], [9]), binding([1], [8]))).toMatchObject({
      error: { code: "kept-exclude-conflict", status: null },
    });
  });

  test("cannot be kept where they would be over 25 with the declared ones", () => {
    const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
    expect(keepExcludes(binding([1], many(100, 12)), binding([1], many(200, 13)))).not.toHaveProperty(
      "error",
    );
    expect(keepExcludes(binding([1], many(100, 13)), binding([1], many(200, 13)))).toMatchObject({
      error: { code: "kept-exclude-overflow" },
    });
  });
});

const ID = campaignId(1);

function planOf(
  desired: ReturnType<typeof binding>,
  live: ReturnType<typeof binding>,
  authoringStatus = "draft",
) {
  const campaign = {
    ...{ campaignId: ID, name: null, authoringStatus, channel: null, schedule: null, audience: live },
    ...{ repeatedAudienceIds: [], liveAudiences: [], reach: OLD_REACH, updatedAt: null, serverTime: null },
  };
  return buildPlan(
    [spec(ID, desired)],
    new Map([[ID, { campaign }]]),
    {
      ...{ tool: { name: "t", version: "1" }, createdAt: 0, environment: null, apiUrl: "https://a.test" },
      unknownExcludes: "keep",
    },
    [],
  );
}

test("a kept exclude is neither drift nor removed", () => {
  expect(planOf(binding([1], [9]), binding([1], [8, 9])).changes[0]).toMatchObject({
    action: "no-op",
    after: binding([1], [8, 9]),
    kept: [audienceId(8)],
  });
  expect(planOf(binding([1, 2]), binding([1], [8])).changes[0]).toMatchObject({
    action: "update",
    direction: "widens",
    after: binding([1, 2], [8]),
    kept: [audienceId(8)],
  });
});

test("what cannot be kept is an error of that draft; a locked campaign is left alone", () => {
  expect(planOf(binding([1, 8]), binding([1], [8])).changes[0]).toMatchObject({
    action: "error",
    reason: "kept-exclude-conflict",
    error: { code: "kept-exclude-conflict" },
  });
  expect(planOf(binding([1, 8]), binding([1], [8]), "sent").changes[0]).toMatchObject({ action: "skip" });
});
