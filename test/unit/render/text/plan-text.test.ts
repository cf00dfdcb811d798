import { describe, expect, test } from "vitest";
import { renderPlanText } from "../../../../src/render/text/plan-text.ts";
import { colourStyle, plainStyle } from "../../../../src/render/text/style.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleReach,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const plain = (plan: ReturnType<typeof samplePlan>) => renderPlanText(plan, { style: plainStyle });

const narrowing = sampleUpdate(1, {
  name: "Winter sale",
  reach: sampleReach({ status: "idle", evaluatedCount: null }),
  after: binding([audience(1)], [audience(8), audience(9, "audience")]),
});
const widening = sampleUpdate(2, {
  name: "Spring re-engagement",
  after: binding([audience(1), audience(2)]),
});

describe("a plan with everything in it", () => {
  const plan = samplePlan(
    [
      narrowing,
      widening,
      sampleSkip(3, { name: "Black Friday VIP", authoringStatus: "scheduled" }),
      sampleUnreadable(4, { name: null }),
      sampleNoOp(5),
    ],
    {
      environment: "production",
      digest: `sha256:${"ab".repeat(32)}`,
      diagnostics: [
        {
          severity: "warning",
          code: "repeated-live-audience",
          summary: "The live campaign names an audience more than once",
          detail: "It counts once here.",
          file: "campaigns/c5.yaml",
          range: { start: { line: 2, column: 1 }, end: { line: 2, column: 1 } },
          excerpt: null,
        },
      ],
    },
  );

  test("reads as a marketer would want it, what can reach more people first", () => {
    expect(plain(plan)).toBe(`\
2 campaigns to change, 1 of them can reach more people. 1 CAMPAIGN LOSES ITS LAST EXCLUDE. 1 campaign could not be read. 1 campaign differs from its file but is not draft: skipped.
API https://api.experiture.ai/public/v1, environment production, planned 2026-11-23 10:00 UTC

To change

~ change  Spring re-engagement
    campaign    4130bada-0000-4000-8000-000000000002
    file        campaigns/c2.yaml:2:1
    status      draft
    last reach  18,432, evaluated 2026-04-25 10:20 UTC

    Can reach more people: 1 include added, 1 exclude removed.
    NO EXCLUDE IS LEFT: everybody in an included audience receives the campaign.
    + include  segment   a1b2c3d4-0000-4000-8000-000000000002  (added: more people)
    - exclude  audience  a1b2c3d4-0000-4000-8000-000000000009  (removed: more people)
    full replacement: 2 included, 0 excluded afterwards

~ change  Winter sale
    campaign    4130bada-0000-4000-8000-000000000001
    file        campaigns/c1.yaml:2:1
    status      draft
    last reach  not evaluated yet

    Can reach fewer people: 1 exclude added.
    + exclude  segment  a1b2c3d4-0000-4000-8000-000000000008  (added: fewer people)
    full replacement: 1 included, 2 excluded afterwards

Skipped: not draft, left alone although different

! skip  Black Friday VIP
    campaign    4130bada-0000-4000-8000-000000000003
    file        campaigns/c3.yaml:2:1
    status      scheduled (only a draft can be changed)
    last reach  18,432, evaluated 2026-04-25 10:20 UTC

    + include  segment  a1b2c3d4-0000-4000-8000-000000000002  (in the file, not live)

Could not be read

? error  (no name)
    campaign        4130bada-0000-4000-8000-000000000004
    file            campaigns/c4.yaml:2:1
    reason          the API knows no such campaign (not-found)
    message         Campaign not found in this tenant. (HTTP 404, JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND)
    correlation id  0b1c2d3e-0000-4000-8000-000000000001
    to mend         Check the campaignId, the API URL, and that the credentials belong to the workspace of this campaign.

Warnings

warning[repeated-live-audience] campaigns/c5.yaml:2:1
  The live campaign names an audience more than once
  It counts once here.

Digest: sha256:${"ab".repeat(32)}
Plan: 2 to change (1 widens), 1 in sync, 1 skipped (not draft), 1 errors.
`);
  });

  test("colour adds nothing but colour codes", () => {
    const coloured = renderPlanText(plan, { style: colourStyle });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control characters.
    expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(plain(plan));
    expect(coloured).toContain("\x1b[31mNO EXCLUDE IS LEFT");
  });
});

