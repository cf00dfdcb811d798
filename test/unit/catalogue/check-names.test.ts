import { describe, expect, it } from "vitest";
import { entry, idOf, toldOfCatalogue } from "../../support/samples/catalogue.ts";

const TWO = `audiences:\n${entry("vip", 1)}${entry("news", 2)}`;

describe("what a name stands for is clear", () => {
  it("an audience and a group have two names", () => {
    const { told, details } = toldOfCatalogue(`${TWO}groups:\n  vip: [news]\n`);
    expect(told).toEqual(["repeated-name 5:3"]);
    expect(details).toContain("also the name of an audience on line 2");
  });

  it("a member is there, and only once", () => {
    const { told, details } = toldOfCatalogue(`${TWO}groups:\n  all: [vip, nwes, vip]\n`);
    expect(told).toEqual(["unknown-name 5:14", "repeated-audience 5:20"]);
    expect(details).toContain('Did you mean "news"?');
    expect(details).toContain('"vip" is already in the group "all"');
  });
});

describe("a group is not in itself", () => {
  it.each([
    ["directly", "  a: [a]\n", ["5:7"], "a → a"],
    ["by way of others", "  a: [b]\n  b: [vip, c]\n  c: [a]\n", ["7:7"], "a → b → c → a"],
    ["in two circles", "  a: [b, c]\n  b: [a]\n  c: [a]\n", ["6:7", "7:7"], "a → c → a"],
    ["seen from a group beside the circle", "  x: [b]\n  b: [c]\n  c: [b]\n", ["7:7"], "b → c → b"],
  ])("%s", (_, groups, places, circle) => {
    const { told, details } = toldOfCatalogue(`${TWO}groups:\n${groups}`);
    expect(told).toEqual(places.map((place) => `group-cycle ${place}`));
    expect(details).toContain(circle);
  });

  it("says which name to take out, and shows no group before the circle", () => {
    const { details } = toldOfCatalogue(`${TWO}groups:\n  x: [b]\n  b: [c]\n  c: [b]\n`);
    expect(details).toBe('A group cannot be in itself: b → c → b. Take "b" out of "c".');
  });

  it.each([
    [11, "g0 → g1 → g2 → g3 → g4 → g5 → g6 → g7 → g8 → g9 → g10 → g0"],
    [12, "g0 → g1 → g2 → g3 → g4 → g5 → g6 → g7 → g8 → g9 → … → g0"],
  ])("of %i groups: %s", (length, circle) => {
    const groups = Array.from({ length }, (_, n) => `  g${n}: [g${(n + 1) % length}]\n`).join("");
    expect(toldOfCatalogue(`groups:\n${groups}`).details).toContain(`: ${circle}. Take`);
  });

  it("one that many others hold is in no circle", () => {
    expect(toldOfCatalogue(`${TWO}groups:\n  a: [b, c]\n  b: [d]\n  c: [d]\n  d: [vip]\n`).told).toEqual([]);
  });

  it("however deep: a circle of thousands is shown in short", () => {
    const groups = Array.from({ length: 20_000 }, (_, n) => `  g${n}: [g${(n + 1) % 20_000}]\n`).join("");
    const { told, details } = toldOfCatalogue(`groups:\n${groups}`);
    expect(told).toHaveLength(1);
    expect(details).toContain("g0 → g1 → ");
    expect(details.length).toBeLessThan(300);
  });
});

describe("two names for one id", () => {
  const shared = (first: string, second: string) =>
    toldOfCatalogue(
      `audiences:\n  a: { audienceId: ${first}, type: segment }\n  b: { audienceId: ${second}, type: segment }\n`,
    ).told;

  it.each([
    ["for every environment", idOf(1), idOf(1).toUpperCase()],
    ["in one environment", `{ eu: ${idOf(1)} }`, `{ us: ${idOf(2)}, eu: ${idOf(1)} }`],
    ["for one and for every environment", `{ eu: ${idOf(1)} }`, idOf(1)],
    ["for every environment and for one", idOf(1), `{ eu: ${idOf(1)} }`],
  ])("are a warning: %s", (_, first, second) => {
    expect(shared(first, second)).toEqual(["two-names 3:3"]);
  });

  it("are told with the name and the line of the first", () => {
    const text = `audiences:\n${entry("a", 1)}${entry("b", 2)}${entry("c", 1)}${entry("d", 1)}`;
    const first =
      'already has the name "a" on line 2. A reader takes two names for two audiences. Keep one of them.';
    expect(toldOfCatalogue(text).details).toBe(`The id of "c" ${first}\nThe id of "d" ${first}`);
  });

  it("in two environments are none", () => {
    expect(shared(`{ eu: ${idOf(1)} }`, `{ us: ${idOf(1)} }`)).toEqual([]);
  });

  it.each([
    [
      "in another environment",
      `{ eu: ${idOf(1)} }`,
      `{ us: ${idOf(2)} }`,
      `{ eu: ${idOf(1)}, us: ${idOf(2)} }`,
    ],
    ["in one of all environments", `{ eu: ${idOf(1)} }`, `{ us: ${idOf(1)} }`, idOf(1)],
  ])("tell a wrong type first, whoever shares the other id: %s", (_, first, second, third) => {
    const { told, details } = toldOfCatalogue(
      `audiences:\n  a: { type: segment, audienceId: ${first} }\n  b: { type: audience, audienceId: ${second} }\n  c: { type: segment, audienceId: ${third} }\n`,
    );
    expect(told).toEqual(["type-differs 4:3"]);
    expect(details).toContain('already has the name "b" on line 3, there with the type audience');
  });

  it("with two types are told as that", () => {
    const text = `audiences:\n${entry("a", 1)}  b: { audienceId: ${idOf(1)}, type: audience }\n`;
    const { told, details } = toldOfCatalogue(text);
    expect(told).toEqual(["type-differs 3:3"]);
    expect(details).toContain("there with the type segment, here with audience");
  });
});
