import { describe, expect, test } from "vitest";
import type { ApplyResult, Plan } from "../../../../../src/domain/model.ts";
import { renderApplyComment } from "../../../../../src/github/page/apply-comment.ts";
import { renderPlanComment } from "../../../../../src/github/page/plan-comment.ts";
import { showsAll } from "../../../../../src/github/page/shown/shown-plan.ts";
import { decodeHeader, visiblePart } from "../../../../../src/github/review/comment-header.ts";
import { compareReviewed } from "../../../../../src/github/review/compare-reviewed.ts";
import { updatesOf } from "../../../../../src/plan/updates.ts";
import {
  COMMIT,
  fileUrl,
  leftOf,
  RUN_URL,
  target,
  unlikeUpdates,
} from "../../../../support/samples/github.ts";
import { samplePlan, sampleReport, sampleResult, sampleUpdate } from "../../../../support/samples/plan.ts";

const commentOf = (plan: Plan) =>
  renderPlanComment({ plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL });

type Previous = ReturnType<typeof commentOf>;

/** The comment after an apply of a plan, with these results. */
const render = (results: readonly ApplyResult[], plan: Plan, previous: Previous, limit?: number) =>
  renderApplyComment({
    report: sampleReport(results),
    plan,
    verdicts: compareReviewed(plan, [previous.header.reviewed]),
    previous,
    left: leftOf("applied", previous.header.reviewed),
    runUrl: RUN_URL,
    ...(limit === undefined ? {} : { limit }),
  });

describe("the limit", () => {
  const many = samplePlan(unlikeUpdates(110));
  const results = many.changes.map((change, n) => sampleResult(n, { campaignId: change.campaignId }));

  test("the result is whole, and the plan below is cut between its blocks", () => {
    const full = commentOf(many);
    const { body, isCut } = render(results, many, full);
    expect(isCut).toBe(false);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
    expect(Buffer.byteLength(body)).toBeGreaterThan(63_000);
    expect(body.match(/^\| \*\*▼ fewer people\*\* \| Campaign \d+ \| 18,432/gm)).toHaveLength(110);
    expect(body).toContain(
      "\n\n_The rest of the plan is left out here for want of room; the edit history of this comment has it._\n\n</details>",
    );
    expect(body.match(/<details/g)?.length).toBe(body.match(/<\/details>/g)?.length);
    expect(body).not.toMatch(/^```/m);
    expect(body).toContain("Afterwards: ");
    const folded = body.slice(body.indexOf("reviewed-plan -->") + 17, body.indexOf("_The rest of")).trim();
    expect(visiblePart(full.body).startsWith(folded)).toBe(true);
    expect(showsAll(body, updatesOf(many.changes))).toBe(true);
  });

  test("the plan below may be cut within the table that it folds", () => {
    const names = Array.from({ length: 200 }, (_, n) => sampleUpdate(n, { name: `${n} ${"x".repeat(90)}` }));
    const plan = samplePlan(names);
    const full = commentOf(plan);
    const { body } = render([sampleResult(1)], plan, full, 40_000);
    const folded = body.slice(body.indexOf("reviewed-plan -->") + 17, body.indexOf("_The rest of")).trim();
    const rows = folded.match(/^\| \*\*▲ more people/gm)?.length ?? 0;
    expect(rows).toBeGreaterThan(25);
    expect(rows).toBeLessThan(200);
    expect(folded.endsWith("\n\n</details>")).toBe(true);
    expect(visiblePart(full.body).startsWith(folded.slice(0, -"\n\n</details>".length))).toBe(true);
    expect(body.match(/<details/g)?.length).toBe(body.match(/<\/details>/g)?.length);
  });

  test("3,000 campaigns: digests stay, the result is cut, the plan gives way", () => {
    const huge = samplePlan(unlikeUpdates(3_000));
    const all = huge.changes.map((change, n) => sampleResult(n, { campaignId: change.campaignId }));
    const { body, header, isCut } = render(all, huge, commentOf(huge));
    expect(isCut).toBe(true);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
    expect(decodeHeader(body, target.key)).toEqual(header);
    expect(body).toMatch(/_2,\d{3} campaigns more left out here for want of room\./);
    expect(body).toContain("(output `report-path`)");
    expect(body).toContain("_The rest of the plan is left out here");
  });
});
