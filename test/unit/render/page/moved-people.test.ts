import { describe, expect, test } from "vitest";
import type { ApplyResult } from "../../../../src/domain/model.ts";
import { renderApplyComment } from "../../../../src/github/page/apply-comment.ts";
import { renderPlanComment } from "../../../../src/github/page/plan-comment.ts";
import { biggestFirst } from "../../../../src/render/page/moved-people.ts";
import { COMMIT, fileUrl, leftOf, RUN_URL, target } from "../../../support/samples/github.ts";
import {
  samplePlan,
  sampleReachResult,
  sampleReport,
  sampleResult,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const plan = samplePlan([sampleUpdate(1)]);

const previous = renderPlanComment({
  plan,
  target,
  commit: COMMIT,
  origins: null,
  fileUrl,
  runUrl: RUN_URL,
});

const render = (results: readonly ApplyResult[]) =>
  renderApplyComment({
    report: sampleReport(results),
    plan,
    verdicts: new Map(),
    previous,
    left: leftOf("applied", previous.header.reviewed),
    runUrl: RUN_URL,
  });

describe("how many people", () => {
  const moved = (n: number, previousCount: number | null, evaluatedCount: number) =>
    sampleResult(n, {
      name: `From ${previousCount}`,
      reach: sampleReachResult({ previousCount, evaluatedCount }),
    });
  const rowsOf = (body: string) =>
    [...body.matchAll(/^\| (\*\*. \w+ people\*\*)? ?\| (From \w+) \| ([^|]*) \|/gm)].map(
      ([, ...cells]) => cells,
    );

  test("the biggest change comes first, then what nobody knows", () => {
    const { body } = render([
      moved(1, null, 5_000),
      moved(2, 100, 150),
      moved(3, 9_000, 8_000),
      moved(4, 70, 70),
    ]);
    expect(rowsOf(body)).toEqual([
      ["**▼ fewer people**", "From 9000", "9,000 → 8,000 (-1,000, -11.1%)"],
      ["**▲ more people**", "From 100", "100 → 150 (+50, +50.0%)"],
      [undefined, "From 70", "70 → 70 (no difference)"],
      [undefined, "From null", "5,000 (count before not known)"],
    ]);
  });

  test("a confirmed evaluation without a count says nothing of more or fewer", () => {
    const reach = sampleReachResult({ evaluatedCount: null });
    const { body } = render([sampleResult(1, { name: "From x", reach }), moved(2, 100, 101)]);
    expect(rowsOf(body)).toEqual([
      ["**▲ more people**", "From 100", "100 → 101 (+1, +1.0%)"],
      [undefined, "From x", "evaluated, without a count"],
    ]);
    expect(body).not.toContain("Over 50%");
  });

  test("over half as many more or fewer are called out, exactly half are not", () => {
    const { body } = render([
      moved(1, 100, 150),
      moved(2, 100, 50),
      moved(3, 1_000, 1_501),
      moved(4, 200, 99),
      moved(5, 0, 30),
    ]);
    expect(body).toContain(`\
> [!WARNING]
> **▲ Over 50% more people in 2 campaigns**: From 1000, From 0\\
> **▼ Over 50% fewer people in 1 campaign**: From 200

`);
  });

  test("nor is one whose count before may be of earlier audiences: nobody knows which way it went", () => {
    const reach = sampleReachResult({ previousCount: 100, reachedBefore: null, evaluatedCount: 9_000 });
    const { body } = render([{ ...moved(1, 100, 9_000), reach }, moved(2, 1_000, 1_100)]);
    expect(rowsOf(body)).toEqual([
      ["**▲ more people**", "From 1000", "1,000 → 1,100 (+100, +10.0%)"],
      [undefined, "From 100", "100 (perhaps of earlier audiences) → 9,000"],
    ]);
    expect(body).not.toContain("Over 50%");
  });

  test("a campaign that this run did not change is not called out", () => {
    const { body } = render([{ ...moved(1, 10_000, 10), outcome: "unchanged" }]);
    expect(body).not.toContain("Over 50%");
  });

  test("of a few people nobody else reads how many, nor how they moved", () => {
    const { body } = render([moved(1, 19, 3), moved(2, 500, 19), moved(3, 19, 20)]);
    expect(rowsOf(body).map(([people, , reach]) => [people, reach])).toEqual([
      ["**▼ fewer people**", "500 → fewer than 20"],
      [undefined, "fewer than 20 → fewer than 20"],
      ["**▲ more people**", "fewer than 20 → 20"],
    ]);
    expect(body).toContain("**▼ Over 50% fewer people in 1 campaign**: From 500\n");
    expect(body).not.toMatch(/people\*\* [^\n]*fewer than 20 → fewer than 20/);
  });

  test.each([
    [25, 12],
    [38, 18],
    [12, 25],
    [3, 28],
    [20, 30],
  ])("nor whether %i to %i is over 50%%, where that depends on the count that is not shown", (from, to) => {
    expect(render([moved(1, from, to)]).body).not.toContain("Over 50%");
  });

  test.each([
    [39, 19, "▼ Over 50% fewer"],
    [19, 29, "▲ Over 50% more"],
  ])("from %i to %i it is, whatever the count is", (from, to, told) => {
    expect(render([moved(1, from, to)]).body).toContain(told);
  });
});

describe("biggestFirst", () => {
  const moved = (n: number, reachedBefore: number | null, evaluatedCount: number | null, confirmed = true) =>
    sampleResult(n, { reach: sampleReachResult({ reachedBefore, evaluatedCount, confirmed }) });
  const order = (results: readonly ApplyResult[]) => biggestFirst(results).map(({ name }) => name?.at(-1));

  test.each<[readonly ApplyResult[], string]>([
    [[moved(1, 10, 11), moved(2, 10, 8), moved(3, 10, 13)], "321"],
    [[moved(1, null, 1), moved(2, 10, 10), moved(3, 1, null), moved(4, 10, 9)], "4213"],
    [[moved(1, 10, 90, false), moved(2, 10, 10), sampleResult(3, { reach: null })], "213"],
    [[moved(1, 10, 11), moved(2, 11, 10), moved(3, 5, 6)], "123"],
  ])("%#", (results, names) => {
    expect(order(results).join("")).toBe(names);
  });
});
