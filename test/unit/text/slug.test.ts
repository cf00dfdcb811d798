import { describe, expect, it } from "vitest";
import { slugOf, uniqueNames } from "../../../src/text/slug.ts";

describe("slugOf", () => {
  it.each([
    ["Spring re-engagement", "spring-re-engagement"],
    ["  Été à  Łódź & Straße! ", "ete-a-lodz-strasse"],
    ["../../etc/passwd", "etc-passwd"],
    ["日本", ""],
    ["İstanbul", "istanbul"],
    ["a.b_c", "a-b-c"],
    ["ﬁn", "fin"],
    ["", ""],
  ])("of %j is %j", (text, slug) => expect(slugOf(text, 60)).toBe(slug));

  it("is cut without a hyphen at its end", () => expect(slugOf("abc def", 4)).toBe("abc"));
});

describe("uniqueNames", () => {
  const ID = (first: string, rest = "0000") => `${first}-${rest}-4000-8000-000000000001`;
  const namesOf = (wishes: Record<string, string>, taken: readonly string[] = []) =>
    Object.fromEntries(
      uniqueNames(new Map(Object.entries(wishes)), (name) => !taken.includes(name), "campaign", 100),
    );

  it("gives each its wish where nobody else has it", () => {
    expect(namesOf({ [ID("aaaaaaaa")]: "spring", [ID("bbbbbbbb")]: "" })).toEqual({
      [ID("aaaaaaaa")]: "spring",
      [ID("bbbbbbbb")]: "campaign-bbbbbbbb",
    });
  });

  it("adds as much of the id as tells all apart that would like the same, whatever their order", () => {
    const [one, other] = [ID("aaaaaaaa", "0001"), ID("aaaaaaaa", "0002")];
    const expected = { [one]: "spring-aaaaaaaa-0001", [other]: "spring-aaaaaaaa-0002" };
    expect(namesOf({ [one]: "spring", [other]: "spring" })).toEqual(expected);
    expect(namesOf({ [other]: "spring", [one]: "spring" })).toEqual(expected);
  });

  it("never gives a name that is taken, or that another has for its wish", () => {
    const [one, two, three] = [ID("aaaaaaaa"), ID("bbbbbbbb"), ID("cccccccc")];
    const names = namesOf({ [one]: "spring", [two]: "spring", [three]: "spring-aaaaaaaa" }, ["spring"]);
    expect(names[three]).toBe("spring-aaaaaaaa");
    expect(names[one]).toBe("spring-aaaaaaaa-0000");
    expect(new Set(Object.values(names)).size).toBe(3);
    expect(
      namesOf({ [one]: "spring" }, [
        `spring`,
        ...[8, 13, 18, 23, 36].map((at) => `spring-${one.slice(0, at)}`),
      ]),
    ).toEqual({
      [one]: `spring-${one}-2`,
    });
  });
});

it.each([
  ["ßæœøłđðþı", "ssaeoeolddthi"],
  ["A-_-B", "a-b"],
  ["-a-", "a"],
  ["a 1", "a-1"],
  ["Ａ１", "a1"],
])("slugOf(%j) is %j", (text, slug) => {
  expect(slugOf(text, 60)).toBe(slug);
});

it.each([
  [3, "abc"],
  [5, "abc-d"],
  [7, "abc-def"],
])("at most %i letters of a slug are %j", (most, slug) => {
  expect(slugOf("abc def", most)).toBe(slug);
});

describe("uniqueNames where little room is left", () => {
  const id = (last: string) => `aaaaaaaa-bbbb-4000-8000-00000000000${last}`;

  it("cuts the wish, never the id, with room for a number", () => {
    const names = uniqueNames(
      new Map([
        [id("1"), "abcdefghij"],
        [`b${id("2").slice(1)}`, "abcdefghij"],
      ]),
      () => true,
      "campaign",
      20,
    );
    expect([...names.values()]).toEqual(["abcdefg-aaaaaaaa", "abcdefg-baaaaaaa"]);
  });

  it("leaves no hyphen at the cut", () => {
    const names = uniqueNames(new Map([[id("1"), "ab-cde-hij"]]), (name) => name !== "ab-cde-hij", "x", 20);
    expect([...names.values()]).toEqual(["ab-cde-aaaaaaaa"]);
  });

  it("takes the whole id where nothing less tells them apart", () => {
    const wishes = new Map([
      [id("1"), "x"],
      [id("2"), "x"],
    ]);
    expect([...uniqueNames(wishes, () => true, "campaign", 100).values()]).toEqual([
      `x-${id("1")}`,
      `x-${id("2")}`,
    ]);
  });

  it("counts on where a number is taken too", () => {
    const taken = [8, 13, 18, 23, 36].map((at) => `campaign-${id("1").slice(0, at)}`);
    const isFree = (name: string) => ![...taken, `${taken.at(-1)}-2`].includes(name);
    expect([...uniqueNames(new Map([[id("1"), ""]]), isFree, "campaign", 100).values()]).toEqual([
      `${taken.at(-1)}-3`,
    ]);
  });

  it("has names for nobody where nobody is", () => {
    expect(uniqueNames(new Map(), () => true, "campaign", 100).size).toBe(0);
  });

  it("is the same in whatever order they come", () => {
    const [one, two] = [id("1"), `b${id("2").slice(1)}`];
    const isFree = (name: string) => name !== "x";
    const namesOf = (ids: readonly string[]) =>
      Object.fromEntries(uniqueNames(new Map(ids.map((each) => [each, "x"])), isFree, "campaign", 100));
    expect(namesOf([one, two])).toEqual({ [one]: "x-aaaaaaaa", [two]: "x-baaaaaaa" });
    expect(namesOf([two, one])).toEqual(namesOf([one, two]));
  });
});
