import { describe, expect, test } from "vitest";
import type { ApplyResult, CampaignError, Report, UnreadableReason } from "../../../../src/domain/model.ts";
import {
  readMend,
  reasonWords,
  resultFacts,
  shownName,
  unreadableFacts,
} from "../../../../src/render/page/facts.ts";
import { renderPlanText } from "../../../../src/render/text/plan-text.ts";
import { renderReportText } from "../../../../src/render/text/report-text.ts";
import {
  sampleError,
  samplePlan,
  sampleReachResult,
  sampleReport,
  sampleResult,
  sampleUnreadable,
} from "../../../support/samples/plan.ts";

const refused = (code: string): CampaignError => ({ ...sampleError, status: 404, code });

/** What a plan and a wait say of a campaign whose read was answered with this 404. */
function told(code: string): readonly string[] {
  const error = refused(code);
  const failed = { outcome: "failed", reason: "not-found", reach: null, waited: false } as const;
  const result = sampleResult(1, { ...failed, error: { ...error, mayHaveLanded: false } });
  return [
    renderPlanText(samplePlan([sampleUnreadable(1, { error })])),
    renderReportText(sampleReport([result], { kind: "wait-report", planDigest: null })),
  ];
}

test.each(["JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND", "CAMPAIGNS.NOT_FOUND"])(
  "a 404 with %s is of a campaign",
  (code) => {
    const [plan, wait] = told(code);
    expect(plan).toContain("the API knows no such campaign (not-found)");
    for (const text of [plan, wait]) expect(text).toContain("Check the campaignId, the API URL, and");
  },
);

test.each([
  "http-404",
  "CDP_ETL.NOT_FOUND",
  "NOT_FOUND",
  "CAMPAIGNS.ROUTE_UNKNOWN",
  "SUBCAMPAIGNS.NOT_FOUND",
])("any server may answer 404: with %s it may not be the API's", (code) => {
  const [plan, wait] = told(code);
  expect(plan).toContain("the answer is a 404 that is not about a campaign (not-found)");
  for (const text of [plan, wait]) {
    expect(text).not.toContain("knows no such campaign");
    expect(text).toContain("Is the API URL right (…/public/v1)? ");
  }
});

