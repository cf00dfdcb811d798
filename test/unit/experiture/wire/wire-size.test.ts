import { describe, expect, test } from "vitest";
import { decodeSize, encodePreview, siftPreview } from "../../../../src/experiture/wire/wire-size.ts";

const FACTS = { status: 200, correlationId: null, serverTime: null };

const DOCUMENTED = {
  success: true,
  data: {
    audienceId: "aud_01HXYZ",
    matchCount: 18_432,
    isExact: true,
    executionTimeMs: 412,
    fieldsUsed: ["email", "tier"],
    sampleRecords: [{ email: "canary@example.com", tier: "gold" }],
  },
  correlationId: "canary",
};

function sifted(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}) {
  return siftPreview({
    kind: "answer",
    status,
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

const sizeOf = (body: unknown) => decodeSize(JSON.parse(sifted(body).body ?? ""), FACTS);

test("as few sample records as can be", () => {
  expect(JSON.parse(encodePreview())).toEqual({ limit: 1 });
});

describe("of an answer", () => {
  test("the count is kept, whether it is exact, and nothing else", () => {
    const { body } = sifted(DOCUMENTED);
    expect(JSON.parse(body ?? "")).toEqual({ data: { matchCount: 18_432, isExact: true } });
    expect(sizeOf(DOCUMENTED)).toEqual({ count: 18_432, isExact: true });
  });

  test.each([
    ["canary"],
    ['{"success":true,"data":{"matchCount":7,"sampleRecords":[{"email":"canary'],
    [{ success: true, data: { matchCount: "canary", isExact: "canary" } }],
    [{ success: "canary", data: { matchCount: 7 } }],
    [{ success: true, data: [{ matchCount: 7, canary: 1 }] }],
    [{ success: true, data: { matchCount: { canary: 7 } } }],
    [{ canary: { data: { matchCount: 7 } } }],
  ])("nothing is kept of %j", (body) => {
    const kept = sifted(body);
    expect(JSON.stringify(kept)).not.toContain("canary");
    expect(() => decodeSize(JSON.parse(kept.body ?? ""), FACTS)).toThrow(/expected an object|no count/);
  });

  test.each([400, 403, 404, 429, 500, 302, 201])("of one with status %i the body goes", (status) => {
    const { body } = sifted({ success: false, error: { code: "CANARY", message: "canary" } }, status);
    expect(body).toBe("");
  });

  test("of the headers the time stays, and how long to wait", () => {
    const kept = { date: "Tue, 24 Nov 2026 10:00:00 GMT", "retry-after": "7" };
    const { headers } = sifted({}, 302, { ...kept, location: "https://canary", "content-type": "canary" });
    expect(headers).toEqual(kept);
  });

  test("and a correlation id in the form of one", () => {
    const id = "0b1c2d3e-0000-4000-8000-000000000001";
    expect(sifted({}, 200, { "x-correlation-id": id }).headers).toEqual({ "x-correlation-id": id });
    expect(sifted({}, 200, { "x-correlation-id": "canary@example.com" }).headers).toEqual({});
  });
});

describe("what is decoded", () => {
  test.each([
    [
      { matchCount: 7, isExact: false },
      { count: 7, isExact: false },
    ],
    [{ matchCount: 7 }, { count: 7, isExact: null }],
    [
      { matchCount: 7, isExact: null },
      { count: 7, isExact: null },
    ],
    [
      { matchCount: 7, isExact: "true" },
      { count: 7, isExact: null },
    ],
    [
      { matchCount: 0, isExact: true },
      { count: 0, isExact: true },
    ],
  ])("%j", (data, size) => {
    expect(sizeOf({ data })).toEqual(size);
    expect(decodeSize({ data }, FACTS)).toEqual(size);
  });

  test.each([-1, 1.5, 2 ** 53, "7", null, undefined, true, [7]])("%j is no count", (matchCount) => {
    expect(() => sizeOf({ data: { matchCount } })).toThrow("there is no count of people");
    expect(() => decodeSize({ data: { matchCount } }, FACTS)).toThrow("at /data/matchCount");
  });
});
