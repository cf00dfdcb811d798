import { expect, test } from "vitest";
import type { AudienceBinding } from "../../../src/domain/model.ts";
import validateReport from "../../../src/generated/validate-apply-report.js";
import validatePlan from "../../../src/generated/validate-plan.js";
import { type Meddling, serveDrafts } from "../../support/api/drafts.ts";
import { answerJson, answerText } from "../../support/network/raw-server.ts";
import { makeWorkspace, type Ran } from "../../support/program/cli.ts";
import { runHere } from "../../support/program/run-here.ts";
import { campaignFile } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const BEFORE = binding([1], [9]);
const AFTER = binding([1, 2], [9]);

const onGet = (answer: string): Meddling => ({
  before: ({ request }) => (request.method === "GET" ? answer : null),
});
const onPut = (answer: string): Meddling => ({
  before: ({ request }) => (request.method === "PUT" ? answer : null),
});
const storing = (audience: AudienceBinding): Meddling => ({
  after: ({ campaign }) => {
    campaign.audience = audience;
    return null;
  },
});
/** Only the first time. */
const once = (answer: string): Meddling => {
  let done = false;
  return {
    before: () => {
      if (done) return null;
      done = true;
      return answer;
    },
  };
};

const page = answerText({ headers: { "content-type": "text/html" }, body: '<p>\u001b[2J\u202e"\n' });
const refused = (status: number) =>
  answerJson({ success: false, error: { code: "\u001b[2J", message: '"\n' } }, { status });

/** A campaign for each fault, and what becomes of it in an apply. */
const FAULTS: readonly (readonly [Meddling, string])[] = [
  [{}, "applied"],
  [onGet(refused(404)), "failed"],
  [onGet(page), "failed"],
  [onGet(answerText({ body: '{"success":true,' })), "failed"],
  [
    onGet(answerJson({ success: true, data: { campaignId: campaignId(4), authoringStatus: "draft" } })),
    "failed",
  ],
  [onGet(answerText({ status: 204 })), "failed"],
  [onGet(answerText({ status: 302, headers: { location: "http://elsewhere.example/\u001b" } })), "failed"],
  [once("drop"), "applied"],
  [once(answerText({ status: 503 })), "applied"],
  [once(answerText({ status: 429, headers: { "retry-after": "abc" } })), "applied"],
  [onPut(refused(400)), "failed"],
  [onPut(refused(409)), "failed"],
  [onPut(refused(412)), "failed"],
  [{ after: () => page }, "applied"],
  [{ after: () => "drop" }, "applied"],
  [{ after: () => answerText({ status: 500 }) }, "applied"],
  [storing(binding([5])), "failed"],
];

test("case 78: plan and report are each one valid JSON document with one entry for each campaign", async () => {
  const ids = FAULTS.map((_, index) => campaignId(index));
  const meddlings = new Map(ids.map((id, index) => [id, FAULTS[index]?.[0] ?? {}]));
  const drafts = await serveDrafts(new Map(ids.map((id) => [id, BEFORE])), {
    before: (asked) => meddlings.get(asked.id)?.before?.(asked) ?? null,
    after: (asked) => meddlings.get(asked.id)?.after?.(asked) ?? null,
  });
  const workspace = makeWorkspace(
    Object.fromEntries(ids.map((id) => [`campaigns/${id}.yaml`, campaignFile(id, AFTER)])),
  );
  const options = { cwd: workspace.path, env: { EXPERITURE_API_URL: `${drafts.server.url}/public/v1` } };
  const applied = await runHere(["apply", "--yes", "--no-wait", "--format", "json"], options);
  const planned = await runHere(["plan", "--format", "json"], options);
  await drafts.server.close();
  workspace.remove();

  expect([applied.code, planned.code]).toEqual([8, 8]);
  for (const { stdout } of [applied, planned]) expect(stdout).not.toMatch(/[^\P{Cc}\n]|[\u202e]/u);
  expect({ ok: validateReport(applied.json()), errors: validateReport.errors }).toEqual({
    ok: true,
    errors: [],
  });
  expect({ ok: validatePlan(planned.json()), errors: validatePlan.errors }).toEqual({
    ok: true,
    errors: [],
  });
  expect(entries(applied, "results").map(({ outcome }) => outcome)).toEqual(
    FAULTS.map(([, outcome]) => outcome),
  );
  expect(entries(planned, "changes").map(({ campaignId: id }) => id)).toEqual(ids);
});

function entries(ran: Ran, key: "results" | "changes") {
  return ran.json()[key] as readonly { readonly campaignId: string; readonly outcome: string }[];
}
