import { expect, test } from "vitest";
import { fixDigestOf, renderFixPull, withoutDigest } from "../../../../src/github/page/fix-pull-request.ts";
import { updatesOf } from "../../../../src/plan/updates.ts";
import { OTHER_TARGET, TARGET } from "../../../support/github/connected.ts";
import { audience, binding, samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const plan = samplePlan([
  sampleUpdate(1, { before: binding([audience(1)]), after: binding([audience(1), audience(2)]) }),
  sampleUpdate(2, { name: "</details> @all" }),
]);
const [one, two] = updatesOf(plan.changes);
const DIGEST = "0123456789abcdef";
const facts = {
  target: TARGET,
  plan,
  digest: DIGEST,
  fixed: one === undefined ? [] : [one],
  left: two === undefined ? [] : [{ update: two, why: "its file is reached by a link." }],
};
const { title, body } = renderFixPull(facts);

test("says what the files say then, the other way round than an apply would go", () => {
  expect(title).toBe("Make 1 campaign file say what is live");
  expect(body).toContain("▼ fewer people: no longer includes");
  expect(body).toContain("Merging it writes nothing to the API.");
});

test("names what is left, and why; names stay text", () => {
  expect(body).toContain("### Left as they are");
  expect(body).toContain("its file is reached by a link.");
  expect(body).not.toMatch(/<\/details>|@all/);
});

test("carries the digest of its edits for its own target, until we close it", () => {
  expect(fixDigestOf(body, TARGET)).toBe(DIGEST);
  expect(fixDigestOf(body, OTHER_TARGET)).toBeNull();
  expect(fixDigestOf(`> ${body}`, TARGET)).toBeNull();
  expect(fixDigestOf(withoutDigest(body, TARGET), TARGET)).not.toBe(DIGEST);
  expect(withoutDigest("Text", TARGET)).toBe("Text");
});

test("the same drift gives the same text", () => {
  expect(renderFixPull(facts)).toEqual({ title, body });
});
