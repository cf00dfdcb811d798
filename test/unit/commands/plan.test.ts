import { expect, test } from "vitest";
import { type PlanInput, plan } from "../../../src/commands/plan.ts";
import { makeDiagnostic } from "../../../src/domain/diagnostics.ts";
import { UsageError } from "../../../src/domain/errors.ts";
import { fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

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
