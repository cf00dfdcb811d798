import { describe, expect, test } from "vitest";
import { parseFileValues } from "../../support/runner/file-values.ts";
import { parseCommand, readLog } from "../../support/runner/workflow-commands.ts";

describe("a command on a line", () => {
  test.each([
    ["::notice::hello", { command: "notice", properties: {}, message: "hello" }],
    ["\t  ::error::indented", { command: "error", properties: {}, message: "indented" }],
    ["::WARNING::loud", { command: "warning", properties: {}, message: "loud" }],
    [
      "::error file=a%2Cb%3Ac.yaml,line=3,title=50%25 off::one%0Atwo%250A::three",
      {
        command: "error",
        properties: { file: "a,b:c.yaml", line: "3", title: "50% off" },
        message: "one\ntwo%0A::three",
      },
    ],
    ["a name ##[error]here", { command: "error", properties: {}, message: "here" }],
    [
      "x ##[set-env name=PATH;more=%3B%5D;none=]/evil%0Abin",
      { command: "set-env", properties: { name: "PATH", more: ";]" }, message: "/evil\nbin" },
    ],
    ["::what:: ##[group]inside", { command: "group", properties: {}, message: "inside" }],
  ])("%s", (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  test.each(["text ::error::x", "::unknown::x", "::error", ": :error::x", "##[unknown]x", "##[error x", ""])(
    "is not on: %s",
    (line) => {
      expect(parseCommand(line)).toBeNull();
    },
  );
});

describe("a log", () => {
  test("hides a mask from its command on, whole and line by line, the longest first", () => {
    const read = readLog([
      "secret and more",
      "::add-mask::secret",
      "::add-mask::secret and%0A  lines",
      "this is secret andante and lines",
    ]);
    expect(read.log).toBe("secret and more\nthis is ***ante and ***");
    expect(read.unmasked).toBe("secret and more\nthis is secret andante and lines");
    expect(read.masks).toContain("lines");
    expect(read.commands.map(({ command }) => command)).toEqual(["add-mask", "add-mask"]);
  });

  test("has no commands from stop-commands until its token comes", () => {
    const read = readLog([
      "::stop-commands::Token1",
      "::error::not one",
      "::add-mask::shown",
      "::token1::",
      "::notice::one",
      "shown",
    ]);
    expect(read.commands.map(({ command }) => command)).toEqual(["stop-commands", "notice"]);
    expect(read.log).toContain("::add-mask::shown");
    expect(read.log.endsWith("shown")).toBe(true);
  });
});

describe("the values in a command file", () => {
  test("are single lines and blocks, the last one winning", () => {
    const text = "a=1=2\n\nb<<END\none\n\n<<two=\nEND\nc<<E\nE\na=3\n";
    expect(parseFileValues(text)).toEqual({ a: "3", b: "one\n\n<<two=", c: "" });
  });

  test.each([
    ["a delimiter that never comes", "a<<END\none\nEND2\n"],
    ["a line of neither form", "hello\n"],
    ["no name", "=1\n"],
    ["no name before a block", "<<END\nEND\n"],
    ["no delimiter", "a<<\n"],
  ])("are refused with %s", (_, text) => {
    expect(() => parseFileValues(text)).toThrow();
  });
});
