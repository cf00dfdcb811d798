import { expect, test } from "vitest";
import { catalogueErrors, readCatalogue, readProofs } from "../../scripts/docs/reliability.mjs";

const catalogue = readCatalogue();
const proofs = readProofs();

test("the catalogue has the cases 1 to 91, each in words of its own", () => {
  expect(catalogue.map(({ number }) => number)).toEqual(Array.from({ length: 91 }, (_, index) => index + 1));
  expect(new Set(catalogue.map(({ what }) => what)).size).toBe(91);
});

test("every case has a test but those that wait, and no test names a case that does not exist", () => {
  expect(catalogueErrors(catalogue, proofs)).toEqual([]);
  expect(catalogue.filter(({ waiting }) => waiting !== undefined).map(({ number }) => number)).toEqual([62]);
});

test("a case without a test, a test without a case and a test of a case that waits are told", () => {
  const cases = [
    { number: 1, group: "A", what: "one" },
    { number: 2, group: "A", what: "two", waiting: "later" },
    { number: 3, group: "A", what: "three" },
  ];
  const found = [2, 3, 9].map((number) => ({ number, file: "a.test.ts", behaviour: "x" }));
  expect(catalogueErrors(cases, found)).toEqual([
    "Case 1 has no test.",
    "Case 2 has a test, and is said to wait.",
    "test/a.test.ts names case 9, which does not exist.",
  ]);
});

test("what a test says can be read without its table of values", () => {
  for (const { behaviour } of proofs) expect(behaviour).toMatch(/^(?!.*%\w).{12,}$/);
});
