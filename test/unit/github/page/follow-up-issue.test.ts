import { describe, expect, test } from "vitest";
import type { ApplyResult } from "../../../../src/domain/model.ts";
import {
  followUpMarker,
  planFollowUp,
  renderFollowUpIssue,
} from "../../../../src/github/page/follow-up-issue.ts";
import { targetOf } from "../../../../src/github/run/target.ts";
import { RUN_URL, sampleIssue, target } from "../../../support/samples/github.ts";
import {
  samplePlan,
  sampleReachResult,
  sampleReport,
  sampleResult,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const input = (results: readonly ApplyResult[], of = target) => ({
  report: sampleReport(results),
  plan: samplePlan([sampleUpdate(1)]),
  verdicts: new Map(),
  target: of,
  runUrl: RUN_URL,
  key: of.key,
  isTip: true,
  isWhole: true,
  isComplete: true,
});

const failed = sampleResult(2, { outcome: "failed", reason: "no-answer", name: "Broken | <b>" });
const open = sampleReachResult({ confirmed: false, status: "pending" });

describe("the follow-up issue", () => {
  test("names what is left, and only that", () => {
    const issue = renderFollowUpIssue(input([sampleResult(1), failed]));
    expect(issue?.title).toBe("Apply left 1 campaign");
    expect(issue?.body).toMatch(
      new RegExp(
        `^${followUpMarker(target)}\n<!-- campaignctl:left ${failed.campaignId} -->\n\n### 1 campaign left by the last apply\n[^]*\n\nApply: 1 applied, .* 1 failed`,
      ),
    );
    expect(issue?.body).toContain("#### x failed: Broken &#124; &#60;b&#62;");
    expect(issue?.body).not.toContain("Campaign 1");
  });

  test("says of which environment", () => {
    const of = targetOf({ workflow: "w", environment: "eu", config: null });
    expect(renderFollowUpIssue(input([failed, { ...failed, campaignId: "x" }], of))?.title).toBe(
      "Apply left 2 campaigns (eu)",
    );
  });

  test.each<[string, Partial<ApplyResult>, boolean]>([
    ["stale", { outcome: "stale", reason: "live-changed" }, true],
    ["not attempted", { outcome: "not-attempted", reason: "interrupted" }, true],
    ["applied, reach not confirmed", { reach: open, unconfirmedReason: "timeout" }, true],
    ["applied, reach not known", { reach: null, unconfirmedReason: "unreadable" }, true],
    ["applied, not waited for", { reach: open, waited: false }, false],
    ["applied and confirmed", {}, false],
    [
      "unchanged, and pending to the end",
      { outcome: "unchanged", reach: { ...open, status: "pending" }, unconfirmedReason: "timeout" },
      true,
    ],
    [
      "unchanged, and stale to the end",
      { outcome: "unchanged", reach: { ...open, status: "ok", isStale: true }, unconfirmedReason: "timeout" },
      false,
    ],
    ["unchanged", { outcome: "unchanged", reach: open, waited: false }, false],
    ["skipped", { outcome: "skipped", reason: "not-draft", waited: false }, false],
  ])("%s", (_, facts, isLeft) => {
    expect(renderFollowUpIssue(input([sampleResult(1, facts)])) !== null).toBe(isLeft);
  });

  test("keeps the limit", () => {
    const many = Array.from({ length: 500 }, (_, n) =>
      sampleResult(n, { outcome: "failed", reason: "no-answer" }),
    );
    const body = renderFollowUpIssue(input(many))?.body ?? "";
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
    expect(body).toMatch(/_\d+ campaigns more left out here/);
  });
});

describe("what to do with it", () => {
  const own = sampleIssue(3, { body: `${followUpMarker(target)}\nOld` });
  const planted = sampleIssue(4, { body: `Look: ${followUpMarker(target)}` });

  test("something left: opened, then updated", () => {
    const text = renderFollowUpIssue(input([failed]));
    expect(planFollowUp(input([failed]), [planted])).toEqual([{ kind: "open", ...text }]);
    expect(planFollowUp(input([failed]), [own, planted])).toEqual([{ kind: "update", number: 3, ...text }]);
    expect(planFollowUp(input([failed]), [{ ...own, isOpen: false }])).toEqual([
      { kind: "reopen", number: 3, note: "An apply has left something again.", ...text },
    ]);
  });

  test("nothing left: closed, and nothing done when there is none", () => {
    expect(planFollowUp(input([sampleResult(1)]), [own, planted])).toEqual([
      { kind: "close", number: 3, note: `Nothing is left since this [run](${RUN_URL}).` },
    ]);
    expect(planFollowUp(input([sampleResult(1)]), [{ ...own, isOpen: false }])).toEqual([]);
  });
});
