import { describe, expect, it } from "vitest";
import { indexText } from "../../../src/yaml/source-text.ts";
import { unfinishedLines } from "../../../src/yaml/unfinished.ts";
import { AUDIENCE, CAMPAIGN, details, INCLUDE, told, VALID } from "../../support/samples/declarations.ts";

const ENTRY = `  - { audienceId: ${AUDIENCE}, type: segment }\n`;

describe("a merge conflict", () => {
  it.each([
    [
      "in a list",
      `campaignId: ${CAMPAIGN}\ninclude:\n<<<<<<< HEAD\n${ENTRY}=======\n${ENTRY}>>>>>>> b\n`,
      [3],
    ],
    ["at the top", `<<<<<<< HEAD\ncampaignId: 1\n=======\ncampaignId: 2\n>>>>>>> feature\n${INCLUDE}`, [1]],
    [
      "with the common ancestor",
      `${VALID}<<<<<<< a\nname: x\n||||||| base\n=======\nname: y\n>>>>>>> b\n`,
      [4],
    ],
    ["that names nobody", `${VALID}<<<<<<<\nname: x\n=======\nname: y\n>>>>>>>\n`, [4]],
    ["twice", `<<<<<<< a\n=======\n>>>>>>> b\n${VALID}<<<<<<< a\n=======\n>>>>>>> b\n`, [1, 7]],
  ])("%s is called that, and nothing else is told", (_, text, lines) => {
    expect(told(text)).toEqual(lines.map((line) => `merge-conflict ${line}:1`));
    expect(told(text.replaceAll("\n", "\r\n"))).toEqual(told(text));
  });

  it("is no single line of such signs", () => {
    expect(told(`${VALID}<<<<<<< HEAD\n`)).toEqual(["yaml-syntax 4:1"]);
  });
});

describe("a template that was not filled in", () => {
  it.each([
    ["a value", `${VALID}name: {{ .Values.name }}\n`, "4:1"],
    ["a line of its own", `{{- if .Values.on }}\n${VALID}`, "1:1"],
    ["an entry", `${VALID}exclude:\n  - {{ audience }}\n`, "5:3"],
  ])("in place of %s", (_, text, where) => {
    expect(told(text)).toEqual([`template-not-filled ${where}`]);
  });

  it("is text in quotes", () => {
    expect(told(`${VALID}name: "{{ x }}"\n`)).toEqual([]);
  });

  it("of another kind in place of an id is called a placeholder", () => {
    for (const id of ["$(CAMPAIGN_ID)", "<CAMPAIGN>"]) {
      expect(details(`campaignId: ${id}\n${INCLUDE}`)).toContain(
        "This is a placeholder that was not filled in.",
      );
    }
  });
});

describe("what a word processor makes of a file", () => {
  it("typographic quotes are named", () => {
    expect(details(`campaignId: \u201c${CAMPAIGN}\u201d\n${INCLUDE}`)).toContain(
      "Typographic quotes are no quotes",
    );
  });

  it("a dash in place of a hyphen is named", () => {
    expect(
      details(`campaignId: ${CAMPAIGN}\ninclude:\n  \u2013 audienceId: ${AUDIENCE}\n    type: segment\n`),
    ).toContain("This line begins with the character U+2013, which only looks like a hyphen.");
  });
});

describe("an empty document, as Helm leaves one", () => {
  it.each([
    ["behind", `---\n# Source: a.yaml\n${VALID}---\n`, "several-documents 6:1", "below"],
    ["in front", `---\n# Source: a.yaml\n---\n# Source: b.yaml\n${VALID}`, "several-documents 3:1", "above"],
  ])("%s is called that", (_, text, where, side) => {
    expect(told(text)).toEqual([where]);
    expect(details(text)).toContain(`The document ${side} this line is empty`);
  });

  it("is none that holds something, or a mistake", () => {
    for (const second of [VALID, "name: [\n"]) {
      expect(details(`${VALID}---\n${second}`)).toContain("A second document starts here.");
    }
  });
});

describe("a line that is to be finished", () => {
  /** What is marked in the text, with what is said of it. */
  const marked = (text: string) =>
    unfinishedLines(indexText("a", text)).map(({ excerpt, detail }) => {
      const { text: line, column, length } = excerpt ?? { text: "", column: 0, length: 0 };
      return [line.slice(column - 1, column - 1 + length), detail];
    });

  it("of a conflict is marked whole, and it is said how to mend it", () => {
    expect(marked("<<<<<<< HEAD of a\r\n=======\r\n>>>>>>> b\r\n")).toEqual([
      [
        "<<<<<<< HEAD of a",
        'Git could not merge two versions: one stands from here to the line "=======", the other from there to ">>>>>>>". Keep what is right, and delete the lines with these signs.',
      ],
    ]);
  });

  it.each([
    ["signs within a line", "x: <<<<<<< a\n>>>>>>> b\n"],
    ["signs with a letter behind them", "<<<<<<<a\n>>>>>>> b\n"],
    ["no end", "<<<<<<< a\n=======\n"],
    ["an end within a line", "<<<<<<< a\nx: >>>>>>> b\n"],
    ["an end with a letter behind it", "<<<<<<< a\n>>>>>>>b\n"],
    ["a template within a text", "name: a {{ x }}\n"],
    ["a template without an end", "name: {{ x\n}}\n"],
  ])("is not one with %s", (_, text) => {
    expect(marked(text)).toEqual([]);
  });

  it.each([
    ["  name:   {{ .x }} and more  \r\n", "name:   {{ .x }} and more"],
    ["-   {{ .x }}\n", "-   {{ .x }}"],
    ["\t- a.b-c: {{ .x }}", "- a.b-c: {{ .x }}"],
  ])("of a template is marked from its first sign to its last: %j", (text, line) => {
    expect(marked(text)).toEqual([
      [
        line,
        "This is the text of a template, in which values are still missing. Fill it in first, for example with helm template, and check what comes out. If it is meant as text, put it in quotes.",
      ],
    ]);
  });
});
