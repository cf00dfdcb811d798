import { expect, test } from "vitest";
import { AFTER, planAndApply } from "../../support/api/plan-and-apply.ts";
import { refusal } from "../../support/api/raw-client.ts";
import { answerJson, answerText } from "../../support/network/raw-server.ts";
import { campaignId } from "../../support/samples/bindings.ts";

const ODD = campaignId(41);

test.each([400, 422])(
  "case 58: that one is failed with the words of the API, 99 are applied, exit 8 (%i)",
  async (status) => {
    const error = { code: "CDP_ETL.VALIDATION.REQUEST_INVALID", message: "No such audience" };
    const { code, results, drafts } = await planAndApply({
      count: 100,
      parallelism: 10,
      before: ({ request, id }) =>
        request.method === "PUT" && id === ODD ? answerJson({ success: false, error }, { status }) : null,
    });
    expect(code).toBe(8);
    expect(results.filter(({ outcome }) => outcome === "applied")).toHaveLength(99);
    expect(results[41]).toMatchObject({
      outcome: "failed",
      error: {
        status,
        code: error.code,
        message: expect.stringContaining(error.message),
        mayHaveLanded: false,
      },
    });
    expect(new Set(drafts.written()).size).toBe(100);
    expect(drafts.written()).toHaveLength(100);
  },
);

test("case 59: a write that fails stops no other: each of the rest is applied", async () => {
  const { code, results, drafts } = await planAndApply({
    count: 12,
    parallelism: 2,
    before: ({ request, id }) =>
      request.method === "PUT" && id === campaignId(5) ? answerText({ status: 500 }) : null,
  });
  expect(code).toBe(8);
  const outcomes = results.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(outcomes.map((_, index) => (index === 5 ? "failed" : "applied")));
  for (const [id, { audience }] of drafts.live) if (id !== campaignId(5)) expect(audience).toEqual(AFTER);
});

test("cases 31, 59: credentials refused half-way: no new PUT begins, those in flight end, the rest is not attempted", async () => {
  const { code, results, drafts } = await planAndApply({
    count: 12,
    parallelism: 2,
    before: ({ request, count }) =>
      request.method === "PUT" && count > 4 ? refusal(401, "CDP_ETL.AUTH.TOKEN_EXPIRED") : null,
  });
  expect(code).toBe(4);
  expect(drafts.written().length).toBeLessThanOrEqual(4 + 2);
  // Two more may have been about to be written, and are refused with the others.
  const untouched = results.filter(({ campaignId: id }) => !drafts.written().includes(id));
  for (const { error } of untouched) expect(error?.mayHaveLanded ?? false).toBe(false);
  expect(untouched.filter(({ outcome }) => outcome === "not-attempted").length).toBeGreaterThanOrEqual(4);
  expect(new Set(untouched.map(({ reason }) => reason))).toEqual(new Set(["no-access"]));
  const changed = [...drafts.live.values()].filter(({ audience }) => audience.include.length === 2);
  expect(changed).toHaveLength(4);
  // A write that was answered and could not be read back is failed, and says that it may have landed.
  const landed = results.filter(
    ({ outcome, error }) => outcome === "applied" || error?.mayHaveLanded === true,
  );
  expect(landed).toHaveLength(4);
});

test("case 31: a ready token expires while campaigns are read: the reading stops, nothing is written, exit 4", async () => {
  const { code, results, drafts } = await planAndApply({
    count: 40,
    parallelism: 4,
    before: ({ count }) => (count > 10 ? refusal(401, "CDP_ETL.AUTH.TOKEN_EXPIRED") : null),
  });
  expect(code).toBe(4);
  expect(drafts.server.requests.length).toBeLessThanOrEqual(10 + 4);
  expect(drafts.written()).toEqual([]);
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["not-attempted", "failed"]));
  expect(results).toHaveLength(40);
});
