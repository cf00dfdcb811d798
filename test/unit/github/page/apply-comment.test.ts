import { describe, expect, test } from "vitest";
import type { ApplyResult, Plan } from "../../../../src/domain/model.ts";
import { type ApplyCommentInput, renderApplyComment } from "../../../../src/github/page/apply-comment.ts";
import { renderPlanComment } from "../../../../src/github/page/plan-comment.ts";
import { decodeHeader, visiblePart } from "../../../../src/github/review/comment-header.ts";
import { compareReviewed } from "../../../../src/github/review/compare-reviewed.ts";
import type { CommentState } from "../../../../src/github/run/model.ts";
import { updatesOf } from "../../../../src/plan/updates.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import { COMMIT, fileUrl, leftOf, RUN_URL, target } from "../../../support/samples/github.ts";
import {
  audience,
  binding,
  samplePlan,
  sampleReachResult,
  sampleReport,
  sampleResult,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const plan = samplePlan([sampleUpdate(1), sampleUpdate(2)]);

const commentOf = (any: Plan) =>
  renderPlanComment({ plan: any, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL });

const previous = commentOf(plan);

type More = Partial<ApplyCommentInput> & {
  readonly state?: CommentState;
  readonly audiences?: Plan["audiences"];
};

const render = (
  results: readonly ApplyResult[],
  { state = "applied", audiences = {}, ...more }: More = {},
) => {
  const now = more.plan ?? plan;
  return renderApplyComment({
    report: sampleReport(results, { audiences }),
    plan: now,
    verdicts: compareReviewed(now, [(more.previous ?? previous).header.reviewed]),
    previous,
    left: leftOf(state, (more.previous ?? previous).header.reviewed),
    runUrl: RUN_URL,
    ...more,
  });
};

const stale = sampleResult(1, { outcome: "stale", reason: "not-reviewed", waited: false, reach: null });

test("all applied: the result on top, the plan folded below, the header with its new state", () => {
  const { body, header, isCut } = render([sampleResult(1), sampleResult(2)]);
  expect(isCut).toBe(false);
  expect(header).toEqual({ ...previous.header, state: "applied" });
  expect(decodeHeader(body, target.key)).toEqual(header);
  expect(visiblePart(body)).toBe(`\
### 2 campaigns applied

> [!WARNING]
> **▼ Over 50% fewer people in 2 campaigns**: Campaign 1, Campaign 2

### Applied

The last write wins: an edit made between the last read and the write of a campaign, if any, is gone.

| People | Campaign | Reach |
| --- | --- | --- |
| **▼ fewer people** | Campaign 1 | 18,432 → 4,242 (-14,190, -77.0%) |
| **▼ fewer people** | Campaign 2 | 18,432 → 4,242 (-14,190, -77.0%) |

---

<sub>Apply: 2 applied, 0 unchanged, 0 skipped (not draft), 0 stale, 0 failed, 0 not attempted. Reach: 2 confirmed, 0 not confirmed.<br>started 2026-11-23 10:00 UTC, took 1m 05s · [run](${RUN_URL})<br>Nothing of this plan is left to do.</sub>

<details>
<summary>The plan that was reviewed</summary>

<!-- campaignctl:reviewed-plan -->

${visiblePart(previous.body)}

</details>`);
});

test("a later run replaces the result and keeps the plan, also through a web form", () => {
  const first = render([sampleResult(1), sampleResult(2, { outcome: "failed", reason: "no-answer" })], {
    state: "planned",
  });
  const body = first.body.replaceAll("\n", "\r\n");
  const results = [sampleResult(1, { outcome: "unchanged" }), sampleResult(2)];
  const second = render(results, { previous: { body, header: first.header } });
  expect(second.body).toBe(render(results).body);
});

test("a comment that has no plan goes on saying so", () => {
  const { api: _, ...header } = previous.header;
  const { body } = render([stale], {
    previous: { body: "<!-- campaignctl:plan x -->\n### No plan: why", header },
  });
  expect(visiblePart(body)).toBe("### No plan: why");
  expect(decodeHeader(body, target.key)).toMatchObject({ state: "applied" });
});

test("what is not done is named, and that it is tried again", () => {
  const { body } = render(
    [
      sampleResult(1, { outcome: "failed", reason: "no-answer", name: "Broken | one" }),
      sampleResult(2, {
        reach: sampleReachResult({ confirmed: false, status: "pending" }),
        unconfirmedReason: "timeout",
      }),
      sampleResult(3, { outcome: "not-attempted", reason: "interrupted", waited: false }),
    ],
    { state: "planned" },
  );
  expect(body).toContain("> [!WARNING]\n> **2 campaigns not done**: Broken &#124; one, Campaign 3\n");
  expect(body).toContain("> **1 campaign applied, but reach is not confirmed**: Campaign 2\n");
  expect(body).toContain(
    "<br>Not all of it is done: what is left stays open, and the next apply carries out of it what it can.</sub>",
  );
});

test("campaigns that stand in no report are named: those not looked at, and those superseded", () => {
  const left = {
    ...leftOf("planned", previous.header.reviewed),
    unseen: ["c-7", "c-8"],
    superseded: ["c-9"],
  };
  const { body } = render([sampleResult(1)], { left });
  expect(body).toContain(`\
### Not looked at by this run, still to be applied

Its files, or its input \`paths\`, left these out. A run that reads them applies what was reviewed.

- campaign \`c-7\`
- campaign \`c-8\`
`);
  expect(body).toContain(`\
### Superseded, not to be applied any more

The branch declares something else of these by now, or does not declare them any more.

- campaign \`c-9\`
`);
});

test("no command is advised where nobody runs one", () => {
  const open = (reason: ApplyResult["unconfirmedReason"], campaign: number) =>
    sampleResult(campaign, {
      reach: sampleReachResult({ confirmed: false, status: "pending" }),
      unconfirmedReason: reason,
    });
  const results = [
    stale,
    sampleResult(2, { outcome: "failed", reason: "no-answer" }),
    sampleResult(3, { outcome: "not-attempted", reason: "interrupted", waited: false }),
    ...(["timeout", "live-differs", "evaluation-failed", "stopped", "unreadable"] as const).map(
      (reason, index) => open(reason, 4 + index),
    ),
  ];
  const { body } = render(results, { state: "planned" });
  expect(body).not.toMatch(/`campaignctl \w|same command/);
  expect(body).toContain("\nOpen a pull request: its plan shows what is true now.\n");
  expect(body).toContain(
    "\nThe next apply tries it again; start one by hand to have it now. What is there already is not written twice.\n",
  );
  for (const advice of [
    "Start an apply by hand to look again.",
    "Start an apply by hand to look again, with a longer `wait-timeout`.",
    "Where the live audiences are not those of the file, open a pull request, whose plan shows what is true now: waiting does not help.",
    "Where the evaluation failed, save the audiences anew in the portal, then start an apply by hand.",
    "The next apply does it; start one by hand to have it now.",
  ]) {
    expect(body).toContain(advice);
  }
  const refused = sampleResult(1, { outcome: "failed", reason: "no-access" });
  expect(render([refused]).body).toContain(
    "Mend the credentials first (see the message), then start apply again.",
  );
});

describe("refused", () => {
  const moved = (change: Parameters<typeof sampleUpdate>[1]) =>
    samplePlan([sampleUpdate(1, change), sampleUpdate(2)]);
  const parts = (body: string) =>
    body
      .slice(body.indexOf("#### ! stale"), body.indexOf("\n---\n"))
      .match(/^(?:Reviewed|Now|Planned|Live).*:$|^- (?:[▲◆▼]|includes) .*/gm);
  const other = binding([audience(1), audience(7)], [audience(9, "audience")]);

  test("shows what was reviewed beside what it is now", () => {
    const { body } = render([stale, sampleResult(2)], { plan: moved({ after: other }), state: "refused" });
    expect(body).toContain(
      "> [!CAUTION]\n> **1 campaign refused as stale**: Campaign 1. What would be written now is not what was reviewed, so nothing was written.",
    );
    expect(body).toContain("\nThe file changed since the review.\n");
    expect(parts(body)).toEqual([
      "Reviewed:",
      expect.stringMatching(/^- ▲ more people: now includes .*000002` /),
      "Now:",
      expect.stringMatching(/^- ▲ more people: now includes .*000007` /),
    ]);
    expect(body).toContain("when live is again as it was reviewed, the next apply carries it out.");
  });

  test("says that a later review decides", () => {
    const now = moved({ after: other });
    const [change] = updatesOf(plan.changes);
    if (change === undefined) throw new Error("No update.");
    const verdict = { kind: "differs" as const, reviewed: change, isOverruled: true };
    const verdicts = new Map([[change.campaignId, verdict]]);
    expect(render([stale, sampleResult(2)], { plan: now, verdicts }).body).toContain(
      "\nA pull request shows this change, and one that was merged after it shows another for the same campaign. What is left of the later one is told in its comment; run apply again, or open a pull request.\n",
    );
  });

  test.each([
    ["The live audiences changed since the review.", { before: other }],
    [
      "Both the live audiences and the file changed since the review.",
      { before: other, after: binding([audience(5)]) },
    ],
  ])("says what moved: %s", (sentence, change) => {
    expect(render([stale, sampleResult(2)], { plan: moved(change) }).body).toContain(`\n${sentence}\n`);
  });

  test("shows only what it is now where the header could not carry more", () => {
    const header = { ...previous.header, reviewed: { kind: "digests" as const, digests: [] } };
    const { body } = render([stale, sampleResult(2)], { previous: { body: previous.body, header } });
    expect(body).toContain("\nNow, and in no reviewed plan that is still to be applied:\n");
    expect(body).not.toContain("\nReviewed:\n");
  });

  test("shows what is live when it moved after all was compared", () => {
    const live = binding([audience(6)]);
    const { body } = render([{ ...stale, reason: "live-changed", live }, sampleResult(2)], {
      audiences: audienceNamed(6, "VIP customers"),
    });
    expect(parts(body)).toEqual([
      "Planned:",
      expect.stringMatching(/^- ▲ more people: now includes .*000002` /),
      expect.stringMatching(/^- includes \*\*VIP customers\*\* \(segment\) `.*000006`$/),
    ]);
    expect(body).toContain("\nLive now: 1 included, 0 excluded.\n\n- includes");
  });
});