test.each([
  [null, "(no name)"],
  ["", "(no name)"],
  [" \t", "(no name)"],
  ["Spring", "Spring"],
  ["x".repeat(120), "x".repeat(120)],
  ["x".repeat(121), `${"x".repeat(120)}…`],
  ["😀".repeat(120), "😀".repeat(120)],
  ["😀".repeat(121), `${"😀".repeat(120)}…`],
  [`${"x".repeat(119)}👩\u200d💻`, `${"x".repeat(119)}👩…`],
])("of the name %j is shown %j", (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test.each([
  ["not-draft", "not draft, so its audiences are locked"],
  ["live-changed", "the live audiences changed since the plan"],
  ["digest-differs", "the plan is not the one that was reviewed"],
  ["no-access", "the API refused the credentials"],
  ["guardrail", "a rule of the project refuses it"],
  ["restored-before", "an earlier apply wrote the same, and put it back, since reach broke a rule"],
  ["interrupted", "the run was interrupted"],
  ["plan-too-old", "the saved plan is older than --max-plan-age allows"],
  ["superseded", "the branch declares something else by now, so this is left to a newer run"],
  [
    "branch-moved",
    "the branch moved on, and what it declares by now cannot be told here, so this is left to a newer run",
  ],
  ["declined", "the answer was not yes"],
  ["no-answer-yet", "no answer yet"],
  ["failed", "failed"],
  ["CAMPAIGNS.NOT_FOUND", "CAMPAIGNS.NOT_FOUND"],
  ["http-404", "http-404"],
  ["no-Answer", "no-Answer"],
  ["a--b", "a--b"],
])("the reason %s in words", (reason, words) => {
  expect(reasonWords(reason)).toBe(words);
});

const error = (more: Partial<CampaignError>): CampaignError => ({
  ...{ code: "no-answer", status: null, message: "It failed.", correlationId: null },
  ...more,
});

describe("what the API answered", () => {
  test.each<[Partial<CampaignError>, string]>([
    [{}, "It failed. (no-answer)"],
    [{ status: 500 }, "It failed. (HTTP 500, no-answer)"],
    [{ status: 500, code: "http-500" }, "It failed. (HTTP 500)"],
    [{ status: 500, code: "http-500", message: "It answered 500." }, "It answered 500."],
    [{ message: "There was no answer." }, "There was no answer."],
    [{ message: "It said no-answer." }, "It said no-answer."],
    [{ status: 404, code: "A.B", message: "404, A.B" }, "404, A.B"],
    [{ code: "http-500" }, "It failed."],
  ])("is said once: %j", (more, message) => {
    const facts = unreadableFacts(sampleUnreadable(1, { reason: "unreadable", error: error(more) }));
    expect(facts[1]).toEqual({ label: "message", value: message });
    expect(facts[2]).toEqual({ label: "correlation id", value: "none" });
  });
});

describe("why a campaign could not be read, and how to mend it", () => {
  const COULD_NOT = "the campaign could not be read (unreadable)";
  test.each<[UnreadableReason, Partial<CampaignError>, string, string]>([
    [
      "not-found",
      sampleError,
      "the API knows no such campaign (not-found)",
      "Check the campaignId, the API URL, and that the credentials belong to the workspace of this campaign.",
    ],
    [
      "not-found",
      { status: 404, code: "http-404" },
      "the answer is a 404 that is not about a campaign (not-found)",
      "Is the API URL right (…/public/v1)? If it is, check the campaignId, and that the credentials belong to the workspace of this campaign.",
    ],
    [
      "unsupported-type",
      {},
      "the API does not offer this type of campaign (unsupported-type)",
      "Audiences of this type cannot be kept in a file: remove the file.",
    ],
    [
      "changed-since",
      {},
      "somebody changed it since the report (changed-since)",
      "What is there now stands. To put back the old audiences all the same, write them into its file.",
    ],
    [
      "summary-unavailable",
      {},
      "the campaign lacks stored state (summary-unavailable)",
      "Open the campaign in the Experiture console, complete and save it, then plan again.",
    ],
    [
      "kept-exclude-conflict",
      {},
      "a live exclude that no file names stays bound, and the file includes the same audience (kept-exclude-conflict)",
      "Take it out of include, or remove the exclude in the Experiture console.",
    ],
    [
      "kept-exclude-overflow",
      {},
      "with the live excludes that no file names there would be too many (kept-exclude-overflow)",
      "Exclude fewer audiences in the file, or remove some in the Experiture console.",
    ],
    ["unreadable", {}, COULD_NOT, "Plan again when that is mended."],
    [
      "unreadable",
      { correlationId: "c" },
      COULD_NOT,
      "Plan again. If this stays, give the correlation id to Experiture's support.",
    ],
    [
      "unreadable",
      { code: "interrupted", correlationId: "c" },
      "the run was interrupted before it was read (unreadable)",
      "Plan again.",
    ],
  ])("%s, %j", (reason, more, what, mend) => {
    const change = sampleUnreadable(1, { reason, error: error(more) });
    const facts = unreadableFacts(change);
    expect(facts[0]).toEqual({ label: "reason", value: what });
    expect(facts.at(-1)).toEqual({ label: "to mend", value: mend });
    const result = { reason, error: { ...change.error, mayHaveLanded: false } };
    expect(readMend(result)).toBe(reason === "unreadable" ? null : mend);
    expect(readMend({ ...result, error: null })).toBeNull();
  });

  test("nothing is to be mended where there is no reason", () => {
    expect(readMend({ reason: null, error: { ...sampleError, mayHaveLanded: false } })).toBeNull();
  });
});

describe("what there is to say of one result", () => {
  const labelsOf = (overrides: Partial<ApplyResult>, kind: Report["kind"] = "apply-report") =>
    resultFacts(sampleResult(1, overrides), kind, 20).map(({ label }) => label);
  const failed = { ...sampleError, mayHaveLanded: false };

  test.each<[Partial<ApplyResult>, readonly string[]]>([
    [{}, ["people", "reach"]],
    [{ outcome: "restored" }, ["people", "reach"]],
    [{ outcome: "unchanged", reach: sampleReachResult({ evaluatedCount: 18_432 }) }, ["reach"]],
    [{ reach: sampleReachResult({ confirmed: false }) }, ["reach"]],
    [{ reach: null }, ["reach"]],
    [{ outcome: "skipped", reason: "not-draft" }, ["reason"]],
    [
      { outcome: "failed", reason: "not-found", error: failed },
      ["reason", "message", "correlation id", "write"],
    ],
    [{ outcome: "failed", reason: failed.code, error: failed }, ["message", "correlation id", "write"]],
  ])("%j", (overrides, labels) => {
    expect(labelsOf(overrides)).toEqual(["campaign", "file", ...labels]);
  });

  test("a wait has no write to speak of", () => {
    const overrides = { outcome: "failed", reason: "not-found", error: failed } as const;
    expect(labelsOf(overrides, "wait-report")).not.toContain("write");
  });

  test.each([
    [true, "MAY HAVE LANDED: the campaign may have the new audiences, or not"],
    [false, "nothing was written"],
  ])("whether a write may have landed is said: %j", (mayHaveLanded, value) => {
    const result = sampleResult(1, { outcome: "failed", error: { ...sampleError, mayHaveLanded } });
    expect(resultFacts(result, "apply-report", 20).at(-1)).toEqual({ label: "write", value });
  });

  test("which way the number of people went is said with its sign", () => {
    expect(resultFacts(sampleResult(1), "apply-report", 20)).toContainEqual({
      label: "people",
      value: "▼ fewer people",
    });
  });
});
