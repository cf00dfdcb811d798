import { expect, test } from "vitest";
import { type ReportManner, reportPage } from "../../../../src/render/page/report-page.ts";
import { sampleError, sampleReachResult, sampleReport, sampleResult } from "../../../support/samples/plan.ts";

const steady = sampleReachResult({ previousCount: 100, evaluatedCount: 101 });
const failed = (n: number, code: string, correlationId: string) =>
  sampleResult(n, {
    ...{ outcome: "failed" as const, reason: code, waited: false, reach: null },
    error: { ...sampleError, code, message: `Nothing of ${code}.`, correlationId, mayHaveLanded: false },
  });
const waiting = (n: number, reason: string) =>
  sampleResult(n, { outcome: "not-attempted", reason, waited: false, reach: null });

const alertsOf = (results: readonly ReturnType<typeof sampleResult>[]) =>
  reportPage(sampleReport(results)).alerts.map(({ level, lines }) => [
    level,
    ...lines.map(({ title, names, means }) => [title, names.join(), means]),
  ]);

test("what a reader must not miss comes in one order, with the names of those that it is about", () => {
  const alerts = alertsOf([
    sampleResult(1, { reach: steady }),
    sampleResult(2, { reach: sampleReachResult({ confirmed: false, status: "pending" }) }),
    failed(3, "no-answer", "id-3"),
    waiting(4, "interrupted"),
    sampleResult(5, { outcome: "stale", reason: "live-changed", waited: false }),
    sampleResult(6, { outcome: "skipped", reason: "not-draft", waited: false }),
    sampleResult(7, { outcome: "unchanged", reach: steady }),
    sampleResult(8),
  ]);
  const refused = "What would be written now is not what was reviewed, so nothing was written.";
  expect(alerts).toEqual([
    ["warning", ["▼ Over 50% fewer people in 1 campaign", "Campaign 8", ""]],
    ["caution", ["1 campaign refused as stale", "Campaign 5", refused]],
    ["warning", ["2 campaigns not done", "Campaign 3,Campaign 4", ""]],
    ["warning", ["1 campaign applied, but reach is not confirmed", "Campaign 2", ""]],
  ]);
});

test.each([
  ["all is well", [sampleResult(1, { reach: steady })]],
  ["a newer run has it to do", [waiting(1, "superseded"), waiting(2, "branch-moved")]],
])("there is nothing to miss where %s", (_, results) => {
  expect(alertsOf(results)).toEqual([]);
});

const titlesOf = (results: readonly ReturnType<typeof sampleResult>[], grouping?: ReportManner["grouping"]) =>
  reportPage(sampleReport(results), grouping === undefined ? {} : { grouping }).groups.flatMap(({ items }) =>
    items.map(({ title }) => title),
  );

test("what failed for one reason is told together, unless each is to be told by itself", () => {
  const results = [failed(1, "no-answer", "id-1"), failed(2, "no-answer", "id-2"), failed(3, "odd", "id-3")];
  expect(titlesOf(results)).toEqual(["2 campaigns", "Campaign 3"]);
  expect(titlesOf(results, "each")).toEqual(["Campaign 1", "Campaign 2", "Campaign 3"]);
});

test("of several the facts are those that hold for all", () => {
  const page = reportPage(sampleReport([failed(1, "no-answer", "id-1"), failed(2, "no-answer", "id-2")]));
  const [facts = []] = page.groups.flatMap(({ items }) => items.map((item) => item.facts));
  expect(facts.map(({ label }) => label)).toEqual(["campaigns", "message", "first correlation id", "write"]);
  expect(facts[0]?.value).toBe("Campaign 1 (campaigns/c1.yaml:2:1), Campaign 2 (campaigns/c2.yaml:2:1)");
});

test.each([
  [5, "Campaign 1, Campaign 2, Campaign 3, Campaign 4, Campaign 5"],
  [6, "Campaign 1, Campaign 2, Campaign 3, Campaign 4, Campaign 5 and 1 more"],
])("of %i the first five are named", (count, names) => {
  const results = Array.from({ length: count }, (_, n) => waiting(n + 1, "interrupted"));
  const [item] = reportPage(sampleReport(results)).groups.flatMap(({ items }) => items);
  const told = item?.facts.find(({ label }) => label === "campaigns")?.value ?? "";
  expect(told.replace(/ \([^)]*\)/g, "")).toBe(names);
});

test("one without a name is named by its id among others", () => {
  const [one, two] = [waiting(1, "interrupted"), { ...waiting(2, "interrupted"), name: null }];
  const [item] = reportPage(sampleReport([one, two])).groups.flatMap(({ items }) => items);
  expect(item?.facts[0]?.value).toContain(`, ${two.campaignId} (campaigns/c2.yaml:2:1)`);
});

const part = { kind: "shard", since: null, shard: "1/2", planned: 1, declared: 3 } as const;
const unseen = "2 of 3 declared campaigns were not looked at: only shard 1/2";

test.each([
  [sampleReport([sampleResult(1)]), "1 campaign applied", []],
  [
    sampleReport([sampleResult(1, { outcome: "unchanged", reach: steady })]),
    "Nothing to apply",
    ["The live audiences are those of the files"],
  ],
  [sampleReport([sampleResult(1, { outcome: "unchanged" })], { scope: part }), "Nothing to apply", [unseen]],
  [sampleReport([sampleResult(1)], { scope: part }), "1 campaign applied", [unseen]],
  [
    sampleReport([sampleResult(1, { outcome: "skipped", reason: "not-draft", waited: false })]),
    "Nothing to apply",
    ["1 skipped (not draft)"],
  ],
])("the head says what was done, and of what it does not speak", (report, headline, notes) => {
  expect(reportPage(report).head).toEqual({ headline, notes });
});
