import { describe, expect, test } from "vitest";
import { issueTitle, planCloseIssues, planOpenIssue } from "../../../../src/github/review/issue-operation.ts";
import { sampleIssue } from "../../../support/samples/github.ts";

const text = { title: "Drift: Spring", body: "<!-- m -->\n\nBody" };
const same = (number: number, isOpen = true) => sampleIssue(number, { ...text, isOpen });
const other = (number: number) => sampleIssue(number, { ...text, body: "<!-- m -->\n\nOld" });

describe("one open issue with this text", () => {
  test.each([
    ["none yet: open one", [], [{ kind: "open", ...text }]],
    ["the same: no request", [same(1)], [{ kind: "leave", number: 1 }]],
    [
      "the same after a web form: no request",
      [sampleIssue(1, { title: text.title, body: "<!-- m -->\r\n\r\nBody\r\n" })],
      [{ kind: "leave", number: 1 }],
    ],
    ["another body: update", [other(1)], [{ kind: "update", number: 1, ...text }]],
    [
      "another title: update",
      [sampleIssue(1, { ...text, title: "Mine now" })],
      [{ kind: "update", number: 1, ...text }],
    ],
    [
      "closed: the newest is opened again",
      [same(5, false), same(3, false), same(4, false)],
      [{ kind: "reopen", number: 5, note: "Again.", ...text }],
    ],
    ["an open one before any closed one", [same(9, false), same(2)], [{ kind: "leave", number: 2 }]],
    [
      "several open: the oldest stays",
      [same(7), same(4), same(5, false)],
      [
        { kind: "leave", number: 4 },
        { kind: "close", number: 7, note: "Issue #4 is about the same and is kept." },
      ],
    ],
  ])("%s", (_, issues, operations) => {
    expect(planOpenIssue(text, issues, "Again.")).toEqual(operations);
  });
});

test("only what is open is closed", () => {
  expect(planCloseIssues([same(1), same(2, false)], "Why.")).toEqual([
    { kind: "close", number: 1, note: "Why." },
  ]);
});

test("a title is one printable line that GitHub takes", () => {
  expect(issueTitle("Drift: a\n\u202Eb")).toBe("Drift: a\\u{A}\\u{202E}b");
  expect(issueTitle("x".repeat(200))).toBe("x".repeat(200));
  expect(issueTitle("x".repeat(201))).toBe(`${"x".repeat(200)}…`);
  expect(issueTitle(`${"x".repeat(199)}🌸y`)).toBe(`${"x".repeat(199)}…`);
});
