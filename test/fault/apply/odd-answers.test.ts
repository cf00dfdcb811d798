import { expect, test } from "vitest";
import { AFTER, BEFORE, planAndApply } from "../../support/api/plan-and-apply.ts";
import { answerJson, answerText } from "../../support/network/raw-server.ts";
import { audienceId, campaignId } from "../../support/samples/bindings.ts";
import { summaryOf } from "../../support/samples/summary.ts";

const ODD = campaignId(1);

/** The API's answer with something done to its audience. */
function summaryWith(audience: Readonly<Record<string, unknown>>) {
  const { success, data } = summaryOf(ODD, BEFORE);
  return answerJson({ success, data: { ...data, audience: { ...data.audience, ...audience } } });
}

test.each([
  ["404", answerJson({ success: false, error: { code: "X.NOT_FOUND" } }, { status: 404 })],
  ["a login page", answerText({ headers: { "content-type": "text/html" }, body: "<!doctype html>" })],
  ["success: false", answerJson({ success: false })],
  ["cut JSON", answerText({ body: '{"success":true,"data":{' })],
  ["another campaign", answerJson(summaryOf(campaignId(7), BEFORE))],
  ["no include list", summaryWith({ included: undefined })],
  ["no exclude list", summaryWith({ excluded: null })],
  ["an unknown type", summaryWith({ included: [{ id: audienceId(1), type: "list" }] })],
  ["204", answerText({ status: 204 })],
])(
  "cases 29, 32, 33, 36, 44: that campaign is failed and never written, the others are applied, exit 8 (%s)",
  async (_, answer) => {
    const { code, results, drafts } = await planAndApply({
      count: 3,
      before: ({ id }) => (id === ODD ? answer : null),
    });
    expect(code).toBe(8);
    expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "failed", "applied"]);
    expect(results[1]?.error).toMatchObject({ mayHaveLanded: false });
    expect(drafts.written()).not.toContain(ODD);
    expect(drafts.live.get(ODD)?.audience).toEqual(BEFORE);
  },
);

test("cases 32, 33: an odd answer to the re-read: failed, and not written on the word of the plan", async () => {
  let reads = 0;
  const { code, results, drafts } = await planAndApply({
    before: () => {
      reads += 1;
      return reads > 1 ? answerText({ headers: { "content-type": "text/html" }, body: "<html>" }) : null;
    },
  });
  expect(code).toBe(8);
  expect(results).toMatchObject([
    { outcome: "failed", error: { code: "not-understood", mayHaveLanded: false } },
  ]);
  expect(drafts.written()).toEqual([]);
});

test("case 36: unknown fields and reach words do not get in the way of a write of both lists", async () => {
  const { code, drafts } = await planAndApply({
    before: ({ request, campaign }) => {
      if (request.method !== "GET") return null;
      const { success, data } = summaryOf(campaignId(0), campaign.audience, { reach: { status: "queued" } });
      return answerJson({ success, brandNew: { deep: [1] }, data: { ...data, riskLevel: "low" } });
    },
  });
  expect(code).toBe(0);
  expect(JSON.parse(drafts.server.requests.find(({ method }) => method === "PUT")?.body ?? "")).toEqual(
    AFTER,
  );
});

test.each([
  ["a page", 8, answerText({ headers: { "content-type": "text/html" }, body: "<html>" })],
  ["cut JSON", 8, answerText({ body: "{" })],
  ["500", 5, answerText({ status: 500 })],
  ["a reset", 5, "drop" as const],
])(
  "case 78: when no campaign can be read, plan and report are valid JSON and each campaign is failed (%s)",
  async (_, expected, answer) => {
    const { code, results, drafts } = await planAndApply({ count: 2, before: () => answer });
    expect(code).toBe(expected);
    expect(results.map(({ outcome }) => outcome)).toEqual(["failed", "failed"]);
    expect(drafts.written()).toEqual([]);
  },
);
