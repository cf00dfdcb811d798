import { expect, test } from "vitest";
import type { Plan } from "../../../../../src/domain/model.ts";
import { renderApplyComment } from "../../../../../src/github/page/apply-comment.ts";
import { renderPlanComment } from "../../../../../src/github/page/plan-comment.ts";
import { showsAll } from "../../../../../src/github/page/shown/shown-plan.ts";
import { compareReviewed } from "../../../../../src/github/review/compare-reviewed.ts";
import { leftOfReview } from "../../../../../src/github/review/left-of-review.ts";
import { updatesOf } from "../../../../../src/plan/updates.ts";
import { COMMIT, fileUrl, RUN_URL, target, unlikeUpdates } from "../../../../support/samples/github.ts";
import { sampleError, samplePlan, sampleReport, sampleResult } from "../../../../support/samples/plan.ts";

type Previous = ReturnType<typeof renderPlanComment>;

/** The comment after an apply of all that is open, of which the first `failing` fail. */
const applied = (plan: Plan, failing: number, previous: Previous) => {
  const updates = updatesOf(plan.changes);
  const report = sampleReport(
    updates.map(({ campaignId, name, before, after }, n) => {
      const error = { ...sampleError, mayHaveLanded: false, message: `No ${n}`, correlationId: `c${n}` };
      const failed = n < failing ? ({ outcome: "failed", error, reach: null } as const) : {};
      return sampleResult(n, { campaignId, name, before, after, ...failed });
    }),
  );
  const { reviewed } = previous.header;
  const left = leftOfReview(reviewed, { plan, report, hasAllReviewed: true });
  const verdicts = compareReviewed(plan, [reviewed]);
  return renderApplyComment({ report, plan, verdicts, previous, left, runUrl: RUN_URL });
};

/** What a review of so many changes shows. Thousands take long to write down, so it is done once for each number. */
const reviews = new Map<number, ReturnType<typeof review>>();
const reviewOf = (count: number) => {
  const known = reviews.get(count) ?? review(count);
  reviews.set(count, known);
  return known;
};

function review(count: number) {
  const updates = unlikeUpdates(count);
  const plan = samplePlan(updates);
  const shown = renderPlanComment({ plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL });
  return { updates, plan, shown };
}

test.each([
  [60, 10],
  [150, 10],
  [300, 60],
  [400, 399],
  [450, 10],
  [1_000, 10],
  [1_000, 500],
  [3_000, 10],
  [3_000, 1_500],
  [5_000, 10],
  [5_000, 5_000],
])("of %d changes, %d fail again and again, and stay permitted", (count, failing) => {
  const { updates, plan, shown } = reviewOf(count);
  expect(showsAll(shown.body, updates)).toBe(true);
  const open = updates.slice(0, failing);
  const left = failing === count ? plan : samplePlan(open);
  const once = applied(plan, failing, shown);
  const twice = applied(left, failing, once);
  const less = applied(left, 2, twice);
  const last = applied(samplePlan(open.slice(0, 2)), 2, less);
  for (const { body } of [once, twice, less, last])
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
  expect([once, twice].map(({ body }) => showsAll(body, open))).toEqual([true, true]);
  expect([less, last].map(({ body }) => showsAll(body, open.slice(0, 2)))).toEqual([true, true]);
});
