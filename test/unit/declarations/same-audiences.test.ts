import { expect, test } from "vitest";
import { sameAudiences } from "../../../src/declarations/same-audiences.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

/** The n-th campaign, in a file of its own. */
const campaign = (n: number, labels: Readonly<Record<string, string>>, audience = binding([1], [9])) => ({
  ...spec(campaignId(n), audience),
  labels,
  source: { file: `campaigns/${n}.yaml`, line: 1, column: 1 },
});

const told = (...[specs, labels]: Parameters<typeof sameAudiences>) =>
  sameAudiences(specs, labels).map(({ code, file }) => `${code} ${file}`);

test("two of one label that include and exclude the same are told at the later one, with the earlier", () => {
  const specs = [campaign(1, { wave: "a" }), campaign(2, { wave: "a" }), campaign(3, { wave: "a" })];
  expect(told(specs, ["wave"])).toEqual([
    "same-audiences campaigns/2.yaml",
    "same-audiences campaigns/3.yaml",
  ]);
  expect(sameAudiences(specs, ["wave"])[0]?.detail).toContain(
    'the same audiences as campaigns/1.yaml, which has the same label "wave" "a"',
  );
});

test.each([
  ["another value of the label", [campaign(1, { wave: "a" }), campaign(2, { wave: "b" })]],
  ["no such label in either", [campaign(1, {}), campaign(2, {})]],
  ["no such label", [campaign(1, { wave: "a" }), campaign(2, {})]],
  ["other includes", [campaign(1, { wave: "a" }), campaign(2, { wave: "a" }, binding([1, 2], [9]))]],
  ["other excludes", [campaign(1, { wave: "a" }), campaign(2, { wave: "a" }, binding([1]))]],
  ["both lists exchanged", [campaign(1, { wave: "a" }), campaign(2, { wave: "a" }, binding([9], [1]))]],
])("%s is another campaign", (_, specs) => {
  expect(told(specs, ["wave"])).toEqual([]);
});

test("nothing is compared unless the project file names a label, and of two labels it is told once", () => {
  const specs = [campaign(1, { wave: "a", region: "eu" }), campaign(2, { wave: "a", region: "eu" })];
  expect(told(specs, [])).toEqual([]);
  const place = { line: 1, column: 1 };
  expect(sameAudiences(specs, ["wave", "region"])).toEqual([
    expect.objectContaining({
      file: "campaigns/2.yaml",
      range: { start: place, end: place },
      detail: expect.stringContaining('the same label "wave" "a"'),
    }),
  ]);
});
