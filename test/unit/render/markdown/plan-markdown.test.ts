import { describe, expect, test } from "vitest";
import { renderPlanMarkdown } from "../../../../src/render/markdown/plan-markdown.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import {
  audience,
  binding,
  GENERAL_WARNING,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const widening = sampleUpdate(2, {
  name: "Spring @jane | <b>",
  after: binding([audience(1), audience(2)]),
});

test("a plan with everything in it", () => {
  const plan = samplePlan(
    [
      sampleUpdate(1, {
        name: "Winter sale",
        after: binding([audience(1, "audience")], [audience(9, "audience")]),
      }),
      widening,
      sampleSkip(3, { name: "Black Friday VIP" }),
      sampleUnreadable(4),
    ],
    {
      environment: "eu_1",
      digest: `sha256:${"ab".repeat(32)}`,
      diagnostics: [
        {
          severity: "warning",
          code: "repeated-live-audience",
          summary: "The live campaign names an audience more than once",
          detail: "It counts once here.",
          file: "campaigns/c1.yaml",
          range: { start: { line: 2, column: 1 }, end: { line: 2, column: 1 } },
          excerpt: null,
        },
        GENERAL_WARNING,
      ],
    },
  );
  expect(renderPlanMarkdown(plan)).toBe(`\
## 2 campaigns change: 1 can reach more people, 1 either way

1 CAMPAIGN LOSES ITS LAST EXCLUDE. 1 campaign could not be read. 1 campaign differs from its file but is not draft: skipped.

API \`https://api.experiture.ai/public/v1\`, environment eu&#95;1, planned 2026-11-23 10:00 UTC

| People | Campaign | What changes | Reach | File |
| --- | --- | --- | --- | --- |
| ▲ more people | Spring @&#8203;jane &#124; &#60;b&#62; | **no exclude is left**; now includes 1 audience; no longer excludes 1 audience | 18,432, counted 7 months ago | \`campaigns/c2.yaml:2:1\` |
| ◆ either way | Winter sale | includes as another type 1 audience | 18,432, counted 7 months ago | \`campaigns/c1.yaml:2:1\` |

### Changes

#### ▲ more people: Spring @&#8203;jane &#124; &#60;b&#62;

**NO EXCLUDE IS LEFT: everybody in an included audience receives the campaign.**

- ▲ more people: now includes \`a1b2c3d4-0000-4000-8000-000000000002\` (segment)
- ▲ more people: no longer excludes \`a1b2c3d4-0000-4000-8000-000000000009\` (audience)

Afterwards: 2 included, 0 excluded.

- campaign: \`4130bada-0000-4000-8000-000000000002\`
- file: \`campaigns/c2.yaml:2:1\`
- reach: 18,432, counted 7 months ago (2026-04-25 10:20 UTC)

#### ◆ either way: Winter sale

- ◆ either way: includes as another type \`a1b2c3d4-0000-4000-8000-000000000001\` (audience, was segment)

Afterwards: 1 included, 1 excluded.

- campaign: \`4130bada-0000-4000-8000-000000000001\`
- file: \`campaigns/c1.yaml:2:1\`
- reach: 18,432, counted 7 months ago (2026-04-25 10:20 UTC)

### Skipped: not draft, left alone although different

#### ! skip: Black Friday VIP

- campaign: \`4130bada-0000-4000-8000-000000000003\`
- file: \`campaigns/c3.yaml:2:1\`
- status: scheduled (only a draft can be changed)
- reach: 18,432, evaluated 2026-04-25 10:20 UTC

What differs:

- only the file includes \`a1b2c3d4-0000-4000-8000-000000000002\` (segment)

### Could not be read

#### ? error: Campaign 4

- campaign: \`4130bada-0000-4000-8000-000000000004\`
- file: \`campaigns/c4.yaml:2:1\`
- reason: the API knows no such campaign (not-found)
- message: Campaign not found in this tenant. (HTTP 404, JOURNEY&#95;API.PUBLIC.CAMPAIGNS.NOT&#95;FOUND)
- correlation id: \`0b1c2d3e-0000-4000-8000-000000000001\`
- to mend: Check the campaignId, the API URL, and that the credentials belong to the workspace of this campaign.

### Warnings

- **warning\\[repeated-live-audience\\]** \`campaigns/c1.yaml:2:1\`: The live campaign names an audience more than once. It counts once here.

- **warning\\[made-up\\]**: Something general. Of no file.

Digest: \`sha256:${"ab".repeat(32)}\`

Plan: 2 to change (2 widens), 0 in sync, 1 skipped (not draft), 1 errors.
`);
});

test("no changes", () => {
  expect(renderPlanMarkdown(samplePlan([sampleNoOp(1)]))).toBe(`\
## No changes

The live audiences are those of the files.

API \`https://api.experiture.ai/public/v1\`, planned 2026-11-23 10:00 UTC

Digest: \`sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945\`

Plan: 0 to change, 1 in sync, 0 skipped (not draft), 0 errors.
`);
});

test("the table says in a few words what comes and what goes", () => {
  const after = binding([audience(3), audience(4)], [audience(8, "audience")]);
  const audiences = { ...audienceNamed(3, "VIP"), ...audienceNamed(9, "Unsubscribed", { type: "audience" }) };
  expect(renderPlanMarkdown(samplePlan([sampleUpdate(1, { after })], { audiences }))).toContain(
    "| ◆ either way | Campaign 1 | now includes VIP and 1 more; no longer excludes Unsubscribed; no longer includes 1 audience; now excludes 1 audience |",
  );
});

describe("the limit", () => {
  const many = samplePlan([
    ...Array.from({ length: 200 }, (_, index) => sampleUpdate(index)),
    sampleUnreadable(900),
    sampleSkip(901, { name: "Locked one" }),
  ]);

  test("leaves out whole campaigns from the end and says how many", () => {
    const markdown = renderPlanMarkdown(many, { limit: 60_000 });
    const detailed = markdown.match(/^#### ▲ more people: /gm)?.length ?? 0;
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expect(markdown.match(/^\| ▲ more people \| Campaign \d+ \|/gm)).toHaveLength(200);
    expect(detailed).toBeGreaterThan(50);
    expect(markdown).toContain(
      `_${200 - detailed} campaigns more left out here for want of room; the JSON result has them all._`,
    );
    expect(markdown.match(/^Afterwards: /gm)).toHaveLength(detailed);
  });

  test("says of rows and warnings as well how many are left out", () => {
    const markdown = renderPlanMarkdown(
      { ...many, diagnostics: Array(90).fill(GENERAL_WARNING) },
      { limit: 4_000 },
    );
    expect(markdown).toMatch(/^_\d+ rows more left out here for want of room; /m);
    expect(markdown).toMatch(/^_\d+ warnings more left out here for want of room; /m);
  });

  test("gives room to rows, then to trouble, before details", () => {
    const markdown = renderPlanMarkdown(many, { limit: 40_000 });
    expect(markdown).toContain("#### ? error: Campaign 900");
    expect(markdown).toContain("#### ! skip: Locked one");
  });

  test("keeps verdict and summary where nothing else fits", () => {
    expect(renderPlanMarkdown(many, { limit: 500 })).toBe(`\
## 200 campaigns change: 200 can reach more people

1 campaign could not be read. 1 campaign differs from its file but is not draft: skipped.

The details are left out: they do not fit here.

Digest: \`${many.digest}\`

Plan: 200 to change (200 widens), 0 in sync, 1 skipped (not draft), 1 errors.
`);
  });
});
