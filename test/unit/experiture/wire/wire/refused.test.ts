import { describe, expect, it } from "vitest";
import { ApiResponseError } from "../../../../../src/domain/errors.ts";
import { decodeSummary } from "../../../../../src/experiture/wire/wire.ts";
import {
  AUDIENCE_ID,
  CAMPAIGN_ID,
  type Json,
  SEGMENT_ID,
  sampleSummary,
} from "../../../../support/samples/documented-summary.ts";

const FACTS = { campaignId: CAMPAIGN_ID, status: 200, correlationId: "c-1", serverTime: 1_700_000_000_000 };

function refusal(body: unknown, facts = FACTS): ApiResponseError {
  try {
    decodeSummary(body, facts);
  } catch (error) {
    if (error instanceof ApiResponseError) return error;
    throw error;
  }
  throw new Error("It was decoded.");
}

/** The documented sample without some fields of `data`. */
function without(...names: string[]): Json {
  const summary = sampleSummary();
  const data = { ...(summary.data as Json) };
  for (const name of names) delete data[name];
  return { ...summary, data };
}

describe("a summary that cannot be trusted is refused", () => {
  const entry = { id: SEGMENT_ID, type: "segment" };
  it.each<[string, unknown, string]>([
    ["not an object", [], ""],
    ["a text", "ok", ""],
    ["nothing", null, ""],
    ["success false", sampleSummary({ top: { success: false, error: { message: "no" } } }), "/success"],
    ["success 0", sampleSummary({ top: { success: 0 } }), "/success"],
    ["no data", { success: true }, "/data"],
    ["data null", { success: true, data: null }, "/data"],
    ["another campaign", sampleSummary({ data: { campaignId: SEGMENT_ID } }), "/data/campaignId"],
    ["no campaign id", without("campaignId"), "/data/id"],
    ["two campaign ids", sampleSummary({ data: { id: SEGMENT_ID } }), "/data/id"],
    ["no status", without("authoringStatus"), "/data/authoringStatus"],
    ["empty status", sampleSummary({ data: { authoringStatus: "" } }), "/data/authoringStatus"],
    ["no audience", without("audience"), "/data/audience"],
    ["audience a list", sampleSummary({ data: { audience: [] } }), "/data/audience"],
    ["no include", sampleSummary({ audience: { included: undefined } }), "/data/audience/included"],
    ["include null", sampleSummary({ audience: { included: null } }), "/data/audience/included"],
    ["no exclude", sampleSummary({ audience: { excluded: undefined } }), "/data/audience/excluded"],
    ["exclude null", sampleSummary({ audience: { excluded: null } }), "/data/audience/excluded"],
    ["exclude a map", sampleSummary({ audience: { excluded: {} } }), "/data/audience/excluded"],
    ["one spelling null", sampleSummary({ audience: { include: null } }), "/data/audience/include"],
    ["two lists that differ", sampleSummary({ audience: { include: [] } }), "/data/audience/include"],
    ["an entry null", sampleSummary({ audience: { included: [entry, null] } }), "/data/audience/included/1"],
    [
      "no id",
      sampleSummary({ audience: { included: [{ type: "segment" }] } }),
      "/data/audience/included/0/id",
    ],
    [
      "a prefixed id",
      sampleSummary({ audience: { included: [{ id: "aud_01HXYZ", type: "segment" }] } }),
      "/data/audience/included/0/id",
    ],
    [
      "two ids that differ",
      sampleSummary({ audience: { included: [{ ...entry, audienceId: AUDIENCE_ID }] } }),
      "/data/audience/included/0/id",
    ],
    [
      "no type",
      sampleSummary({ audience: { excluded: [{ id: SEGMENT_ID }] } }),
      "/data/audience/excluded/0/type",
    ],
    [
      "a new type",
      sampleSummary({ audience: { excluded: [{ id: SEGMENT_ID, type: "list" }] } }),
      "/data/audience/excluded/0/type",
    ],
    [
      "one id under two types",
      sampleSummary({ audience: { included: [entry, { id: SEGMENT_ID, type: "audience" }] } }),
      "/data/audience/included/1",
    ],
    [
      "an endless list",
      sampleSummary({ audience: { included: Array.from({ length: 10_001 }, () => entry) } }),
      "/data/audience/included",
    ],
    ["a reach that is a word", sampleSummary({ reach: "ok" }), "/data/audience/reach"],
    [
      "an ok with half a person",
      sampleSummary({ reach: { status: "ok", evaluatedCount: 1.5 } }),
      "/data/audience/reach/evaluatedCount",
    ],
    [
      "an ok with a count beyond whole numbers",
      sampleSummary({ reach: { status: "ok", evaluatedCount: 2 ** 53 } }),
      "/data/audience/reach/evaluatedCount",
    ],
    [
      "an ok with a count as text",
      sampleSummary({ reach: { status: "ok", evaluatedCount: "18432" } }),
      "/data/audience/reach/evaluatedCount",
    ],
  ])(
    "case 33: an error with the place in the answer; a missing list is not an empty one (%s)",
    (_what, body, pointer) => {
      const error = refusal(body);
      expect(error.pointer).toBe(pointer);
      expect(error).toMatchObject({ status: 200, correlationId: "c-1", code: "not-understood" });
    },
  );

  it.each<[string, unknown, string]>([
    ["no object", "ok", 'at the top: expected an object, found "ok"'],
    [
      "a reach that is a list",
      sampleSummary({ reach: [1, 2] }),
      "at /data/audience/reach: expected an object, found a list of 2",
    ],
    [
      "an empty status",
      sampleSummary({ data: { authoringStatus: "" } }),
      'at /data/authoringStatus: expected a text, found ""',
    ],
    [
      "a failure with its message",
      sampleSummary({ top: { success: false, error: { code: "A.B", message: "no" } } }),
      'at /success: success is false ("no")',
    ],
    [
      "a failure with a code only",
      sampleSummary({ top: { success: false, error: { code: "A.B" } } }),
      'at /success: success is false ("A.B")',
    ],
    [
      "a failure without a word",
      sampleSummary({ top: { success: false } }),
      "at /success: success is false (nothing)",
    ],
    [
      "another campaign",
      sampleSummary({ data: { campaignId: SEGMENT_ID } }),
      `at /data/campaignId: expected the campaign that was asked for, ${CAMPAIGN_ID}, found "${SEGMENT_ID}"`,
    ],
    [
      "two campaign ids",
      sampleSummary({ data: { id: SEGMENT_ID } }),
      `at /data/id: campaignId and id differ: "${CAMPAIGN_ID}" and "${SEGMENT_ID}"`,
    ],
    [
      "no list",
      sampleSummary({ audience: { included: undefined } }),
      "at /data/audience/included: expected a list, found nothing",
    ],
    [
      "two lists",
      sampleSummary({ audience: { include: [] } }),
      "at /data/audience/include: included and include name different audiences",
    ],
    [
      "an endless list",
      sampleSummary({ audience: { included: Array.from({ length: 10_001 }, () => entry) } }),
      "at /data/audience/included: expected at most 10000 entries, found 10001",
    ],
    [
      "no UUID",
      sampleSummary({ audience: { included: [{ id: "aud_1", type: "segment" }] } }),
      'at /data/audience/included/0/id: expected a UUID, found "aud_1"',
    ],
    [
      "a new type",
      sampleSummary({ audience: { included: [{ id: SEGMENT_ID, type: "list" }] } }),
      'at /data/audience/included/0/type: expected "audience" or "segment", found "list"',
    ],
    [
      "two types",
      sampleSummary({ audience: { included: [entry, { id: SEGMENT_ID, type: "audience" }] } }),
      `at /data/audience/included/1: ${SEGMENT_ID} is listed as segment and as audience`,
    ],
    [
      "half a person",
      sampleSummary({ reach: { status: "ok", evaluatedCount: 1.5 } }),
      "at /data/audience/reach/evaluatedCount: expected a count of people, found 1.5",
    ],
  ])("the message says where, what was expected and what was found (%s)", (_what, body, complaint) => {
    expect(refusal(body).message).toBe(`The API's answer cannot be understood ${complaint}.`);
  });

  it("does not take inherited fields for fields", () => {
    const body = JSON.parse('{"success":true,"data":{"__proto__":{"campaignId":"x"}}}');
    expect(refusal(body).pointer).toBe("/data/id");
  });

  it("names the body's correlation id when the header has none", () => {
    const body = { success: true, correlationId: "from-body" };
    expect(refusal(body, { ...FACTS, correlationId: null as never }).correlationId).toBe("from-body");
  });

  it("quotes at most 80 characters, with nothing invisible in them", () => {
    const id = `\u001b[31m\u202e${"x".repeat(500)}`;
    const { message } = refusal(sampleSummary({ audience: { included: [{ id, type: "segment" }] } }));
    expect(message).toContain("\\u{1B}[31m\\u{202E}xxx");
    expect(message).toContain("x…");
    expect(message.match(/x+/g)?.at(-1)?.length).toBeLessThan(80);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
