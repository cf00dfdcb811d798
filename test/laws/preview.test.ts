import fc from "fast-check";
import { expect, test } from "vitest";
import { siftPreview } from "../../src/experiture/wire/wire-size.ts";

/** Anything that a server may send: JSON of any shape, often of the documented one, and what is no JSON. */
const anything = fc.jsonValue();
const documented = fc.record(
  {
    success: fc.oneof(fc.constant(true), anything),
    data: fc.oneof(
      anything,
      fc.record(
        {
          matchCount: fc.oneof(fc.nat(), anything),
          isExact: fc.oneof(fc.boolean(), anything),
          sampleRecords: anything,
        },
        { requiredKeys: [] },
      ),
    ),
    error: anything,
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.oneof(anything, documented).map((value) => JSON.stringify(value)),
  fc.string(),
  fc.constant(null),
);

const answer = fc.record({
  status: fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 })),
  headers: fc.dictionary(
    fc.constantFrom("date", "retry-after", "x-correlation-id", "location", "content-type", "x-person"),
    fc.string(),
  ),
  body,
});

const KEPT = /^(?:|\{\}|\{"data":\{(?:"matchCount":\d+)?,?(?:"isExact":(?:true|false))?\}\})$/;

test("of an answer to a preview nothing is kept that could be of a person", () => {
  fc.assert(
    fc.property(answer, (received) => {
      const { headers, body: kept } = siftPreview(received);
      expect(kept).toMatch(KEPT);
      const names = Object.keys(headers).filter((name) => name !== "date" && name !== "retry-after");
      expect(names.filter((name) => name !== "x-correlation-id")).toEqual([]);
      if ("x-correlation-id" in headers) expect(headers["x-correlation-id"]).toMatch(/^[\da-f-]{36}$/i);
    }),
    { numRuns: 5_000 },
  );
});
