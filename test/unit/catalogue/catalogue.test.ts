import { expect, it } from "vitest";
import { audienceIdIn, environmentsIn, noCatalogue } from "../../../src/catalogue/catalogue.ts";
import { catalogueOf, entry, idOf } from "../../support/samples/catalogue.ts";

it("an id for all environments counts in each; one for an environment only there", () => {
  const audienceId = new Map([["eu", idOf(1)]]);
  expect(audienceIdIn({ audienceId: idOf(1) }, null)).toBe(idOf(1));
  expect(audienceIdIn({ audienceId: idOf(1) }, "us")).toBe(idOf(1));
  expect(audienceIdIn({ audienceId }, "eu")).toBe(idOf(1));
  expect(audienceIdIn({ audienceId }, "us")).toBeNull();
  expect(audienceIdIn({ audienceId }, null)).toBeNull();
});

it("the environments are all that any audience has an id for, sorted", () => {
  const text = `audiences:\n${entry("a", 1)}  b: { audienceId: { us: ${idOf(2)}, eu: ${idOf(3)} }, type: segment }\n  c: { audienceId: { us: ${idOf(4)} }, type: segment }\n`;
  expect(environmentsIn(catalogueOf(text))).toEqual(["eu", "us"]);
  expect(environmentsIn(noCatalogue("audiences.yaml"))).toEqual([]);
});

it("a project without a catalogue has one with nothing in it, and a place for it", () => {
  const { text, isThere, audiences, groups } = noCatalogue("audiences.yaml");
  expect([text.file, text.text, isThere, audiences.size, groups.size]).toEqual([
    "audiences.yaml",
    "",
    false,
    0,
    0,
  ]);
});
