import { beforeAll, describe, expect, it } from "vitest";
import type { Span } from "../../../src/domain/source-file.ts";
import { keySpan, type Path, pathOf, valueSpan } from "../../../src/yaml/locate.ts";
import { readDocument } from "../../../src/yaml/yaml-document.ts";
import { file } from "../../support/samples/declarations.ts";

const TEXT = "a: { x: 1, y }\nlist:\n  - p\n  - q: r\nlist: again\n";
let root: unknown = null;
beforeAll(() => {
  root = readDocument(file("a.yaml", TEXT)).root;
});

function cut([from, to]: Span): string {
  return TEXT.slice(from, to);
}

describe("pathOf", () => {
  it.each<[string, Path]>([
    ["", []],
    ["/a/0", ["a", "0"]],
    ["/a~1b/c~0d/~01", ["a/b", "c~d", "~1"]],
  ])("takes %j apart", (pointer, path) => {
    expect(pathOf(pointer)).toEqual(path);
  });
});

describe("spans", () => {
  it.each<[Path, string, string]>([
    [["a"], "{ x: 1, y }", "a"],
    [["a", "x"], "1", "x"],
    [["a", "y"], "y", "y"],
    [["list", "0"], "p", "p"],
    [["list", "1", "q"], "r", "q"],
    [["a", "missing"], "{ x: 1, y }", "{ x: 1, y }"],
    [["list", "7"], "- p\n  - q: r\n", "- p\n  - q: r\n"],
    [[], TEXT, TEXT],
  ])("of %j", (path, value, key) => {
    expect([cut(valueSpan(root, path)), cut(keySpan(root, path))]).toEqual([value, key]);
  });
});

describe("a map of many keys", () => {
  const KEYS = Array.from({ length: 31 }, (_, index) => `k${index}`);
  const text = [...KEYS, "k7"].map((key, index) => `${key}: v${index}\n`).join("");

  it("is looked through as one of few, and of a key that is there twice the first one counts", () => {
    const { root: many } = readDocument(file("a.yaml", text));
    const cutMany = ([from, to]: Span) => text.slice(from, to);
    for (const [index, key] of KEYS.entries()) {
      expect(cutMany(valueSpan(many, [key]))).toBe(`v${index}`);
      expect(cutMany(keySpan(many, [key]))).toBe(key);
    }
    expect(keySpan(many, ["k7"])[0]).toBe(text.indexOf("k7:"));
    expect(cutMany(valueSpan(many, ["missing"]))).toBe(text);
  });
});