describe("the first line", () => {
  const firstLine = (plan: ReturnType<typeof samplePlan>) => plain(plan).split("\n")[0];

  test("no changes", () => {
    expect(firstLine(samplePlan([sampleNoOp(1)]))).toBe(
      "No changes. The live audiences are those of the files.",
    );
  });

  test("no changes, but locked campaigns that differ", () => {
    expect(firstLine(samplePlan([sampleNoOp(1), sampleSkip(2), sampleSkip(3)]))).toBe(
      "No changes. 2 campaigns differ from their files but are not draft: skipped.",
    );
  });

  test("no changes where it could be seen", () => {
    expect(firstLine(samplePlan([sampleNoOp(1), sampleUnreadable(2)]))).toBe(
      "No changes in the campaigns that could be read. 1 campaign could not be read.",
    );
  });

  test.each([
    [
      [sampleNoOp(1), sampleSkip(2), sampleUnreadable(3)],
      "No changes in the campaigns that could be read. 1 campaign could not be read. 1 campaign differs from its file but is not draft: skipped.",
    ],
    [[narrowing, sampleNoOp(2), sampleUnreadable(3)], "1 campaign to change. 1 campaign could not be read."],
    [
      [narrowing, sampleSkip(2), sampleUnreadable(3)],
      "1 campaign to change. 1 campaign could not be read. 1 campaign differs from its file but is not draft: skipped.",
    ],
    [
      [widening, sampleUpdate(3, { after: binding([audience(1)]) })],
      "2 campaigns to change, all of them can reach more people. 2 CAMPAIGNS LOSE THEIR LAST EXCLUDE.",
    ],
    [
      [sampleSkip(1, { after: binding([audience(1)]) })],
      "No changes. 1 campaign differs from its file but is not draft: skipped.",
    ],
  ])("one of each: %#", (changes, expected) => {
    expect(firstLine(samplePlan(changes))).toBe(expected);
  });

  test("nothing could be read", () => {
    expect(firstLine(samplePlan([sampleUnreadable(1), sampleUnreadable(2)]))).toBe(
      "No campaign could be read.",
    );
  });

  test.each([
    [[narrowing], "1 campaign to change."],
    [[widening], "1 campaign to change that can reach more people. 1 CAMPAIGN LOSES ITS LAST EXCLUDE."],
    [
      [widening, sampleUpdate(3)],
      "2 campaigns to change, all of them can reach more people. 1 CAMPAIGN LOSES ITS LAST EXCLUDE.",
    ],
  ])("what changes, and what of it widens", (changes, expected) => {
    expect(firstLine(samplePlan(changes))).toBe(expected);
  });
});

test("a change that can do either comes before one that can only reach fewer", () => {
  const either = sampleUpdate(2, {
    name: "Swapped",
    after: binding([audience(3)], [audience(9, "audience")]),
  });
  const text = plain(samplePlan([narrowing, either]));
  expect(text.match(/^~ change {2}.*$/gm)).toEqual(["~ change  Swapped", "~ change  Winter sale"]);
});

test("a plan without changes is short", () => {
  expect(plain(samplePlan([sampleNoOp(1)]))).toBe(`\
No changes. The live audiences are those of the files.
API https://api.experiture.ai/public/v1, planned 2026-11-23 10:00 UTC

Digest: sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945
Plan: 0 to change, 1 in sync, 0 skipped (not draft), 0 errors.
`);
});

