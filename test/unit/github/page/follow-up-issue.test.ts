import { describe, expect, test } from "vitest";
import type { ApplyResult } from "../../../../src/domain/model.ts";
import {
  followUpMarker,
  planFailedFollowUp,
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
    expect(issue?.body).not.toContain("Left by an earlier apply");
    expect(issue?.body).toMatch(
      new RegExp(
        `From this \\[run\\]\\(${RUN_URL}\\), started .*\\. This issue is kept up to date by every apply, and closed by the one that looks at all of it and leaves nothing\\.$`,
      ),
    );
  });

  test("names what an earlier apply left and this one did not look at", () => {
    const issue = renderFollowUpIssue(input([failed]), { ids: ["c-7", "c-8"], targets: ["t-2"] });
    expect(issue?.title).toBe("Apply left 3 campaigns");
    expect(issue?.body).toContain(`<!-- campaignctl:left ${failed.campaignId} c-7 c-8 *t-2 -->`);
    expect(issue?.body).toContain(
      "### Left by an earlier apply, and not looked at by this one\n\n- campaign `c-7`\n- campaign `c-8`\n- everything that an earlier run was to look at, which did not begin\n",
    );
    expect(renderFollowUpIssue(input([]), { ids: [], targets: ["t-2"] })?.title).toBe("Apply did not begin");
    expect(renderFollowUpIssue(input([]), { ids: ["c-7"], targets: [] })?.body).not.toContain("everything");
  });

  test("says of which environment", () => {
    const of = targetOf({ workflow: "w", environment: "eu", config: null });
    expect(renderFollowUpIssue(input([failed, { ...failed, campaignId: "x" }], of))?.title).toBe(
      "Apply left 2 campaigns (eu)",
    );
  });

  test.each<[string, Partial<ApplyResult>, boolean]>([
    ["stale", { outcome: "stale", reason: "live-changed" }, true],
    ["failed", { outcome: "failed", reason: "no-answer" }, true],
    ["superseded", { outcome: "not-attempted", reason: "superseded" }, false],
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

  test("an open issue keeps what this run did not look at, a closed one does not come back for it", () => {
    const earlier = { ...own, body: `${followUpMarker(target)}\n<!-- campaignctl:left c-7 *t-2 -->\n` };
    const part = { ...input([sampleResult(1)]), isWhole: false };
    expect(planFollowUp(part, [earlier])).toEqual([
      {
        kind: "update",
        number: 3,
        title: "Apply left 1 campaign",
        body: expect.stringContaining("<!-- campaignctl:left c-7 *t-2 -->"),
      },
    ]);
    expect(planFollowUp(part, [{ ...earlier, isOpen: false }])).toEqual([]);
    expect(planFollowUp(input([sampleResult(1)]), [earlier])).toMatchObject([{ kind: "close", number: 3 }]);
  });

  test("what this run looked at is no longer left", () => {
    const [looked] = input([]).plan.changes;
    const body = `${followUpMarker(target)}\n<!-- campaignctl:left ${looked?.campaignId} -->\n`;
    const part = { ...input([sampleResult(1)]), isWhole: false };
    expect(planFollowUp(part, [{ ...own, body }])).toMatchObject([{ kind: "close", number: 3 }]);
  });

  test("an evaluation of an earlier write that is still open is no reason to close it", () => {
    const pending = sampleResult(1, {
      outcome: "unchanged",
      reach: { ...open, status: "ok", isStale: true },
      unconfirmedReason: "timeout",
    });
    expect(planFollowUp(input([pending]), [own])).toEqual([]);
  });
});

describe("an apply that did not begin", () => {
  const of = targetOf({ workflow: "w", environment: "eu", config: null });
  const begun = { target: of, key: "own", runUrl: RUN_URL, reason: "No such client <b>." };
  const own = sampleIssue(3, { body: `${followUpMarker(of)}\n<!-- campaignctl:left c-7 *t-2 -->\n` });
  const body = (left: string) => `\
${followUpMarker(of)}
<!-- campaignctl:left ${left} -->

### The last apply did not begin, so nothing was written

No such client &#60;b&#62;.

From this [run](${RUN_URL}). When the cause is mended, run apply again: it carries out what was reviewed and closes this issue.`;

  test("opens an issue that says why, for all that it was to look at", () => {
    const planted = sampleIssue(4, { body: `Look: ${followUpMarker(of)}` });
    const text = { title: "Apply did not begin (eu)", body: body("*own") };
    expect(planFailedFollowUp(begun, [planted])).toEqual([{ kind: "open", ...text }]);
    expect(planFailedFollowUp(begun, [{ ...own, isOpen: false }])).toEqual([
      { kind: "reopen", number: 3, note: "An apply did not begin again.", ...text },
    ]);
  });

  test("keeps what is left already", () => {
    expect(planFailedFollowUp(begun, [own])).toEqual([
      { kind: "update", number: 3, title: "Apply did not begin (eu)", body: body("c-7 *t-2 *own") },
    ]);
  });
});
