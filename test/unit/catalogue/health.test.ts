import { describe, expect, it } from "vitest";
import { unusedNames, withoutOwners } from "../../../src/catalogue/health.ts";
import { catalogueOf, entry, namesIn } from "../../support/samples/catalogue.ts";
import { place } from "../../support/samples/declarations.ts";

const TEXT = `audiences:\n${entry("a", 1, ", owner: crm")}${entry("b", 2)}${entry("c", 3)}groups:\n  one: [a]\n  two: [one, b]\n`;

describe("unusedNames", () => {
  const unused = (...used: string[]) => unusedNames(namesIn(TEXT), new Set(used)).map(place);

  it("are those that no campaign uses, by whatever groups", () => {
    expect(unused("two", "c")).toEqual([]);
    expect(unused("one")).toEqual(["unused-name 3:3", "unused-name 4:3", "unused-name 7:3"]);
    expect(unused("unknown")).toHaveLength(5);
  });

  it("say of which group they are", () => {
    const [found] = unusedNames(namesIn(TEXT), new Set(["c", "one"]));
    expect(found?.detail).toContain('only in groups that none uses, such as "two"');
  });

  it("say so of one that is in no group", () => {
    const [found] = unusedNames(namesIn(TEXT), new Set(["two"]));
    expect(found?.detail).toBe(
      'No campaign file uses the name "c", and it stands in no group. Use it, or delete it.',
    );
  });

  it("are not told where nobody knows the names", () => {
    expect(unusedNames(null, new Set())).toEqual([]);
  });
});

it("withoutOwners tells every audience that has none", () => {
  expect(withoutOwners(catalogueOf(TEXT)).map(place)).toEqual(["without-owner 3:3", "without-owner 4:3"]);
});
