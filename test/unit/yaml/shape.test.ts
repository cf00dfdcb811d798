import { describe, expect, it } from "vitest";
import { validatorOf } from "../../../src/schema/validator.ts";
import { below, knownKeys, placeOf, type Shape } from "../../../src/yaml/shape.ts";

const SHAPE: Shape = {
  validate: validatorOf({}),
  name: "box",
  expected: {
    "": "a map",
    list: "a list",
    "list/*": "a map",
    "list/*/type": "a word",
    labels: "a map",
    "labels/*": "text",
    "labels/own": "more",
    labelsAll: "a map",
  },
  ids: [],
};

it("puts the words for what is in a map below its place", () => {
  expect(below("a", { b: "one", "c/*": "two" })).toEqual({ "a/b": "one", "a/c/*": "two" });
});

describe("placeOf", () => {
  it.each([
    [["list"], "list"],
    [["list", "7"], "list/*"],
    [["list", "7", "type"], "list/*/type"],
    [["labels", "x"], "labels/*"],
    [["other", "x", "y"], "other/x/y"],
    [["list", "7", "id"], "list/7/id"],
    [["list", "7", "type", "deeper"], "list/7/type/deeper"],
    [[], ""],
  ])("of %j is %j", (path, place) => {
    expect(placeOf(SHAPE, path)).toBe(place);
  });
});

describe("knownKeys", () => {
  it.each([
    ["", ["list", "labels", "labelsAll"]],
    ["list", []],
    ["list/*", ["type"]],
    ["labels", ["own"]],
    ["other", []],
  ])("of %j are %j", (place, keys) => {
    expect(knownKeys(SHAPE, place)).toEqual(keys);
  });
});
