import { describe, expect, test } from "vitest";
import { renderPlanText } from "../../../../src/render/text/plan-text.ts";
import { colourStyle, plainStyle } from "../../../../src/render/text/style.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
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

const either = sampleUpdate(6, {
  name: "Swapped",
  after: binding([audience(3)], [audience(9, "audience")]),
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
2 campaigns change: 1 can reach more people, 1 fewer. 1 CAMPAIGN LOSES ITS LAST EXCLUDE. 1 campaign could not be read. 1 campaign differs from its file but is not draft: skipped.
API https://api.experiture.ai/public/v1, environment production, planned 2026-11-23 10:00 UTC

To change

▲ Spring re-engagement  more people
    campaign  4130bada-0000-4000-8000-000000000002
    file      campaigns/c2.yaml:2:1
    reach     18,432, counted 7 months ago (2026-04-25 10:20 UTC)

    NO EXCLUDE IS LEFT: everybody in an included audience receives the campaign.
    ▲ more people  now includes        a1b2c3d4-0000-4000-8000-000000000002 (segment)
    ▲ more people  no longer excludes  a1b2c3d4-0000-4000-8000-000000000009 (audience)
    afterwards 2 included, 0 excluded

▼ Winter sale  fewer people
    campaign  4130bada-0000-4000-8000-000000000001
    file      campaigns/c1.yaml:2:1
    reach     not evaluated yet

    ▼ fewer people  now excludes  a1b2c3d4-0000-4000-8000-000000000008 (segment)
    afterwards 1 included, 2 excluded

Skipped: not draft, left alone although different

! skip  Black Friday VIP  scheduled, differs in 1 audience  campaigns/c3.yaml:2:1

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
    [
      [narrowing, sampleNoOp(2), sampleUnreadable(3)],
      "1 campaign changes: it can reach fewer people. 1 campaign could not be read.",
    ],
    [
      [narrowing, sampleSkip(2), sampleUnreadable(3)],
      "1 campaign changes: it can reach fewer people. 1 campaign could not be read. 1 campaign differs from its file but is not draft: skipped.",
    ],
    [
      [widening, sampleUpdate(3, { after: binding([audience(1)]) })],
      "2 campaigns change: 2 can reach more people. 2 CAMPAIGNS LOSE THEIR LAST EXCLUDE.",
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
    [[narrowing], "1 campaign changes: it can reach fewer people."],
    [[either], "1 campaign changes: it can reach more people or fewer."],
    [[narrowing, { ...narrowing, campaignId: "x" }], "2 campaigns change: 2 can reach fewer people."],
    [[either, { ...either, campaignId: "x" }], "2 campaigns change: 2 can go either way."],
    [[either, narrowing], "2 campaigns change: 1 can reach fewer people, 1 either way."],
    [
      [narrowing, either, sampleUpdate(3)],
      "3 campaigns change: 1 can reach more people, 1 fewer, 1 either way.",
    ],
    [[widening], "1 campaign changes: it can reach more people. 1 CAMPAIGN LOSES ITS LAST EXCLUDE."],
    [
      [widening, sampleUpdate(3)],
      "2 campaigns change: 2 can reach more people. 1 CAMPAIGN LOSES ITS LAST EXCLUDE.",
    ],
  ])("what changes, and what of it widens", (changes, expected) => {
    expect(firstLine(samplePlan(changes))).toBe(expected);
  });
});

test("a change that can do either comes before one that can only reach fewer", () => {
  const text = plain(samplePlan([narrowing, either, sampleUpdate(7)]));
  expect(text.match(/^[▲◆▼] .*$/gm)).toEqual([
    "▲ Campaign 7  more people",
    "◆ Swapped  either way",
    "▼ Winter sale  fewer people",
  ]);
});

describe("what a person reads through", () => {
  const blocks = (text: string) => text.match(/^[▲◆▼] /gm)?.length ?? 0;
  const many = samplePlan([
    ...Array.from({ length: 21 }, (_, n) => sampleUpdate(n)),
    { ...narrowing, campaignId: "y" },
    { ...either, campaignId: "z" },
    sampleSkip(90),
  ]);

  test("are at most 20 campaigns, the rest is counted by direction", () => {
    const text = plain(many);
    expect(blocks(text)).toBe(20);
    expect(text).toContain(
      "\n\n3 campaigns more: 1 can reach more people, 1 fewer, 1 either way. --verbose shows them all.\n\nSkipped",
    );
  });

  test("first and always are those that lose their last exclude, however many there are", () => {
    const bare = (n: number, include = [audience(3)]) =>
      sampleUpdate(n, { name: `Bare ${n}`, after: binding(include) });
    const mixed = plain(samplePlan([...many.changes, { ...bare(99), campaignId: "zz" }]));
    expect(mixed).toMatch(/To change\n\n◆ Bare 99 {2}either way\n(?: {4}.*\n)+\n {4}NO EXCLUDE IS LEFT/);
    const most = plain(samplePlan([...many.changes, ...Array.from({ length: 25 }, (_, n) => bare(100 + n))]));
    expect(most.match(/^ {4}NO EXCLUDE IS LEFT/gm)).toHaveLength(25);
    expect(blocks(most)).toBe(25);
    expect(most).toContain("23 campaigns more: 21 can reach more people, 1 fewer, 1 either way.");
  });

  test("name everybody who can reach more people where somebody is asked about it", () => {
    const text = renderPlanText(many, { isAsked: true });
    expect(text).toMatch(
      /^3 campaigns more: .*\n {4}▲ Campaign \d+ {2}more people\n {4}◆ Swapped {2}either way\n\nSkipped/m,
    );
  });

  test("are all, and how skipped ones differ, when asked for", () => {
    const text = renderPlanText(many, { isVerbose: true });
    expect(blocks(text)).toBe(23);
    expect(text).not.toContain("--verbose");
    expect(text).toContain(
      `! skip  Campaign 90  scheduled, differs in 1 audience  campaigns/c90.yaml:2:1\n    only the file includes  ${audience(2).audienceId} (segment)\n`,
    );
  });

  test("20 are shown without a word", () => {
    const text = plain(samplePlan(Array.from({ length: 20 }, (_, n) => sampleUpdate(n))));
    expect(blocks(text)).toBe(20);
    expect(text).not.toContain("--verbose");
  });
});

describe("people", () => {
  const sized = samplePlan([sampleUpdate(1)], {
    audiences: audienceNamed(2, "VIP", { size: { count: 12, isExact: true, at: null } }),
  });

  test("are told as they are to whoever asked", () => {
    const text = plain(sized);
    expect(text).toContain("VIP (segment, 12 people)  …0002\n");
    expect(text).toContain("18,432 → at most 18,444, counted 7 months ago (2026-04-25 10:20 UTC)\n");
  });

  test("are not told to others where they are few", () => {
    expect(renderPlanText(sized, { minCount: 20 })).toContain("VIP (segment, fewer than 20 people)");
  });
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
    expect(text).toContain("▲ a\\u{1B}[2K\\u{D}\\u{A}Plan: 0 to change\\u{202E}  more people\n");
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
    expect(text).toContain(`▲ ${"🌷".repeat(120)}  more people\n`);
    expect(text).toContain(`▲ ${"🌸".repeat(120)}…  more people\n`);
    expect(text).toContain("▲ (no name)  more people\n");
  });
});
