import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprintOf } from "../../../src/plan/fingerprint.ts";
import { samplePlan, sampleUpdate } from "../../support/samples/plan.ts";

test("is the SHA-256 of the RFC 8785 form without its own key, computed here by hand", () => {
  // sha256 of: {"a":[1,"\u00e9"],"b":null}, in UTF-8
  const expected = "sha256:1e02bc81a26af2f027329541e97eef36f3290bedc6dfe043dbe66b057ecb13ba";
  expect(fingerprintOf({ b: null, a: [1, "\u00e9"] })).toBe(expected);
  expect(fingerprintOf({ fingerprint: "anything", a: [1, "\u00e9"], c: undefined, b: null })).toBe(expected);
});

test("a key named fingerprint that stands deeper counts", () => {
  expect(fingerprintOf({ a: { fingerprint: 1 } })).not.toBe(fingerprintOf({ a: { fingerprint: 2 } }));
});

test("a live name with half of a surrogate pair, of which RFC 8785 has no form, can be planned and saved", () => {
  const plan = samplePlan([sampleUpdate(0, { name: "Spring \ud83c" })]);
  expect(fingerprintOf(JSON.parse(JSON.stringify(plan)))).toBe(plan.fingerprint);
  expect(plan.fingerprint).not.toBe(samplePlan([sampleUpdate(0, { name: "Spring" })]).fingerprint);
});

test("half of a surrogate pair counts as U+FFFD, wherever it stands; what is beside it counts too", () => {
  const withText = (text: string) => ({ a: [{ [text]: null, b: [text, 1] }], c: text });
  expect(fingerprintOf(withText("\ud83c"))).toBe(fingerprintOf(withText("\ufffd")));
  const beside = (value: unknown) => fingerprintOf({ a: { name: "\ud83c", value } });
  expect(new Set([1, 2, null, [], {}, [1], { b: 1 }].map(beside)).size).toBe(7);
});

test("nothing but its own key leaves an empty object", () => {
  const empty = `sha256:${createHash("sha256").update("{}").digest("hex")}`;
  expect(fingerprintOf({ fingerprint: "anything", c: undefined })).toBe(empty);
});

test("is that of the whole form, whatever the values and the order of the keys", () => {
  const whole = (value: object) => {
    const { fingerprint: _, ...content } = value as { fingerprint?: unknown };
    return `sha256:${createHash("sha256")
      .update(canonicalize(content) ?? "")
      .digest("hex")}`;
  };
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      expect(fingerprintOf(value)).toBe(whole(value));
    }),
  );
});
