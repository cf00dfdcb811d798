import { describe, expect, it } from "vitest";
import { ChangedSinceError } from "../../../src/domain/errors.ts";
import type { ApplyResult, AudienceBinding, Campaign } from "../../../src/domain/model.ts";
import { asLeftBy, specsToRevert } from "../../../src/plan/revert.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";
import { sampleReport, sampleResult } from "../../support/samples/plan.ts";

const [FOUND, LEFT, OTHER] = [binding([1], [9]), binding([1, 2], [9]), binding([7], [9])];
const ID = campaignId(1);

const failed = (mayHaveLanded: boolean): Partial<ApplyResult> => ({
  outcome: "failed",
  error: { code: "NETWORK", message: "No answer.", status: null, correlationId: null, mayHaveLanded },
});

const reportOf = (result: Partial<ApplyResult>) =>
  sampleReport([sampleResult(1, { campaignId: ID, before: FOUND, after: LEFT, ...result })]);

describe("specsToRevert", () => {
  it.each<[string, Partial<ApplyResult>]>([
    ["was applied", { outcome: "applied" }],
    ["was put back", { outcome: "restored" }],
    ["may have been written", failed(true)],
  ])("a campaign that %s is declared as it was found, at its place and by nobody", (_, result) => {
    const { name, source } = sampleResult(1);
    expect(specsToRevert(reportOf(result))).toEqual([
      { campaignId: ID, name, source, owner: null, labels: {}, audience: FOUND },
    ]);
  });

  it.each<[string, Partial<ApplyResult>]>([
    ["was as declared", { outcome: "unchanged" }],
    ["was skipped", { outcome: "skipped" }],
    ["was surely not written", failed(false)],
    ["was never read", { outcome: "applied", before: null }],
  ])("a campaign that %s is left alone", (_, result) => expect(specsToRevert(reportOf(result))).toEqual([]));
});

describe("asLeftBy", () => {
  const { signal } = new AbortController();
  const PURPOSE = { kind: "guard" } as const;

  /** What is read of a campaign that is live like this, after a report of this result. */
  function read(
    audience: AudienceBinding,
    result: Partial<ApplyResult> = {},
    live: Partial<Campaign> = {},
  ): Promise<unknown> {
    const campaign = { campaignId: ID, authoringStatus: "draft", audience, ...live };
    const asked: unknown[] = [];
    const reader = asLeftBy(reportOf(result), {
      readCampaign: async (...args: readonly unknown[]) => {
        asked.push(args);
        return campaign as Campaign;
      },
    });
    return reader.readCampaign(ID, signal, PURPOSE).then((found) => {
      expect(asked).toEqual([[ID, signal, PURPOSE]]);
      expect(found).toBe(campaign);
      return "read";
    });
  }

  it.each<[string, AudienceBinding, Partial<ApplyResult>, Partial<Campaign>]>([
    ["as the report left it", LEFT, {}, {}],
    ["as the report found it", FOUND, {}, {}],
    ["put back", FOUND, { outcome: "restored" }, {}],
    ["locked, whatever it is", OTHER, {}, { authoringStatus: "scheduled" }],
  ])("a campaign that is %s is read", async (_, audience, result, live) => {
    expect(await read(audience, result, live)).toBe("read");
  });

  it.each<[string, AudienceBinding, Partial<ApplyResult>]>([
    ["edited since", OTHER, {}],
    ["what was taken back", LEFT, { outcome: "restored" }],
    ["not one that the report wrote", FOUND, { outcome: "unchanged" }],
  ])("a draft that is %s may not be written", async (_, audience, result) => {
    const reading = read(audience, result);
    await expect(reading).rejects.toThrow(ChangedSinceError);
    await expect(reading).rejects.toThrow(
      "Its audiences are neither those that the report left nor those that it found.",
    );
  });
});
