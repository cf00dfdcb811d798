import { expect, test } from "vitest";
import { AFTER, BEFORE, planAndApply } from "../../support/api/plan-and-apply.ts";
import { answerJson } from "../../support/network/raw-server.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const ids = [0, 1, 2].map(campaignId);
const [ONE = "", TWO = "", THREE = ""] = ids;

test("case 55: the edited campaign is stale and not written, the others are applied, exit 7", async () => {
  const edited = binding([1, 5], [9]);
  const { code, results, drafts } = await planAndApply({
    count: 3,
    between: ({ live }) => Object.assign(live.get(TWO) ?? {}, { audience: edited }),
  });
  expect(code).toBe(7);
  expect(results).toMatchObject([
    { outcome: "applied" },
    { outcome: "stale", reason: "live-changed", live: edited },
    { outcome: "applied" },
  ]);
  expect(drafts.written().sort()).toEqual([ONE, THREE]);
  expect(drafts.live.get(TWO)?.audience).toEqual(edited);
});

test("case 55: an edit while a write waits for its repeat is noticed, and the repeat is not sent", async () => {
  const edited = binding([7]);
  const { code, results, drafts } = await planAndApply({
    before: ({ request, campaign }) => {
      if (request.method !== "PUT") return null;
      campaign.audience = edited;
      return answerJson({ success: false }, { status: 429, headers: { "retry-after": "5" } });
    },
  });
  expect(code).toBe(7);
  expect(results).toMatchObject([{ outcome: "stale", live: edited }]);
  expect(drafts.written()).toEqual([ONE]);
});

test("case 56: failed with the words of the API, sent once and without a condition, exit 8", async () => {
  const error = { code: "X.PRECONDITION_FAILED", message: "Somebody was quicker" };
  const { code, results, drafts } = await planAndApply({
    count: 3,
    before: ({ request, id }) =>
      request.method === "PUT" && id === TWO
        ? answerJson({ success: false, error }, { status: 412, headers: { etag: '"2"' } })
        : null,
  });
  expect(code).toBe(8);
  expect(results).toMatchObject([
    { outcome: "applied" },
    {
      outcome: "failed",
      error: {
        status: 412,
        code: error.code,
        message: expect.stringContaining(error.message),
        mayHaveLanded: false,
      },
    },
    { outcome: "applied" },
  ]);
  expect(drafts.written().filter((id) => id === TWO)).toHaveLength(1);
  expect(drafts.live.get(TWO)?.audience).toEqual(BEFORE);
  for (const { headers } of drafts.server.requests) expect(headers["if-match"]).toBeUndefined();
});

test("case 57: locked after the plan: skipped without a PUT, the others are applied, exit 0", async () => {
  const { code, results, drafts } = await planAndApply({
    count: 3,
    between: ({ live }) => Object.assign(live.get(TWO) ?? {}, { authoringStatus: "scheduled" }),
  });
  expect(code).toBe(0);
  expect(results).toMatchObject([
    { outcome: "applied" },
    { outcome: "skipped", reason: "not-draft", error: null },
    { outcome: "applied" },
  ]);
  expect(drafts.written().sort()).toEqual([ONE, THREE]);
});

test("case 57: locked after the re-read: its one PUT is refused with 409, skipped, not repeated", async () => {
  const { code, results, drafts } = await planAndApply({
    count: 3,
    before: ({ request, id, campaign }) => {
      if (request.method === "PUT" && id === TWO) campaign.authoringStatus = "scheduled";
      return null;
    },
  });
  expect(code).toBe(0);
  expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "skipped", "applied"]);
  expect(drafts.written().sort()).toEqual(ids);
  expect(drafts.live.get(TWO)?.audience).toEqual(BEFORE);
});

test.each([
  ["another exclude", { ...AFTER, exclude: [] }],
  ["the old audiences", BEFORE],
])(
  "case 60: the read after the write differs: failed as not converged, written once, exit 8 (%s)",
  async (_, stored) => {
    const { code, results, drafts } = await planAndApply({
      after: ({ campaign }) => {
        campaign.audience = stored;
        return null;
      },
    });
    expect(code).toBe(8);
    expect(results).toMatchObject([
      { outcome: "failed", reason: "not-converged", error: { mayHaveLanded: true } },
    ]);
    expect(drafts.written()).toEqual([ONE]);
  },
);
