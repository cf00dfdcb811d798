import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../../src/catalogue/read-catalogue.ts";
import { withoutHang } from "../../support/fuzz/budget.ts";
import { catalogueOf, entry, idOf, toldOfCatalogue } from "../../support/samples/catalogue.ts";
import { file, place } from "../../support/samples/declarations.ts";

describe("a valid catalogue", () => {
  it("gives every audience and group with its place, ids in lower case", () => {
    const text =
      `audiences:\n  vip: { audienceId: ${idOf(2).toUpperCase()}, type: audience, description: Best, owner: crm, previewId: aud_1 }\n` +
      `  "123":\n    audienceId: { eu: ${idOf(3).toUpperCase()}, us: ${idOf(4)} }\n    type: segment\ngroups:\n  all: [vip, "123"]\n`;
    const { audiences, groups, isThere } = catalogueOf(text);
    expect(isThere).toBe(true);
    expect(audiences.get("vip")).toEqual({
      name: "vip",
      audienceId: idOf(2),
      type: "audience",
      description: "Best",
      owner: "crm",
      previewId: "aud_1",
      place: [13, 16],
    });
    expect(audiences.get("123")).toMatchObject({
      audienceId: new Map([
        ["eu", idOf(3)],
        ["us", idOf(4)],
      ]),
      description: null,
      owner: null,
      previewId: null,
    });
    const members = groups.get("all")?.members ?? [];
    expect(members.map(({ says, place }) => [says, text.slice(...place)])).toEqual([
      ["vip", "vip"],
      ["123", '"123"'],
    ]);
  });

  it("may have groups alone, or audiences alone", () => {
    expect(catalogueOf(`audiences:\n${entry("vip", 1)}`).groups.size).toBe(0);
    expect(toldOfCatalogue("groups: {}\n").told).toEqual([]);
  });
});

describe("as strict as a campaign file", () => {
  it.each([
    ["nothing", "", "empty-file 1:1", "Fill it in"],
    ["an unknown key", `audience:\n${entry("vip", 1)}`, "unknown-key 1:1", 'Did you mean "audiences"?'],
    [
      "a name with a capital",
      `audiences:\n${entry("Vip", 1)}`,
      "invalid-value 2:3",
      "1 to 64 lower-case letters",
    ],
    ["a name in the form of an id", `audiences:\n${entry(idOf(1), 1)}`, "invalid-value 2:3", "is no UUID"],
    ["a name that is too long", `audiences:\n${entry("a".repeat(65), 1)}`, "invalid-value 2:3", "1 to 64"],
    ["a name that YAML reads as a number", `audiences:\n${entry("123", 1)}`, "key-not-text 2:3", "in quotes"],
    ["a name that YAML reads as nothing", `audiences:\n${entry("null", 1)}`, "key-not-text 2:3", "in quotes"],
    ["a name twice", `audiences:\n${entry("vip", 1)}${entry("vip", 2)}`, "duplicate-key 3:3", "line 2"],
    ["no type", `audiences:\n  vip: { audienceId: ${idOf(1)} }\n`, "missing-key 2:8", '"type" is missing'],
    [
      "an id that is none",
      "audiences:\n  vip: { audienceId: x, type: segment }\n",
      "invalid-id 2:22",
      "a UUID",
    ],
    ["an owner that is no text", `audiences:\n${entry("vip", 1, ", owner: 1")}`, "quote-needed 2:82", "text"],
    ["an anchor", "audiences: &a\n  x: 1\n", "anchor-not-allowed 1:12", "Write every value out"],
    ["a group with nobody", "groups:\n  all: []\n", "invalid-value 2:8", "at least one member"],
    ["a member that is a number", "groups:\n  all: [123]\n", "quote-needed 2:9", 'quote it: "123"'],
    ["a member that is no name", "groups:\n  all: [A b]\n", "invalid-value 2:9", '"A b" is no name'],
  ])("%s", (_, text, where, detail) => {
    const { told, details } = toldOfCatalogue(text);
    expect(told).toContain(where);
    expect(details).toContain(detail);
    expect(readCatalogue(file("a.yaml", text)).catalogue).toBeNull();
  });

  it.each([
    ["5\n", "a map with the keys audiences and groups"],
    ["audiences: 5\n", "a map from names to audiences"],
    [
      "audiences:\n  a: 5\n",
      "a map such as { audienceId: a1b2c3d4-0000-0000-0000-000000000001, type: segment }",
    ],
    ["audiences:\n  a: { audienceId: 5, type: segment }\n", "or a map from environment names to UUIDs"],
    [`audiences:\n  a: { audienceId: ${idOf(1)}, type: list }\n`, "audience or segment"],
    [`audiences:\n${entry("a", 1, ", description: [b]")}`, "text"],
    [
      `audiences:\n${entry("a", 1, ", previewId: a/b")}`,
      "the id that the API counts it under, such as aud_01HXYZ",
    ],
    ["groups: 5\n", "a map from names to lists of names"],
    ["groups:\n  a: 5\n", "a list of names, such as [unsubscribed, legal-hold]"],
    ["groups:\n  a: [[b]]\n", "the name of an audience or a group"],
    ["groups:\n  A: [b]\n", "a name that has 1 to 64 lower-case letters"],
  ])("says what is expected: %j", (text, expected) => {
    expect(toldOfCatalogue(text).details).toContain(expected);
  });

  it("warns beside a catalogue, and gives it all the same", () => {
    const { catalogue, diagnostics } = readCatalogue(
      file("audiences.yaml", `audiences:\n${entry("a", 1)}${entry("b", 1)}`),
    );
    expect([catalogue?.audiences.size, diagnostics.map(({ severity }) => severity)]).toEqual([
      2,
      ["warning"],
    ]);
    const wrong = readCatalogue(file("audiences.yaml", "groups:\n  a: [a]\n"));
    expect([wrong.catalogue, wrong.diagnostics.length]).toEqual([null, 1]);
  });

  it("tells every mistake at once", () => {
    const text = `audiences:\n  a: { audienceId: x, type: list }\n  B: 1\ngroups: [a]\n`;
    expect(toldOfCatalogue(text).told.sort()).toEqual([
      "invalid-id 2:20",
      "invalid-value 2:29",
      "invalid-value 3:3",
      "wrong-type 3:6",
      "wrong-type 4:9",
    ]);
  });
});

