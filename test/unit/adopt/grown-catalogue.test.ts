import { describe, expect, it } from "vitest";
import { growCatalogue } from "../../../src/adopt/grown-catalogue.ts";
import { newAudiences } from "../../../src/adopt/new-audiences.ts";
import { noCatalogue } from "../../../src/catalogue/catalogue.ts";
import { namesOf } from "../../../src/catalogue/names.ts";
import type { AudienceRef } from "../../../src/domain/model.ts";
import { MAX_CATALOGUE_BYTES } from "../../../src/domain/source-file.ts";
import { catalogueOf, entry, idOf } from "../../support/samples/catalogue.ts";

const segment = (n: number): AudienceRef => ({ audienceId: idOf(n), type: "segment" });
const LIVE = new Map([
  [idOf(7), "Zebra"],
  [idOf(8), "VIP customers"],
  [idOf(9), "VIP Customers!"],
]);
const NEW = (text: string) => `{ audienceId: ${text}, type: segment }`;

function grow(text: string | null, refs: readonly AudienceRef[], environment: string | null = null) {
  const before = text === null ? noCatalogue("audiences.yaml") : catalogueOf(text);
  const choice = { names: namesOf(before, environment), environment, liveNames: LIVE };
  return growCatalogue(before, newAudiences(refs, choice), environment)?.text ?? null;
}

describe("a catalogue grows", () => {
  it("from nothing, with names made from live names, sorted, and what they were beside them", () => {
    expect(grow(null, [7, 8, 9, 5, 7].map(segment))).toBe(
      `# Audiences by name. These names were made from what the API calls them: change them as you like, here and in the files.
audiences:
  audience-a1b2c3d4: ${NEW(idOf(5))}
  vip-customers-${idOf(8)}: ${NEW(idOf(8))} # "VIP customers"
  vip-customers-${idOf(9)}: ${NEW(idOf(9))} # "VIP Customers!"
  zebra: ${NEW(idOf(7))} # "Zebra"
`,
    );
  });

  it("behind what is there, and never by a name or an id that is there", () => {
    const text = `groups:\n  x: [a]\naudiences:\n    # first\n    zebra:\n      audienceId: ${idOf(1)}\n      type: segment # why\n    a: { audienceId: ${idOf(2)}, type: audience } # last\n\n# closing\n`;
    expect(grow(text, [7, 2].map(segment))).toBe(
      text.replace("# last\n", `# last\n    zebra-a1b2c3d4: ${NEW(idOf(7))} # "Zebra"\n`),
    );
  });

  it.each([
    [
      "audiences: {} # none\ngroups: {}\n",
      `audiences: # none\n  zebra: ${NEW(idOf(7))} # "Zebra"\ngroups: {}\n`,
    ],
    [
      `audiences: { a: ${NEW(idOf(1))} } # one\n`,
      `audiences: { a: ${NEW(idOf(1))}, zebra: ${NEW(idOf(7))} } # one\n`,
    ],
    [
      `audiences:\r\n${entry("a", 1).trimEnd()}\r\n`,
      `audiences:\r\n  a: ${NEW(idOf(1))}\r\n  zebra: ${NEW(idOf(7))} # "Zebra"\r\n`,
    ],
    [
      `audiences:\n${entry("a", 1).trimEnd()}`,
      `audiences:\n  a: ${NEW(idOf(1))}\n  zebra: ${NEW(idOf(7))} # "Zebra"\n`,
    ],
    ["groups: {}\n", `groups: {}\n\naudiences:\n  zebra: ${NEW(idOf(7))} # "Zebra"\n`],
  ])("in the form of %j", (text, grown) => expect(grow(text, [segment(7)])).toBe(grown));

  it("by environment where one is chosen", () => {
    expect(grow("audiences: {}\n", [segment(7)], "production")).toContain(
      `  zebra: { audienceId: { production: ${idOf(7)} }, type: segment } # "Zebra"\n`,
    );
  });

  it.each([
    ["is all in braces", "{ audiences: {} }\n"],
    ["has a document behind it", "groups: {}\n...\n"],
    ["would be larger than a catalogue may be", `audiences: {}\n${"#".repeat(MAX_CATALOGUE_BYTES - 20)}\n`],
  ])("not where it %s", (_, text) => {
    expect(grow(text, [segment(7)])).toBeNull();
  });

  it.each([
    ["under a name that is there", { name: "a" }],
    ["with an id that it would say in another way", { audienceId: idOf(7).toUpperCase() }],
  ])("not by an audience %s", (_, wrong) => {
    const added = { ...segment(7), name: "zebra", liveName: null, ...wrong };
    expect(growCatalogue(catalogueOf(`audiences:\n${entry("a", 1)}`), [added], null)).toBeNull();
  });

  it("keeps what the others say: owners, ids by environment, groups", () => {
    const text = `audiences:\n${entry("a", 1, ", owner: crm, description: All, previewId: x1")}  b: { audienceId: { eu: ${idOf(2)}, us: ${idOf(3)} }, type: audience }\ngroups:\n  g: [a, b]\n`;
    const [head, groups] = text.split(/(?=^groups)/m);
    expect(grow(text, [segment(7)], "eu")).toBe(
      `${head}  zebra: { audienceId: { eu: ${idOf(7)} }, type: segment } # "Zebra"\n${groups}`,
    );
  });

  it("tells what the text says", () => {
    const added = [{ ...segment(7), name: "zebra", liveName: null }];
    const grown = growCatalogue(catalogueOf(`audiences:\n${entry("a", 1)}`), added, null);
    expect([...(grown?.catalogue.audiences.keys() ?? [])]).toEqual(["a", "zebra"]);
    expect(grown?.catalogue.text).toMatchObject({ file: "audiences.yaml", text: grown?.text });
  });
});
