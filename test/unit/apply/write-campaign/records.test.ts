import { describe, expect, test } from "vitest";
import { writeCampaign } from "../../../../src/apply/write-campaign.ts";
import { ApiError, ApiResponseError, NetworkError } from "../../../../src/domain/errors.ts";
import type { WriteRecord } from "../../../../src/domain/model.ts";
import { fakeApi, fakeClock } from "../../../support/api/fake-api.ts";
import { binding, campaignId } from "../../../support/samples/bindings.ts";
import { sampleUpdate } from "../../../support/samples/plan.ts";

const ID = campaignId(1);
const BEFORE = binding([1]);
const update = sampleUpdate(1, { campaignId: ID, before: BEFORE, after: binding([1, 2]) });
const { signal } = new AbortController();

async function write(...errors: readonly Error[]) {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience: BEFORE } }, clock);
  api.beforeWrite = (_, count) => {
    const error = errors[count - 1];
    if (error !== undefined) throw error;
  };
  const writes: WriteRecord[] = [];
  const record = (sent: WriteRecord) => void writes.push(sent);
  await writeCampaign(
    update,
    { ...api, clock, note: () => undefined, record, mayWrite: () => true, kind: "apply" },
    signal,
  );
  return writes;
}

const refused = (status: number) =>
  new ApiError("No.", { status, code: "X", method: "PUT", path: "/x", correlationId: "c-9" });

const ACCEPTED = {
  ...{ at: "2026-11-24T10:00:00.000Z", clock: "server", status: 200 },
  kind: "apply",
};

describe("the record of the writes of one campaign", () => {
  test("has the time of the answer by the server's clock", async () => {
    expect(await write()).toEqual([{ ...ACCEPTED, correlationId: "w-1" }]);
  });

  test.each([
    ["no answer", new NetworkError("Lost."), null, null],
    ["a gateway's", refused(502), 502, "c-9"],
    [
      "one that is not understood",
      new ApiResponseError("Odd.", { status: 200, pointer: "", correlationId: "c-7" }),
      200,
      "c-7",
    ],
  ])("has one whose answer was lost (%s), with our own clock", async (_, error, status, correlationId) => {
    const writes = await write(error);
    expect(writes).toEqual([
      { at: "2026-11-24T10:00:00.000Z", clock: "local", status, correlationId, kind: "apply" },
      { ...ACCEPTED, at: "2026-11-24T10:00:01.000Z", correlationId: "w-2" },
    ]);
  });

  test.each([
    ["refused", refused(400)],
    ["never sent", new NetworkError("Not sent.", { sent: "withheld" })],
    ["not connected", new NetworkError("Not sent.", { sent: "no" })],
  ])("has none that was %s", async (_, error) => {
    const writes = await write(error, error, error);
    expect(writes).toEqual([]);
  });
});
