import { describe, expect, test } from "vitest";
import type { CampaignError } from "../../../../src/domain/model.ts";
import { renderPlanComment } from "../../../../src/github/page/plan-comment.ts";
import { renderPlanMarkdown } from "../../../../src/render/markdown/plan-markdown.ts";
import { renderReportMarkdown } from "../../../../src/render/markdown/report-markdown.ts";
import { renderPlanText } from "../../../../src/render/text/plan-text.ts";
import { renderReportText } from "../../../../src/render/text/report-text.ts";
import { samplePlan, sampleReport, sampleResult, sampleUnreadable } from "../../../support/samples/plan.ts";
import { many, refused } from "../../../support/samples/refused.ts";

const idOf = (n: number) => sampleUnreadable(n).campaignId;
const PLAN = samplePlan(many(124, (n) => sampleUnreadable(n, { error: refused(n) })));

describe("124 campaigns that cannot be read for one reason are one message", () => {
  test("as text, with a count and the first names", () => {
    const text = renderPlanText(PLAN);
    expect(text).toContain(`
Could not be read

? error  124 campaigns
    campaigns             Campaign 0 (campaigns/c0.yaml:2:1), Campaign 1 (campaigns/c1.yaml:2:1), Campaign 2 (campaigns/c2.yaml:2:1), Campaign 3 (campaigns/c3.yaml:2:1), Campaign 4 (campaigns/c4.yaml:2:1) and 119 more
    reason                the API knows no such campaign (not-found)
    message               GET /campaigns/…/summary was refused: 404. (JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND)
    first correlation id  id-0
    to mend               Check the campaignId, the API URL, and that the credentials belong to the workspace of this campaign.

Digest`);
    expect(text.split("\n").length).toBeLessThan(20);
  });

  test("as Markdown and in the comment", () => {
    const comment = renderPlanComment({
      plan: PLAN,
      target: { key: "k", workflow: "w", environment: null, config: null, paths: [], shard: null },
      commit: "0".repeat(40),
      origins: null,
      fileUrl: () => "https://x",
      runUrl: "https://x",
    }).body;
    for (const page of [renderPlanMarkdown(PLAN), comment]) {
      expect(page.match(/knows no such campaign/g)).toHaveLength(1);
      expect(page).toContain("124 campaigns");
      expect(page).toContain("and 119 more");
    }
  });

  test("where it finds no room, all of them are counted as left out", () => {
    const long = samplePlan(
      many(124, (n) => sampleUnreadable(n, { name: "n".repeat(120), error: refused(n) })),
    );
    expect(renderPlanMarkdown(long, { limit: 1_100 })).toContain("_124 campaigns more left out");
  });

  test("those held back after others failed have the reason of those", () => {
    const failed = (n: number, before: string): CampaignError => ({
      code: "no-answer",
      status: null,
      message: `${before}GET /campaigns/${idOf(n)}/summary: no answer from https://x: refused.`,
      correlationId: null,
    });
    const held = "The API fails too often, so it is not asked for 5 s. The last failure: ";
    const changes = many(9, (n) =>
      sampleUnreadable(n, { reason: "unreadable", error: failed(n, n < 3 ? "" : held) }),
    );
    const text = renderPlanText(samplePlan(changes));
    expect(text.match(/no answer from/g)).toHaveLength(1);
    expect(text).toContain("? error  9 campaigns\n");
    expect(text).toContain("correlation id  none\n");
  });
});

test("other reasons, and other words of the API, are told by themselves", () => {
  const changes = [
    sampleUnreadable(1, { error: refused(1) }),
    sampleUnreadable(2, { reason: "summary-unavailable", error: refused(2) }),
    sampleUnreadable(3, { error: { ...refused(3), message: "Another." } }),
    sampleUnreadable(4, { error: { ...refused(4), status: 410 } }),
  ];
  expect(renderPlanText(samplePlan(changes)).match(/^\? error {2}Campaign \d$/gm)).toHaveLength(4);
});

describe("a report", () => {
  test("tells once why campaigns were left alone", () => {
    const error = (n: number) => ({ ...refused(n), mayHaveLanded: false });
    const results = [
      ...many(60, (n) =>
        sampleResult(n, { outcome: "failed", reason: "not-found", waited: false, error: error(n) }),
      ),
      ...many(64, (n) =>
        sampleResult(n + 60, { outcome: "not-attempted", reason: "interrupted", waited: false }),
      ),
    ];
    const report = sampleReport(results);
    for (const page of [renderReportText(report), renderReportMarkdown(report)]) {
      expect(page.match(/was refused: 404/g)).toHaveLength(1);
      expect(page.match(/the run was interrupted/g)).toHaveLength(1);
      expect(page).toContain("60 campaigns");
      expect(page).toContain("64 campaigns");
    }
  });

  test("tells a declined question in one line", () => {
    const declined = { outcome: "not-attempted", reason: "declined", waited: false } as const;
    const report = sampleReport(many(124, (n) => sampleResult(n, declined)));
    expect(renderReportText(report).split("\n").slice(3)).toEqual([
      "Not attempted, nothing was written",
      "",
      ". not attempted  124 campaigns: the answer was not yes",
      "",
      "    To apply, run the same command again and answer yes.",
      "",
      expect.stringMatching(/^Apply: 0 applied, .* 124 not attempted\./),
      "",
    ]);
    const one = renderReportText(sampleReport([sampleResult(1, declined)]));
    expect(one).toContain(". not attempted  Campaign 1: the answer was not yes\n\n");
  });

  test("names each campaign that may have been written", () => {
    const error = { ...refused(1), mayHaveLanded: true };
    const failed = { outcome: "failed", reason: "no-answer", waited: false, error } as const;
    const text = renderReportText(sampleReport(many(3, (n) => sampleResult(n, failed))));
    expect(text.match(/^x failed {2}Campaign \d$/gm)).toHaveLength(3);
  });
});

describe("what `wait` advises", () => {
  const open = { outcome: "unchanged", reach: { ...sampleResult(1, {}).reach, confirmed: false } } as const;
  const told = (overrides: object) => {
    const report = sampleReport(
      [sampleResult(1, { ...open, ...overrides } as Parameters<typeof sampleResult>[1])],
      {
        kind: "wait-report",
        planDigest: null,
      },
    );
    return renderReportText(report);
  };

  test.each([
    ["live-differs", "run `campaignctl plan`: waiting does not help."],
    ["evaluation-failed", "save the audiences anew in the portal, then run `campaignctl wait`."],
    ["not-proven", "`campaignctl wait --after REPORT`"],
    ["stopped", "Mend the credentials first"],
    ["timeout", "with a longer `--wait-timeout`"],
    ["unreadable", "to look again"],
    ["interrupted", "to look again"],
  ] as const)("of reach not confirmed because of %s", (unconfirmedReason, hint) => {
    const text = told({ unconfirmedReason });
    expect(text).toContain(hint);
    expect(text.match(/campaignctl wait/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  test.each([
    ["not-found", "Check the campaignId"],
    ["unsupported-type", "remove the file"],
    ["summary-unavailable", "complete and save it"],
  ])("of a campaign that cannot be read because of %s: not to wait", (reason, hint) => {
    const error = { ...refused(1), mayHaveLanded: false };
    const text = told({ outcome: "failed", reason, error, reach: null, waited: false });
    expect(text).toContain(hint);
    expect(text).not.toContain("campaignctl wait");
  });
});
