import fc from "fast-check";
import { expect, test } from "vitest";
import {
  nameCampaigns,
  namedBy,
  packNamed,
  unpackNamed,
} from "../../../../src/github/review/named-campaigns.ts";

const named = fc
  .uniqueArray(fc.integer({ min: 0, max: 0xffffff }), { maxLength: 200 })
  .map((numbers) => numbers.sort((a, b) => a - b));

test("every campaign that is named is found, and of a thousand others none", () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { maxLength: 50 }), (ids) => {
      const isNamed = namedBy(nameCampaigns(ids));
      expect(ids.every(isNamed)).toBe(true);
    }),
  );
  const isNamed = namedBy(nameCampaigns(["4130bada-0000-4000-8000-000000000001"]));
  const others = Array.from(
    { length: 1_000 },
    (_, n) => `4130bada-0000-4000-9000-${String(n).padStart(12, "0")}`,
  );
  expect(others.filter(isNamed)).toEqual([]);
});

test("what is packed is unpacked", () => {
  fc.assert(
    fc.property(named, (numbers) => {
      expect(unpackNamed(packNamed(numbers))).toEqual(numbers);
    }),
  );
});

test("nothing else is unpacked: each list has one spelling", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.uint8Array().map(asText)), (text) => {
      const numbers = unpackNamed(text);
      if (numbers === null) return;
      expect(packNamed(numbers)).toBe(text);
      expect(numbers.every((number, index) => number > (numbers[index - 1] ?? -1))).toBe(true);
    }),
  );
  expect([null, 7, undefined].map(unpackNamed)).toEqual([null, null, null]);
});

test("ten thousand need some 27,000 characters", () => {
  const ids = Array.from(
    { length: 10_000 },
    (_, n) => `4130bada-0000-4000-8000-${String(n).padStart(12, "0")}`,
  );
  expect(packNamed(nameCampaigns(ids)).length).toBeLessThan(28_000);
});

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
