import { describe, expect, test } from "vitest";
import type { ApplyResult } from "../../../../src/domain/model.ts";
import { renderReportText } from "../../../../src/render/text/report-text.ts";
import { colourStyle, plainStyle } from "../../../../src/render/text/style.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import {
  audience,
  binding,
  sampleError,
  sampleReachResult,
  sampleReport,
  sampleResult,
} from "../../../support/samples/plan.ts";

const plain = (report: ReturnType<typeof sampleReport>) => renderReportText(report, { style: plainStyle });

const open = (status: string) => sampleReachResult({ confirmed: false, status });
const lost = { code: "no-answer", status: null, message: "The connection was cut.", correlationId: null };

const report = sampleReport(
  [
    sampleResult(1, { name: "Spring re-engagement" }),
    sampleResult(2, { name: "Winter sale", reach: open("pending"), unconfirmedReason: "timeout" }),
    sampleResult(3, { outcome: "unchanged" }),
    sampleResult(4, { outcome: "unchanged", waited: false, reach: open("failed") }),
    sampleResult(5, { outcome: "skipped", reason: "not-draft", waited: false, name: "Black Friday VIP" }),
    sampleResult(6, {
      outcome: "stale",
      reason: "live-changed",
      waited: false,
      live: binding([audience(1)], [audience(3, "audience")]),
    }),
    sampleResult(7, {
      outcome: "failed",
      reason: "no-answer",
      waited: false,
      error: { ...lost, mayHaveLanded: true },
    }),
    sampleResult(8, {
      outcome: "failed",
      reason: "not-found",
      waited: false,
      reach: null,
      error: { ...sampleError, mayHaveLanded: false },
    }),
    sampleResult(9, { outcome: "not-attempted", reason: "interrupted", waited: false }),
    sampleResult(10, { outcome: "unchanged", waited: false, reach: { ...open("ok") } }),
  ],
  {
    environment: "production",
    audiences: audienceNamed(1, "VIP customers", { size: { count: 311, isExact: null, at: null } }),
  },
);

test("unchanged and pending to the end is no warning but counts; what is idle or not proven is a warning", () => {
  const unchanged = { outcome: "unchanged", waited: true } as const;
  const results = [
    sampleResult(1, { ...unchanged, reach: open("pending"), unconfirmedReason: "timeout" }),
    sampleResult(2, { ...unchanged, reach: open("idle"), unconfirmedReason: "timeout" }),
    sampleResult(3, { ...unchanged, reach: open("ok"), unconfirmedReason: "not-proven" }),
  ];
  const text = plain(sampleReport(results));
  expect(text).toMatch(
    /\n\nUnchanged, but reach is not confirmed\n\n! not confirmed {2}Campaign 1\n.*\n\n {4}Run `campaignctl wait`/s,
  );
  expect(text).toMatch(
    /\nWarning: unchanged, but reach is not confirmed\n\n! not confirmed {2}Campaign 2\n.*! not confirmed {2}Campaign 3\n/s,
  );
  const waited = plain(sampleReport(results, { kind: "wait-report", planDigest: null }));
  expect(waited.match(/\nReach not confirmed\n/g)).toHaveLength(1);
});

