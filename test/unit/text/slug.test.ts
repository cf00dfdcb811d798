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
