import { describe, expect, test } from "vitest";
import type { ApplyResult } from "../../../../../src/domain/model.ts";
import { firstNames, tellResults, weightsOf } from "../../../../../src/render/page/same-reason.ts";
import { sampleResult } from "../../../../support/samples/plan.ts";
import { many, refused } from "../../../../support/samples/refused.ts";

const idOf = (n: number) => sampleResult(n).campaignId;

test.each([
  [1, "n0"],
  [5, "n0, n1, n2, n3, n4"],
  [6, "n0, n1, n2, n3, n4 and 1 more"],
  [1_000, "n0, n1, n2, n3, n4 and 995 more"],
])("the first names of %i", (count, names) => {
  expect(
    firstNames(
      many(count, (n) => n),
      (n) => `n${n}`,
    ),
  ).toBe(names);
});

describe("which results are told together", () => {
  const failed = { outcome: "failed", reason: "not-found", waited: false } as const;
  const error = (n: number) => ({ ...refused(n), mayHaveLanded: false });
  const titles = (
    overrides: (n: number) => Partial<ApplyResult>,
    grouping: "together" | "each" = "together",
  ) =>
    tellResults(
      many(2, (n) => sampleResult(n, overrides(n))),
      "apply-report",
      { grouping, minCount: 20 },
    ).map(({ title }) => title);
  const EACH = ["Campaign 0", "Campaign 1"];

  test.each<[string, (n: number) => Partial<ApplyResult>, readonly string[]]>([
    ["one reason", (n) => ({ ...failed, error: error(n) }), ["2 campaigns"]],
    ["what was not attempted", () => ({ outcome: "not-attempted", reason: "interrupted" }), ["2 campaigns"]],
    ["what may have landed", (n) => ({ ...failed, error: { ...error(n), mayHaveLanded: true } }), EACH],
    ["what is live", (n) => ({ ...failed, error: error(n), live: sampleResult(n).before }), EACH],
    ["what was written", () => ({}), EACH],
    ["what was skipped", () => ({ outcome: "skipped", reason: "not-draft" }), EACH],
    ["other codes", (n) => ({ ...failed, error: { ...error(n), code: `c${n}` } }), EACH],
    ["other answers", (n) => ({ ...failed, error: { ...error(n), status: 400 + n } }), EACH],
    ["other messages", (n) => ({ ...failed, error: { ...error(n), message: `m${n}` } }), EACH],
    ["other reasons", (n) => ({ ...failed, reason: `r${n}`, error: error(1) }), EACH],
  ])("%s", (_, overrides, told) => {
    expect(titles(overrides)).toEqual(told);
  });

  test("none in a list of what is left to do", () => {
    expect(titles((n) => ({ ...failed, error: error(n) }), "each")).toEqual(EACH);
  });

  test("tells what holds for all, and gives the first correlation id as that", () => {
    const results = many(2, (n) =>
      sampleResult(n, { ...failed, name: n === 0 ? null : "B", error: error(n) }),
    );
    const telling = { grouping: "together", minCount: 20 } as const;
    const [told] = tellResults(results, "apply-report", telling);
    expect(told?.facts).toEqual([
      { label: "campaigns", value: `${idOf(0)} (campaigns/c0.yaml:2:1), B (campaigns/c1.yaml:2:1)` },
      { label: "reason", value: "not found" },
      {
        label: "message",
        value: "GET /campaigns/…/summary was refused: 404. (JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND)",
      },
      { label: "first correlation id", value: "id-0" },
      { label: "write", value: "nothing was written" },
    ]);
    expect(weightsOf(tellResults(results, "apply-report", telling))).toEqual([2]);
  });

  test("takes what the breaker held back for what failed", () => {
    const failure = "GET /campaigns was refused: 503.";
    const held = `The API fails too often, so it is not asked for 30s. The last failure: ${failure}`;
    expect(titles((n) => ({ ...failed, error: { ...error(1), message: n === 0 ? failure : held } }))).toEqual(
      ["2 campaigns"],
    );
    expect(
      titles((n) => ({ ...failed, error: { ...error(1), message: n === 0 ? failure : `x ${held}` } })),
    ).toEqual(EACH);
  });
});