test("an apply report with everything in it", () => {
  expect(plain(report)).toBe(`\
2 campaigns applied. 1 with reach not confirmed. 1 stale. 2 failed. 1 not attempted. 1 skipped (not draft).
API https://api.experiture.ai/public/v1, environment production, started 2026-11-23 10:00 UTC, took 1m 05s

Applied

+ applied  Spring re-engagement
    campaign  4130bada-0000-4000-8000-000000000001
    file      campaigns/c1.yaml:2:1
    people    ▼ fewer people
    reach     18,432 → 4,242 (-14,190, -77.0%)

    The last write wins: an edit made between the last read and the write of a campaign, if any, is gone.

Applied, but reach is not confirmed

! applied, not confirmed  Winter sale
    campaign  4130bada-0000-4000-8000-000000000002
    file      campaigns/c2.yaml:2:1
    reach     NOT CONFIRMED: the evaluation was still open at the last look (last seen: evaluation pending; 18,432 before)

    Run \`campaignctl wait\` to look again; it writes nothing.

Unchanged, reach confirmed

= confirmed  Campaign 3
    campaign  4130bada-0000-4000-8000-000000000003
    file      campaigns/c3.yaml:2:1
    people    ▼ fewer people
    reach     18,432 → 4,242 (-14,190, -77.0%)

Warning: unchanged, but reach is not confirmed

! not confirmed  Campaign 4
    campaign  4130bada-0000-4000-8000-000000000004
    file      campaigns/c4.yaml:2:1
    reach     evaluation failed, no count; not waited for; 18,432 before

    Where the evaluation failed, save the audiences anew in the portal, then run \`campaignctl wait\`.

SKIPPED: not draft, nothing was written

! skipped  Black Friday VIP  campaigns/c5.yaml:2:1

    Only a draft can be changed. Make the file say what is live, or give it the id of a draft.

Stale: not as planned, nothing was written

! stale  Campaign 6
    campaign  4130bada-0000-4000-8000-000000000006
    file      campaigns/c6.yaml:2:1
    reason    the live audiences changed since the plan
    live now: 1 included, 1 excluded
      includes  VIP customers (segment, about 311 people)  …0001
      excludes  a1b2c3d4-0000-4000-8000-000000000003 (audience)

    Run \`campaignctl plan\`, review it again, then apply.

Failed

x failed  Campaign 7
    campaign        4130bada-0000-4000-8000-000000000007
    file            campaigns/c7.yaml:2:1
    message         The connection was cut. (no-answer)
    correlation id  none
    write           MAY HAVE LANDED: the campaign may have the new audiences, or not

x failed  Campaign 8
    campaign        4130bada-0000-4000-8000-000000000008
    file            campaigns/c8.yaml:2:1
    reason          not found
    message         Campaign not found in this tenant. (HTTP 404, JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND)
    correlation id  0b1c2d3e-0000-4000-8000-000000000001
    write           nothing was written

    Run \`campaignctl plan\` to see what is live, then apply again. What is there already is not written twice.

Not attempted, nothing was written

. not attempted  Campaign 9
    campaign  4130bada-0000-4000-8000-000000000009
    file      campaigns/c9.yaml:2:1
    reason    the run was interrupted

    Run the same command again.

Apply: 2 applied, 3 unchanged, 1 skipped (not draft), 1 stale, 2 failed, 1 not attempted. Reach: 2 confirmed, 1 not confirmed.
`);
});

test("colour adds nothing but colour codes", () => {
  const coloured = renderReportText(report, { style: colourStyle });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control characters.
  expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(plain(report));
  expect(coloured).not.toBe(plain(report));
});

test("a wait report", () => {
  const waiting = sampleReport(
    [
      sampleResult(1, { outcome: "unchanged" }),
      sampleResult(2, { outcome: "unchanged", reach: open("ok"), unconfirmedReason: "live-differs" }),
      sampleResult(3, { outcome: "skipped", reason: "not-draft", waited: false }),
      sampleResult(4, {
        outcome: "failed",
        reason: "unreadable",
        waited: false,
        reach: null,
        error: { ...lost, mayHaveLanded: false },
      }),
    ],
    { kind: "wait-report", planDigest: null, startedAt: "at noon" },
  );
  expect(plain(waiting)).toBe(`\
Reach of 1 campaign confirmed. 1 not confirmed. 1 failed. 1 skipped (not draft).
API https://api.experiture.ai/public/v1, started at noon

Reach confirmed

= confirmed  Campaign 1
    campaign  4130bada-0000-4000-8000-000000000001
    file      campaigns/c1.yaml:2:1
    people    ▼ fewer people
    reach     18,432 → 4,242 (-14,190, -77.0%)

Reach not confirmed

! not confirmed  Campaign 2
    campaign  4130bada-0000-4000-8000-000000000002
    file      campaigns/c2.yaml:2:1
    reach     NOT CONFIRMED: the live audiences are not those of the file, see campaignctl plan (last seen: 4,242, evaluated 2026-04-25 10:20 UTC; 18,432 before)

    Where the live audiences are not those of the file, run \`campaignctl plan\`: waiting does not help.

SKIPPED: not draft, not waited for

! skipped  Campaign 3  campaigns/c3.yaml:2:1

    Only drafts are waited for.

Failed

x failed  Campaign 4
    campaign        4130bada-0000-4000-8000-000000000004
    file            campaigns/c4.yaml:2:1
    reason          unreadable
    message         The connection was cut. (no-answer)
    correlation id  none

    Run \`campaignctl wait\` again.

Wait: 1 confirmed, 1 not confirmed, 1 skipped (not draft), 1 failed.
`);
});

