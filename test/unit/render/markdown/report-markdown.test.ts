import { expect, test } from "vitest";
import { renderReportMarkdown } from "../../../../src/render/markdown/report-markdown.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import {
  audience,
  binding,
  sampleReachResult,
  sampleReport,
  sampleResult,
} from "../../../support/samples/plan.ts";

const lost = { code: "no-answer", status: null, message: "The connection was cut.", correlationId: null };

test("an apply report", () => {
  const report = sampleReport(
    [
      sampleResult(1, { name: "Spring | @jane" }),
      sampleResult(2, {
        reach: sampleReachResult({ confirmed: false, status: "failed" }),
        unconfirmedReason: "evaluation-failed",
      }),
      sampleResult(3, {
        outcome: "stale",
        reason: "live-changed",
        waited: false,
        live: binding([audience(1)], [audience(3, "audience")]),
      }),
      sampleResult(4, {
        outcome: "failed",
        reason: "no-answer",
        waited: false,
        error: { ...lost, mayHaveLanded: true },
      }),
    ],
    { audiences: audienceNamed(1, "VIP customers") },
  );
  expect(renderReportMarkdown(report)).toBe(`\
## 2 campaigns applied

1 with reach not confirmed. 1 stale. 1 failed.

API \`https://api.experiture.ai/public/v1\`, started 2026-11-23 10:00 UTC, took 1m 05s

### Applied

The last write wins: an edit made between the last read and the write of a campaign, if any, is gone.

| People | Campaign | Reach | Id |
| --- | --- | --- | --- |
| **▼ fewer people** | Spring &#124; @&#8203;jane | 18,432 → 4,242 (-14,190, -77.0%) | \`4130bada-0000-4000-8000-000000000001\` |

### Applied, but reach is not confirmed

Where the evaluation failed, save the audiences anew in the portal, then run \`campaignctl wait\`.

#### ! applied, not confirmed: Campaign 2

- campaign: \`4130bada-0000-4000-8000-000000000002\`
- file: \`campaigns/c2.yaml:2:1\`
- reach: NOT CONFIRMED: the evaluation failed (last seen: evaluation failed, no count; 18,432 before)

### Stale: not as planned, nothing was written

Run \`campaignctl plan\`, review it again, then apply.

#### ! stale: Campaign 3

- campaign: \`4130bada-0000-4000-8000-000000000003\`
- file: \`campaigns/c3.yaml:2:1\`
- reason: the live audiences changed since the plan

Live now: 1 included, 1 excluded.

- includes **VIP customers** (segment) \`a1b2c3d4-0000-4000-8000-000000000001\`
- excludes \`a1b2c3d4-0000-4000-8000-000000000003\` (audience)

### Failed

Run \`campaignctl plan\` to see what is live, then apply again. What is there already is not written twice.

#### x failed: Campaign 4

- campaign: \`4130bada-0000-4000-8000-000000000004\`
- file: \`campaigns/c4.yaml:2:1\`
- message: The connection was cut. (no-answer)
- correlation id: \`none\`
- write: MAY HAVE LANDED: the campaign may have the new audiences, or not

Apply: 2 applied, 0 unchanged, 0 skipped (not draft), 1 stale, 1 failed, 0 not attempted. Reach: 1 confirmed, 1 not confirmed.
`);
});

test("a wait report in which all is well", () => {
  const report = sampleReport([sampleResult(1, { outcome: "unchanged" })], {
    kind: "wait-report",
    planDigest: null,
  });
  expect(renderReportMarkdown(report)).toBe(`\
## Reach of 1 campaign confirmed

API \`https://api.experiture.ai/public/v1\`, started 2026-11-23 10:00 UTC, took 1m 05s

### Reach confirmed

| People | Campaign | Reach | Id |
| --- | --- | --- | --- |
| **▼ fewer people** | Campaign 1 | 18,432 → 4,242 (-14,190, -77.0%) | \`4130bada-0000-4000-8000-000000000001\` |

Wait: 1 confirmed, 0 not confirmed, 0 skipped (not draft), 0 failed.
`);
});

test("a skipped campaign is one line, however many there are", () => {
  const skipped = (n: number) => sampleResult(n, { outcome: "skipped", reason: "not-draft", waited: false });
  const results = [
    { ...skipped(1), name: "VIP | @jane" },
    { ...skipped(2), name: null },
  ];
  expect(renderReportMarkdown(sampleReport(results))).toContain(`
### SKIPPED: not draft, nothing was written

Only a draft can be changed. Make the file say what is live, or give it the id of a draft.

- VIP &#124; @&#8203;jane: \`campaigns/c1.yaml:2:1\`
- (no name): \`campaigns/c2.yaml:2:1\`

Apply: 0 applied`);
});

test("the limit leaves out what went well before what failed", () => {
  const failed = sampleResult(999, {
    name: "Failed one",
    outcome: "failed",
    reason: "no-answer",
    waited: false,
    error: { ...lost, mayHaveLanded: false },
  });
  const report = sampleReport([...Array.from({ length: 300 }, (_, index) => sampleResult(index)), failed]);
  const markdown = renderReportMarkdown(report, { limit: 5000 });
  const rows = markdown.match(/^\| \*\*▼ fewer people\*\* \| Campaign \d+ \|/gm)?.length ?? 0;
  expect(markdown.length).toBeLessThanOrEqual(5000);
  expect(markdown).toContain("#### x failed: Failed one");
  expect(rows).toBeGreaterThan(10);
  expect(markdown).toContain(`_${300 - rows} campaigns more left out here`);
  expect(markdown).toMatch(/\nApply: 300 applied, .*\n$/);
});
