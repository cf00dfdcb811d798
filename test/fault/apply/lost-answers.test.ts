import { expect, test } from "vitest";
import { AFTER, BEFORE, planAndApply } from "../../support/api/plan-and-apply.ts";
import { campaignId } from "../../support/samples/bindings.ts";

const ONE = campaignId(0);

test("case 53: read, found there, counted as applied; the server has had one PUT", async () => {
  const { code, results, drafts } = await planAndApply({ after: () => "drop" });
  expect(code).toBe(0);
  expect(results).toMatchObject([{ outcome: "applied", error: null }]);
  // For the plan, before the write, after it.
  expect(drafts.server.requests.map(({ method }) => method)).toEqual(["GET", "GET", "PUT", "GET"]);
});

test("case 54: read, still the old audiences, written once more", async () => {
  const { code, results, drafts } = await planAndApply({
    before: ({ request, count }) => (request.method === "PUT" && count === 1 ? "drop" : null),
  });
  expect(code).toBe(0);
  expect(results).toMatchObject([{ outcome: "applied", error: null }]);
  expect(drafts.live.get(ONE)?.audience).toEqual(AFTER);
  expect(drafts.written()).toEqual([ONE, ONE]);
});

test("case 54: given up after three writes without an answer, and it may have landed", async () => {
  const { code, results, drafts } = await planAndApply({
    before: ({ request }) => (request.method === "PUT" ? "drop" : null),
  });
  expect(code).toBe(8);
  expect(results).toMatchObject([{ outcome: "failed", error: { code: "no-answer", mayHaveLanded: true } }]);
  expect(drafts.live.get(ONE)?.audience).toEqual(BEFORE);
  expect(drafts.written()).toHaveLength(3);
});
