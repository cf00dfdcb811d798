import { describe, expect, it } from "vitest";
import { endOfNode, nodeValue, spanOf } from "../../../src/yaml/node-value.ts";
import { indexText } from "../../../src/yaml/source-text.ts";
import { readDocument } from "../../../src/yaml/yaml-document.ts";
import { file } from "../../support/samples/declarations.ts";

const rootOf = (text: string) => readDocument(file("a.yaml", text)).root;

describe("endOfNode", () => {
  it.each([
    ["a: 1\nb: x # why\n# more\n", "a: 1\nb: x"],
    ["- 1\n- x\n# more\n", "- 1\n- x"],
    ["a:\n  - b: x\n    # more\n", "a:\n  - b: x"],
    ["a: [1, 2, # one\n  3]\n# more\n", "a: [1, 2, # one\n  3]"],
    ["a: { x: 1 }\n# more\n", "a: { x: 1 }"],
    ["a: []\n# more\n", "a: []"],
    ["a: {}\n# more\n", "a: {}"],
    ["word # more\n", "word"],
  ])("of %j is behind %j", (text, all) => {
    expect(text.slice(0, endOfNode(rootOf(text)))).toBe(all);
  });
});

it.each([null, undefined, {}, { range: null }])(
  "what has no place is at the start of the text: %j",
  (node) => {
    expect(spanOf(node)).toEqual([0, 0]);
  },
);

describe("nodeValue", () => {
  const read = (text: string) => {
    const root = rootOf(text);
    if (root === null) throw new Error("There is nothing to read.");
    return nodeValue(root, indexText("a.yaml", text));
  };
  const codes = (text: string) => read(text).diagnostics.map(({ code }) => code);

  it.each([
    ["9007199254740991", []],
    ["-9007199254740991", []],
    ["9007199254740992", ["number-too-large"]],
    ["+9007199254740992", ["number-too-large"]],
    ["0o777777777777777777777", ["number-too-large"]],
    ["1e300", []],
    ["9007199254740993.5", []],
    [".inf", []],
    ["-.inf", []],
    [".nan", []],
    ["0xFF", []],
  ])("x: %s has the faults %j", (number, faults) => {
    expect(codes(`x: ${number}\n`)).toEqual(faults);
    expect(codes(`- ${number}\n`)).toEqual(faults);
  });

  it("reads what has no value as nothing", () => {
    expect(read("a:\nb: [null, ~]\n").value).toEqual({ a: null, b: [null, null] });
    expect(read("{ a }\n").value).toEqual({ a: null });
  });

  it("tells where merge keys stand, with their values", () => {
    const text = "a: 1\n<<: { b: 1 }\nc: 2\n<<:\n";
    expect(read(text).merges.map((span) => text.slice(...span))).toEqual(["<<: { b: 1 }", "<<:"]);
    expect(read(text).diagnostics[0]?.detail).toBe(
      'A merge key ("<<") takes keys from somewhere else, so that this place alone does not say what holds. Write the keys out here.',
    );
    expect(read(`'<<': 1\n`).merges).toEqual([]);
  });

  it("tells where a key is already, and takes the first", () => {
    const { value, diagnostics } = read('a: 1\nb:\n  x: 1\n  "x": 2\n');
    expect(value).toEqual({ a: 1, b: { x: 1 } });
    expect(diagnostics.map(({ detail }) => detail)).toEqual([
      'The key "x" is already on line 3, column 3, and only one of the two could count. Delete or merge one of them.',
    ]);
  });
});