describe("the first line", () => {
  const firstLine = (results: Parameters<typeof sampleReport>[0]) =>
    plain(sampleReport(results)).split("\n")[0];

  test("nothing to apply", () => {
    const unchanged = sampleResult(1, { outcome: "unchanged", waited: false, reach: open("ok") });
    expect(firstLine([unchanged])).toBe("Nothing to apply. The live audiences are those of the files.");
  });

  test("nothing applied, for a reason", () => {
    const stale = sampleResult(1, { outcome: "stale", reason: "digest-differs", waited: false });
    expect(firstLine([stale])).toBe("Nothing was applied. 1 stale.");
  });

  test.each([
    [["stale", "failed"], "Nothing was applied. 1 stale. 1 failed."],
    [["failed", "not-attempted"], "Nothing was applied. 1 failed. 1 not attempted."],
  ] as const)("nothing applied, for two reasons: %j", (outcomes, expected) => {
    const results = outcomes.map((outcome, index) => sampleResult(index, { outcome, waited: false }));
    expect(firstLine(results)).toBe(expected);
  });

  test("nothing to apply, with something to tell", () => {
    const skipped = sampleResult(1, { outcome: "skipped", reason: "not-draft", waited: false });
    const waiting = sampleResult(2, {
      outcome: "unchanged",
      reach: open("pending"),
      unconfirmedReason: "timeout",
    });
    expect(firstLine([skipped, waiting])).toBe(
      "Nothing to apply. 1 with reach not confirmed. 1 skipped (not draft).",
    );
  });
});

describe("reasons", () => {
  test.each([
    ["digest-differs", "the plan is not the one that was reviewed"],
    ["no-access", "the API refused the credentials"],
    ["plan-too-old", "the saved plan is older than --max-plan-age allows"],
    ["some-new-reason", "some new reason"],
    ["HTTP-like-reason", "HTTP-like-reason"],
    ["like-reason-7", "like-reason-7"],
    ["JOURNEY_API.AUTH.X\u202E", "JOURNEY_API.AUTH.X\\u{202E}"],
  ])("%s", (reason, words) => {
    const result = sampleResult(1, { outcome: "not-attempted", reason, waited: false });
    expect(plain(sampleReport([result]))).toContain(`    reason    ${words}\n`);
  });
});

describe("what to do next fits the reason", () => {
  test.each([
    ["not-attempted", "plan-too-old", "Make a new plan, review it, and apply that one."],
    ["not-attempted", "declined", "To apply, run the same command again and answer yes."],
    ["not-attempted", "interrupted", "Run the same command again."],
    ["failed", "no-access", "Mend the credentials first (see the message), then run the same command again."],
  ] as const)("%s: %s", (outcome, reason, hint) => {
    const text = plain(sampleReport([sampleResult(1, { outcome, reason, waited: false })]));
    expect(text).toContain(`\n\n    ${hint}\n\nApply: `);
  });
});

describe("who wins is told once, with the first campaigns that were written", () => {
  const NOTE =
    "    The last write wins: an edit made between the last read and the write of a campaign, if any, is gone.\n";
  const applied = sampleResult(1, {});
  const open1 = sampleResult(2, { reach: open("pending"), unconfirmedReason: "timeout" });
  const unchanged = sampleResult(3, { outcome: "unchanged", reach: open("pending") });
  const stale = sampleResult(4, { outcome: "stale", waited: false });
  const error = { ...lost, mayHaveLanded: true };
  const failed = sampleResult(5, { outcome: "failed", reason: "no-answer", waited: false, error });

  test.each<[string, readonly ApplyResult[], RegExp]>([
    ["applied", [applied, stale], /^Applied\n.*\n\n {4}The last.*\n\nStale/ms],
    ["applied, reach open", [open1], /`campaignctl wait` to look again; it writes nothing\.\n {4}The last/],
    ["failed, and may have landed", [stale, failed], /^Failed\n.*\n {4}The last.*\n\nApply/ms],
    ["both", [applied, open1], /^Applied\n.*\n\n {4}The last.*\n\nApplied, but/ms],
  ])("%s", (_what, results, place) => {
    const text = plain(sampleReport(results));
    expect(text.split(NOTE)).toHaveLength(2);
    expect(text).toMatch(place);
  });

  test("where nothing was written, there is nothing to tell", () => {
    expect(plain(sampleReport([unchanged, stale]))).not.toContain("The last write wins");
  });
});

