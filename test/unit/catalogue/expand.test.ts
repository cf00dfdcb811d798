import { describe, expect, it } from "vitest";
import { expand, groupsHolding, holdersIn, wayBetween } from "../../../src/catalogue/expand.ts";
import { catalogueOf, entry } from "../../support/samples/catalogue.ts";

const AUDIENCES = `audiences:\n${entry("a", 1)}${entry("b", 2)}${entry("c", 3)}`;
const CATALOGUE = catalogueOf(
  `${AUDIENCES}groups:\n  one: [a, b]\n  two: [one, c]\n  far: [two, near]\n  near: [b]\n`,
);

const waysOf = (name: string, catalogue = CATALOGUE) =>
  expand(name, catalogue)?.map(({ audience, via }) => [audience.name, ...via]) ?? null;

describe("expand", () => {
  it("gives an audience for its name, and nothing for a name that is not there", () => {
    expect(waysOf("a")).toEqual([["a"]]);
    expect(waysOf("d")).toBeNull();
  });

  it("gives all members of a group with the way to each, the name itself first", () => {
    expect(waysOf("one")).toEqual([
      ["a", "one"],
      ["b", "one"],
    ]);
    expect(waysOf("two")).toEqual([
      ["c", "two"],
      ["a", "two", "one"],
      ["b", "two", "one"],
    ]);
  });

  it("gives an audience once, by the shortest way", () => {
    expect(waysOf("far")).toEqual([
      ["c", "far", "two"],
      ["b", "far", "near"],
      ["a", "far", "two", "one"],
    ]);
  });

  it("takes as many steps as there are groups, however they share members", () => {
    const depth = 2_000;
    const groups = Array.from({ length: depth }, (_, n) => {
      const below = n === 0 ? "a, b" : `l${n - 1}, r${n - 1}`;
      return `  l${n}: [${below}]\n  r${n}: [${below}]\n`;
    });
    const catalogue = catalogueOf(`${AUDIENCES}groups:\n${groups.join("")}`);
    expect(expand(`l${depth - 1}`, catalogue)?.map(({ via }) => via.length)).toEqual([depth, depth]);
  });
});

describe("wayBetween", () => {
  it("is the shortest way down, with both ends", () => {
    expect(wayBetween("far", "one", CATALOGUE)).toEqual(["far", "two", "one"]);
    expect(wayBetween("far", "near", CATALOGUE)).toEqual(["far", "near"]);
    expect(wayBetween("one", "one", CATALOGUE)).toEqual(["one"]);
    const two = catalogueOf(`${AUDIENCES}groups:\n  x: [y, z]\n  y: [z]\n  z: [a]\n`);
    expect(wayBetween("x", "z", two)).toEqual(["x", "z"]);
  });

  it("is none upwards, or from what is no group", () => {
    expect(wayBetween("one", "far", CATALOGUE)).toBeNull();
    expect(wayBetween("a", "one", CATALOGUE)).toBeNull();
  });
});

describe("groupsHolding", () => {
  it("names every group that brings an audience in, also by way of others", () => {
    const holders = holdersIn(CATALOGUE);
    expect(groupsHolding("a", holders)).toEqual(["far", "one", "two"]);
    expect(groupsHolding("b", holders)).toEqual(["far", "near", "one", "two"]);
    expect(groupsHolding("far", holders)).toEqual([]);
  });
});
