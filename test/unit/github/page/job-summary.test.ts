import { describe, expect, test } from "vitest";
import { makeDiagnostic } from "../../../../src/domain/diagnostics.ts";
import type { Finding } from "../../../../src/domain/model.ts";
import { renderJobSummary, type SummaryContent } from "../../../../src/github/page/job-summary.ts";
import { findingSections } from "../../../../src/render/page/rules/finding-entry.ts";
import { planLine } from "../../../../src/render/page/summary-line.ts";
import { COMMIT, fileUrl, target, unlikeUpdates } from "../../../support/samples/github.ts";
import {
  sampleNoOp,
  samplePlan,
  sampleReport,
  sampleResult,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const render = (content: SummaryContent, notices: readonly string[] = []) =>
  renderJobSummary({ content, target, notices });

const plan = samplePlan([sampleUpdate(1), sampleSkip(2), sampleUnreadable(3), sampleNoOp(4)]);

const file = (n: number) => `https://github.example/acme/campaigns/blob/${COMMIT}/campaigns/c${n}.yaml#L2`;

describe("a plan", () => {
  test("has the verdict, every section and the digest", () => {
    const text = render({ kind: "plan", plan, origins: null, fileUrl });
    expect(text.split("\n")[0]).toBe("### 1 campaign changes: it can reach more people");
    expect(text).toContain("> **▲ 1 campaign can reach more people**: Campaign 1\n");
    for (const part of ["### Changes", "### SKIPPED", "### Could not be read", file(1), file(2), file(3)]) {
      expect(text).toContain(part);
    }
    expect(
      text.endsWith(
        `\n\n${planLine(plan.summary)}\n\nDigest \`${plan.digest}\`, planned 2026-11-23 10:00 UTC\n`,
      ),
    ).toBe(true);
  });

  test("keeps its limit, and says where the rest is", () => {
    const text = render({ kind: "plan", plan: samplePlan(unlikeUpdates(3_000)), origins: null, fileUrl });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
    expect(text.match(/^\| \*\*▲ more people\*\* \| \[Campaign \d/gm)).toHaveLength(3_000);
    expect(text).toMatch(
      /_\d+ campaigns more left out here for want of room\. The JSON result \(output `plan-path`\) has them all\._|<details/,
    );
  });
});

test("an apply", () => {
  const report = sampleReport([sampleResult(1, { outcome: "failed", reason: "no-answer" }), sampleResult(4)]);
  const text = render({ kind: "apply", report, plan, verdicts: new Map() });
  expect(text).toMatch(
    /^### 1 campaign applied\. 1 failed\n\n> \[!WARNING\]\n> \*\*▼ Over 50% fewer people in 1 campaign\*\*: Campaign 4\n\n> \[!WARNING\]\n> \*\*1 campaign not done\*\*: Campaign 1\n/,
  );
  expect(text).toContain("| **▼ fewer people** | Campaign 4 | 18,432 → 4,242 (-14,190, -77.0%) |");
  expect(text).toMatch(/\n\nApply: 1 applied, .*\n\nstarted 2026-11-23 10:00 UTC, took 1m 05s\n$/);
});

test("an apply says which API it wrote to, and tells once what holds of several campaigns", () => {
  const results = [1, 2].map((n) =>
    sampleResult(n, { outcome: "not-attempted", reason: "interrupted", waited: false }),
  );
  const report = sampleReport(results, { apiUrl: "https://other.example.test" });
  const text = render({ kind: "apply", report, plan, verdicts: new Map() });
  expect(text).toContain("Workflow Campaigns, API `https://other.example.test`\n");
  expect(text.match(/the run was interrupted/g)).toHaveLength(1);
});

test("an apply of many campaigns says where the rest is", () => {
  const report = sampleReport(
    Array.from({ length: 400 }, (_, n) =>
      sampleResult(n, { outcome: "stale", reason: "live-changed", waited: false }),
    ),
  );
  const content = { kind: "apply" as const, report, plan, verdicts: new Map() };
  expect(renderJobSummary({ content, target, notices: [], limit: 20_000 })).toMatch(
    /_\d+ campaigns more left out here for want of room\. The JSON result \(output `report-path`\) has them all\._/,
  );
});

describe("drift", () => {
  test("lists drifted campaigns with their issues, and locked ones as history", () => {
    const [drifted] = plan.changes;
    const issueUrls = new Map([
      [drifted?.campaignId ?? "", "https://github.example/acme/campaigns/issues/4"],
      ["gone", "https://github.example/acme/campaigns/issues/5"],
    ]);
    const text = render({ kind: "drift", plan, fileUrl, issueUrls });
    expect(text).toMatch(/^### Drift: 1 campaign not as in the files, 1 campaign could not be read\n/);
    expect(text).toMatch(/\n\nPlan: 1 to change .*\n\nDigest [^\n]*\n$/);
    expect(text).toContain(
      `- [Campaign 1](https://github.example/acme/campaigns/issues/4) \`${drifted?.campaignId}\`\n- [(no name)](https://github.example/acme/campaigns/issues/5) \`gone\`\n`,
    );
    expect(text).toContain(
      "<summary>1 campaign is not draft and differs from its file: history, not drift, and no issue</summary>",
    );
    expect(text).not.toContain("SKIPPED");
  });

  test("none", () => {
    const plan = samplePlan([sampleSkip(1)]);
    expect(render({ kind: "drift", plan, fileUrl, issueUrls: new Map() })).toMatch(
      /^### No drift\n[\s\S]*\n\nPlan: 0 to change, 0 in sync, 1 skipped/,
    );
  });

  test("none in time: no more is claimed than was looked at", () => {
    const scope = { kind: "all", since: null, shard: null, planned: 1, declared: 10, outOfTime: 9 } as const;
    const plan = samplePlan([sampleNoOp(1)], { scope });
    expect(render({ kind: "drift", plan, fileUrl, issueUrls: new Map() })).toMatch(
      /^### No drift in the campaign that was looked at\n\n9 of 10 declared campaigns were not looked at: the time was up before 9 of them\.\n/,
    );
  });

  test.each([
    ["nothing else", [sampleUnreadable(1)], "Drift is not known: 1 campaign could not be read"],
    [
      "another that has drifted",
      [sampleUnreadable(1), sampleUpdate(2)],
      "Drift: 1 campaign not as in the files, 1 campaign could not be read",
    ],
  ])("a campaign that could not be read is not called one without drift: %s", (_, changes, headline) => {
    const content = { kind: "drift", plan: samplePlan(changes), fileUrl, issueUrls: new Map() } as const;
    expect(render(content).split("\n", 1)).toEqual([`### ${headline}`]);
  });
});

describe("files only", () => {
  const NONE = findingSections([], []);
  const error = makeDiagnostic("invalid-id", { detail: "It is <b>.", file: "a.yaml" });
  const warning = makeDiagnostic("repeated-live-audience", { detail: "Once.", file: null });

  test("valid, with the reason why there is no plan", () => {
    const text = render({ kind: "validate", diagnostics: [warning], campaigns: 2, findings: NONE }, [
      "No plan: a <fork> of @jane.",
    ]);
    expect(text).toBe(`\
### Files are valid: 2 campaigns

> [!IMPORTANT]
> No plan: a &#60;fork&#62; of @&#8203;jane.

Workflow Campaigns

- **warning\\[repeated-live-audience\\]**: The live campaign names an audience more than once. Once.

0 errors, 1 warning.
`);
  });

  test("not valid", () => {
    const text = render({ kind: "validate", diagnostics: [error], campaigns: 0, findings: NONE });
    expect(text).toMatch(/^### Files are not valid\n/);
    expect(text).toContain("- **error\\[invalid-id\\]** `a.yaml`: The id is not a UUID. It is &#60;b&#62;.");
  });

  test("errors before warnings, each once", () => {
    const text = render({ kind: "validate", diagnostics: [warning, error], campaigns: 0, findings: NONE });
    expect(text).toBe(`\
### Files are not valid

Workflow Campaigns

- **error\\[invalid-id\\]** \`a.yaml\`: The id is not a UUID. It is &#60;b&#62;.

- **warning\\[repeated-live-audience\\]**: The live campaign names an audience more than once. Once.

1 error, 1 warning.
`);
  });

  test("rules that the files break already are told in the headline; others below", () => {
    const of = {
      campaignId: null,
      source: null,
      audienceIds: [],
      waiver: null,
      allowedReason: null,
    } as const;
    const rule = (strength: Finding["strength"], message: string): Finding => ({
      ...{ ...of, rule: "require-exclude", strength, state: "broken", message },
    });
    const findings = findingSections([rule("hard", "It stops."), rule("warn", "It is <told>.")], []);
    const text = render({ kind: "validate", diagnostics: [warning], campaigns: 2, findings });
    expect(text.split("\n", 1)).toEqual(["### Files are valid: 2 campaigns, 1 broken rule"]);
    expect(text).not.toContain("It stops.");
    expect(text).toContain("### Rules\n\n- `require-exclude` (warn): **this run**: It is &#60;told&#62;.\n");
    expect(text).toMatch(/\n0 errors, 1 warning\.\n$/);
  });

  test("says how many warnings found no room", () => {
    const content = {
      kind: "validate" as const,
      diagnostics: Array.from({ length: 500 }, () => warning),
      campaigns: 0,
      findings: NONE,
    };
    expect(renderJobSummary({ content, target, notices: [], limit: 20_000 })).toMatch(
      /_\d+ warnings more left out here for want of room: run `campaignctl validate`\._/,
    );
  });

  test("says how many found no room", () => {
    const content = {
      kind: "validate" as const,
      diagnostics: Array.from({ length: 500 }, () => error),
      campaigns: 0,
      findings: NONE,
    };
    const text = renderJobSummary({ content, target, notices: [], limit: 20_000 });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
    const shown = text.match(/^- \*\*error/gm)?.length ?? 0;
    expect(text).toContain(
      `_${500 - shown} errors more left out here for want of room: run \`campaignctl validate\`._`,
    );
  });
});