test("those that moved most people come first", () => {
  const moved = (n: number, previousCount: number | null) =>
    sampleResult(n, { reach: sampleReachResult({ previousCount, evaluatedCount: 1_000 }) });
  const text = plain(sampleReport([moved(1, null), moved(2, 900), moved(3, 1_500), moved(4, 1_000)]));
  expect(text.match(/^\+ applied {2}Campaign \d$/gm)?.map((line) => line.slice(-1))).toEqual([
    "3",
    "2",
    "4",
    "1",
  ]);
});

test("a failed evaluation is no dead end", () => {
  const results = [
    sampleResult(1, { reach: open("failed"), unconfirmedReason: "evaluation-failed" }),
    sampleResult(2, { outcome: "unchanged", waited: false, reach: open("failed") }),
  ];
  const hint =
    "Where the evaluation failed, save the audiences anew in the portal, then run `campaignctl wait`.";
  expect(plain(sampleReport(results)).split(hint)).toHaveLength(3);
});

test("one failed evaluation among others is enough to say what helps there", () => {
  const results = [
    sampleResult(1, { reach: open("pending"), unconfirmedReason: "timeout" }),
    sampleResult(2, { reach: open("failed"), unconfirmedReason: "evaluation-failed" }),
  ];
  expect(plain(sampleReport(results))).toContain(
    "\n\n    Run `campaignctl wait` to look again; it writes nothing.\n    Where the evaluation failed, ",
  );
});

test("a failed evaluation of a campaign that was left alone is not ours to mend", () => {
  const skipped = { outcome: "skipped", reason: "not-draft", waited: false } as const;
  const text = plain(sampleReport([sampleResult(1, { ...skipped, reach: open("failed") })]));
  expect(text).toContain("\n\n    Only a draft can be changed. ");
});

test("an evaluation that still runs is worth a warning, also of an unchanged campaign nobody waited for", () => {
  const unchanged = { outcome: "unchanged", waited: false } as const;
  const text = plain(sampleReport([sampleResult(1, { ...unchanged, reach: open("pending") })]));
  expect(text).toContain("! not confirmed  Campaign 1\n");
  expect(text).toContain("    reach     evaluation pending; not waited for; 18,432 before\n");
});

test("reach that is not known at all is told of what was waited for, and of nothing else", () => {
  const text = plain(
    sampleReport([
      sampleResult(1, { reach: null, unconfirmedReason: "interrupted" }),
      sampleResult(2, { outcome: "unchanged", waited: false, reach: null }),
    ]),
  );
  expect(text).toContain("    reach     NOT CONFIRMED: the run was interrupted (last seen: not known)\n");
  expect(text).not.toContain("Campaign 2");
});

test("a wait that was ended before its turn is to be begun again", () => {
  const stopped = sampleResult(1, { outcome: "not-attempted", reason: "interrupted", waited: false });
  const text = plain(sampleReport([stopped], { kind: "wait-report", planDigest: null }));
  expect(text).toContain("Reach of 0 campaigns confirmed. 1 not attempted.\n");
  expect(text).toContain("Not attempted\n\n. not attempted  Campaign 1\n");
  expect(text).toContain("\n\n    Run `campaignctl wait` again.\n\nWait: ");
});

test("applied without waiting is not called confirmed", () => {
  const text = plain(
    sampleReport([sampleResult(2), sampleResult(1, { waited: false, reach: open("idle") })]),
  );
  expect(text).toContain(
    "    reach     not evaluated yet; not waited for; 18,432 before\n\n    Reach was not waited for: run `campaignctl wait`.\n",
  );
  expect(text).toContain("Reach: 1 confirmed, 0 not confirmed.\n");
});
