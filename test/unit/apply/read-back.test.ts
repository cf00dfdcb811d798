import { expect, test } from "vitest";
import { readBack } from "../../../src/apply/read-back.ts";
import { ApiResponseError } from "../../../src/errors.ts";
import { binding, campaignId } from "../../support/bindings.ts";
import { fakeApi, fakeClock } from "../../support/fake-api.ts";
import { sampleUpdate } from "../../support/sample-plan.ts";

const ID = campaignId(1);
const BEFORE = binding([1]);
const AFTER = binding([1, 2]);
const UPDATE = { ...sampleUpdate(1), campaignId: ID, before: BEFORE, after: AFTER };
const NEVER = new AbortController().signal;

function begin(audience = AFTER) {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience } }, clock);
  return { clock, api, reader: api.reader };
}

/** The campaign as it was before the write, by the API's own time stamp. */
async function seenAt(time: string | null) {
  const { reader } = begin(BEFORE);
  return { ...(await reader.readCampaign(ID)), updatedAt: time };
}

test("one look is enough when it shows the new audiences, and it says what it is for", async () => {
  const { clock, reader } = begin();
  const purposes: unknown[] = [];
  const readCampaign: typeof reader.readCampaign = (id, signal, purpose) => {
    purposes.push(purpose);
    return reader.readCampaign(id, signal, purpose);
  };
  expect(await readBack(UPDATE, null, { reader: { readCampaign }, clock }, NEVER)).toMatchObject({
    kind: "equal",
  });
  expect(purposes).toEqual(["verify"]);
  expect(clock.slept).toEqual([]);
});

test("the old audiences are looked at four times, within two seconds, before they count", async () => {
  const { clock, api, reader } = begin(BEFORE);
  expect(await readBack(UPDATE, null, { reader, clock }, NEVER)).toMatchObject({ kind: "still-before" });
  expect(api.reads).toHaveLength(4);
  expect(clock.slept).toEqual([250, 500, 1000]);
});

test.each([
  ["older than what was seen before the write", "2026-11-21T00:00:00Z", "unreadable"],
  ["as old", "2026-11-20T09:00:00.000Z", "equal"],
  ["newer", "2026-11-19T00:00:00Z", "equal"],
  ["of a time that nobody told", null, "equal"],
])("after a lost answer, a copy that shows the new audiences and is %s", async (_, seen, kind) => {
  const { clock, reader } = begin();
  const back = await readBack(UPDATE, await seenAt(seen), { reader, clock }, NEVER);
  expect(back.kind).toBe(kind);
});

test("a copy that says nothing of the write is told as an answer that is not understood", async () => {
  const { clock, reader } = begin(BEFORE);
  const back = await readBack(UPDATE, await seenAt("2026-11-21T00:00:00Z"), { reader, clock }, NEVER);
  expect(back).toMatchObject({ kind: "unreadable", error: { status: 200, pointer: "/data/updatedAt" } });
  expect("error" in back && back.error).toBeInstanceOf(ApiResponseError);
});