test.each([
  [
    "unsupported-type",
    "the API does not offer this type of campaign (unsupported-type)",
    "Audiences of this type cannot be kept in a file: remove the file.",
  ],
  [
    "summary-unavailable",
    "the campaign lacks stored state (summary-unavailable)",
    "Open the campaign in the Experiture console, complete and save it, then plan again.",
  ],
  ["unreadable", "the campaign could not be read (unreadable)", "Plan again when that is mended."],
] as const)("says why a campaign could not be read, also without an answer: %s", (reason, words, mend) => {
  const error = { code: "no-answer", status: null, message: "The connection was cut.", correlationId: null };
  const text = plain(samplePlan([sampleUnreadable(1, { reason, error })]));
  expect(text).toContain(`    reason          ${words}\n`);
  expect(text).toContain("    message         The connection was cut. (no-answer)\n");
  expect(text).toContain("    correlation id  none\n");
  expect(text).toContain(`    to mend         ${mend}\n`);
});

test.each([
  ["interrupted", null, "the run was interrupted before it was read (unreadable)", "Plan again."],
  [
    "http-418",
    "0b1c",
    "the campaign could not be read (unreadable)",
    "Plan again. If this stays, give the correlation id to Experiture's support.",
  ],
])("says how to mend what was not read: %s", (code, correlationId, words, mend) => {
  const error = { code, status: null, message: "x", correlationId };
  const text = plain(samplePlan([sampleUnreadable(1, { reason: "unreadable", error })]));
  expect(text).toContain(`    reason          ${words}\n`);
  expect(text).toContain(`    to mend         ${mend}\n`);
});

describe("an error of the API does not repeat itself", () => {
  test.each([
    ["A.B", 404, 'GET /x was refused: 404 A.B, "gone".', ""],
    ["http-404", 404, "GET /x was refused: 404.", ""],
    ["no-answer", null, "GET /x: no answer from https://api.example: it broke.", ""],
    ["not-understood", 200, "GET /x: the answer is not JSON.", " (HTTP 200, not-understood)"],
    ["A.B", 404, "Gone.", " (HTTP 404, A.B)"],
    ["A.B", 404, "GET /x was refused: 404.", " (A.B)"],
    ["http-404", 404, "Gone.", " (HTTP 404)"],
  ])("%s, %s: %s", (code, status, message, more) => {
    const error = { code, status, message, correlationId: null };
    const text = plain(samplePlan([sampleUnreadable(1, { reason: "unreadable", error })]));
    expect(text).toContain(`    message         ${message}${more}\n`);
  });
});

describe("names from outside", () => {
  test("cannot move the cursor, add lines or turn text around", () => {
    const text = plain(
      samplePlan([
        sampleUpdate(1, {
          name: "a\x1b[2K\r\nPlan: 0 to change\u202E",
          source: { file: "campaigns/\x1b]0;x\x07\n.yaml", line: 1, column: 1 },
          reach: sampleReach({ status: "\x9bok" }),
        }),
      ]),
    );
    expect(text).toContain("~ change  a\\u{1B}[2K\\u{D}\\u{A}Plan: 0 to change\\u{202E}\n");
    expect(text).toContain("campaigns/\\u{1B}]0;x\\u{7}\\u{A}.yaml:1:1\n");
    expect(text).toContain('status "\\u{9B}ok", no count\n');
    expect(text.match(/^Plan: /gm)).toHaveLength(1);
  });

  test("are cut where nobody would read on, and never empty", () => {
    const text = plain(
      samplePlan([
        sampleUpdate(1, { name: "🌸".repeat(200) }),
        sampleUpdate(2, { name: " " }),
        sampleUpdate(3, { name: "🌷".repeat(120) }),
      ]),
    );
    expect(text).toContain(`~ change  ${"🌷".repeat(120)}\n`);
    expect(text).toContain(`~ change  ${"🌸".repeat(120)}…\n`);
    expect(text).toContain("~ change  (no name)\n");
  });
});
