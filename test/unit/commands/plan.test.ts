import { expect, test } from "vitest";
import { type PlanInput, plan } from "../../../src/commands/plan.ts";
import { makeDiagnostic } from "../../../src/domain/diagnostics.ts";
import { AccessError, NetworkError, UsageError } from "../../../src/domain/errors.ts";
import type { AudienceSizer, CampaignReader } from "../../../src/domain/ports.ts";
import { fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { audienceId, binding, campaignId, spec } from "../../support/samples/bindings.ts";

const ID = campaignId(1);
const INPUT = { environment: null, apiUrl: "x", tool: { name: "campaignctl", version: "0" } };
const ERROR = makeDiagnostic("yaml-syntax", { detail: "Nonsense.", file: "bad.yaml" });

test.each<[string, object]>([
  ["an error among what the files say", { specs: [spec(ID, binding([1]))], warnings: [ERROR] }],
  ["an error, and no campaign left", { specs: [], warnings: [ERROR] }],
  ["no campaigns, as of invalid declarations", { warnings: [] }],
  ["no word on what the files say", { specs: [spec(ID, binding([1]))] }],
])("a plan of %s throws, whatever the caller's types are, and asks nothing", async (_, said) => {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience: binding([1]) } }, clock);
  const input = { ...INPUT, ...said } as unknown as PlanInput;
  await expect(plan(input, { ...api, clock }, new AbortController().signal)).rejects.toThrow(UsageError);
  expect(api.reads).toEqual([]);
});

/** A plan in which audience 2 is added to a campaign, and another campaign is as it should be. */
function planSized(
  sizeAudience: AudienceSizer["sizeAudience"],
  change: Partial<PlanInput> = {},
  refusal: AccessError | null = null,
) {
  const clock = fakeClock();
  const other = campaignId(2);
  const api = fakeApi({ [ID]: { audience: binding([1]) }, [other]: { audience: binding([3]) } }, clock);
  const specs = [spec(ID, binding([1, 2])), spec(other, binding([3]))];
  const input = { ...INPUT, specs, warnings: [], ...change };
  const asked: { readonly id: string; readonly readsBefore: number }[] = [];
  const sizer: AudienceSizer = {
    sizeAudience(id, signal) {
      asked.push({ id, readsBefore: api.reads.length });
      return sizeAudience(id, signal);
    },
  };
  const reader: CampaignReader = {
    readCampaign: (id, signal) =>
      refusal !== null && id === other ? Promise.reject(refusal) : api.reader.readCampaign(id, signal),
  };
  const made = plan(input, { reader, clock, sizer }, new AbortController().signal);
  return { made, asked };
}

test("with a sizer, what an update changes is counted when everything has been read", async () => {
  const { made, asked } = planSized(async () => ({ count: 40, isExact: true }));
  const planned = await made;
  expect(asked).toEqual([{ id: audienceId(2), readsBefore: 2 }]);
  expect(planned).toMatchObject({
    kind: "planned",
    plan: { audiences: { [audienceId(2)]: { size: { count: 40, isExact: true } } } },
    sizing: { unknown: new Map() },
  });
});

test("by the id that the preview knows it by", async () => {
  const facts = { name: "vip", type: "segment", owner: null, description: null, groups: [] } as const;
  const known = new Map([[audienceId(2), { ...facts, previewId: "aud_01HXYZ" }]]);
  const { made, asked } = planSized(async () => ({ count: 40, isExact: true }), { known });
  await made;
  expect(asked.map(({ id }) => id)).toEqual(["aud_01HXYZ"]);
});

test("where reading was refused half-way, nothing is counted, and no reason for it is made up", async () => {
  const facts = { status: 403, code: "refused", method: "GET", path: "/x", correlationId: null };
  const refusal = new AccessError("No.", facts);
  const { made, asked } = planSized(async () => ({ count: 40, isExact: true }), {}, refusal);
  expect(await made).toMatchObject({
    accessError: refusal,
    plan: { sized: false, summary: { update: 1, error: 1 } },
    sizing: null,
  });
  expect(asked).toEqual([]);
});

test("a plan is the same without what could not be counted", async () => {
  const { made } = planSized(() => Promise.reject(new NetworkError("Lost.")));
  const planned = await made;
  expect(planned).toMatchObject({
    kind: "planned",
    accessError: null,
    plan: { summary: { update: 1, error: 0 }, audiences: { [audienceId(2)]: { size: null } } },
    sizing: { unknown: new Map([[audienceId(2), "no-answer"]]) },
  });
});