describe("a secret of this run in a catalogue", () => {
  const SECRET = "my-secret-token-12345";
  const ID = "c0ffee00-0000-4000-8000-00000000abcd";

  it.each([
    ["the name of an audience", `audiences:\n${entry(SECRET, 1)}`, "2:3"],
    ["the name of a group", `audiences:\n${entry("a", 1)}groups:\n  g: [a]\n  all-${SECRET}: [g]\n`, "5:3"],
    ["a member that nothing has the name of", `groups:\n  g: [${SECRET}]\n`, "2:7"],
    [
      "an id, in other letters",
      `audiences:\n  a: { audienceId: ${ID.toUpperCase()}, type: segment }\n`,
      "2:3",
    ],
    [
      "an id for an environment",
      `audiences:\n  a:\n    type: segment\n    audienceId: { eu: ${ID} }\n`,
      "2:3",
    ],
    [
      "a description, escaped and below",
      `audiences:\n  a:\n    audienceId: ${idOf(1)}\n    type: segment\n    description: "${SECRET.replace("-", "\\x2d")}!"\n`,
      "2:3",
    ],
    ["an owner", `audiences:\n${entry("a", 1, `, owner: ${SECRET}`)}`, "2:3"],
    ["a previewId", `audiences:\n${entry("a", 1, `, previewId: ${SECRET}`)}`, "2:3"],
  ])("is an error that shows nothing of it: %s", (_, text, where) => {
    const source = { ...file("audiences.yaml", text), secrets: [SECRET, ID] };
    const { catalogue, diagnostics } = readCatalogue(source);
    expect(catalogue).toBeNull();
    expect(diagnostics.map(place)).toEqual([`invalid-value ${where}`]);
    expect(diagnostics.map(({ excerpt }) => excerpt)).toEqual([null]);
    expect(diagnostics[0]?.detail).toMatch(/holds the token or the client secret of this run/);
    expect(JSON.stringify(diagnostics)).not.toMatch(/my-secret|my\\|c0ffee/i);
    expect(readCatalogue(file("audiences.yaml", text)).diagnostics.map(({ detail }) => detail)).not.toEqual(
      diagnostics.map(({ detail }) => detail),
    );
  });
});

it("thousands of mistakes take no longer than the file itself", () => {
  const wrong = Array.from({ length: 5_000 }, (_, n) => `  a${n}: { audienceId: x, type: list }\n`).join("");
  expect(withoutHang(() => toldOfCatalogue(`audiences:\n${wrong}`)).told).toHaveLength(10_000);
});
