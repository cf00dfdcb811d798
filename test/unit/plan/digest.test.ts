import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { digestOf } from "../../../src/plan/digest.ts";
import { sampleNoOp, sampleSkip, sampleUnreadable, sampleUpdate } from "../../support/samples/plan.ts";

const updates = [sampleUpdate(1), sampleUpdate(2)];

test("the digest is what anybody can compute from the contract: keys and campaigns sorted, no white space", () => {
  const ref = (id: string, type: string) =>
    `{"audienceId":"a1b2c3d4-0000-4000-8000-00000000000${id}","type":"${type}"}`;
  const before = `{"exclude":[${ref("9", "audience")}],"include":[${ref("1", "segment")}]}`;
  const after = `{"exclude":[${ref("9", "audience")}],"include":[${ref("1", "segment")},${ref("2", "segment")}]}`;
  const text = ["1", "2"]
    .map(
      (n) => `{"after":${after},"before":${before},"campaignId":"4130bada-0000-4000-8000-00000000000${n}"}`,
    )
    .join(",");
  expect(digestOf(updates)).toBe(`sha256:${createHash("sha256").update(`[${text}]`).digest("hex")}`);
});

test("neither the order of changes nor what is not written enters it", () => {
  const others = [sampleNoOp(3), sampleSkip(4), sampleUnreadable(5)];
  expect(digestOf([...others, ...updates].reverse())).toBe(digestOf(updates));
});

test("another name or another file is no other plan", () => {
  expect(digestOf(updates.map((update) => ({ ...update, name: "renamed" })))).toBe(digestOf(updates));
});
