import { describe, expect, test } from "vitest";
import { escapeMarkdown, markdownCode } from "../../../../src/render/markdown/markdown-escape.ts";
import { isSeenLine } from "../../../../src/render/markdown/seen-line.ts";

const HOSTILE = [
  "<!-- a",
  "`` ` <b>",
  "[a]: x",
  "![a](b)",
  "$$x$$",
  "~~~",
  "a | b",
  "&lt; &",
  "\\`",
  "\u202ea",
];

describe("a line of ours is seen whole", () => {
  test.each(HOSTILE)("with %s in it, escaped or as code", (text) => {
    expect(isSeenLine(`- ${escapeMarkdown(text)} ${markdownCode(text)}`)).toBe(true);
  });

  test.each([
    "",
    "> [!CAUTION]",
    "> **a**: b\\",
    "| **a** | [`x`<wbr>y](https://x.example/a#L1) | b<br>c |",
    "- **error\\[a\\]** `b`: c",
    "<b>a</b> in [`b`](c)",
  ])("%s", (line) => {
    expect(isSeenLine(line)).toBe(true);
  });
});

test.each([
  ...HOSTILE,
  "    a",
  "\ta",
  "<br>",
  "<wbr>a",
  "a <b>b",
  "<b>`</b>`",
  "> `a\\",
  "a\\",
  "| `a | b` |",
  "[a](b",
  "[^a]: b",
  "- [ ] a",
  "&#8238;a",
  "&#0;",
  "`` a `",
])("another's may not be: %s", (line) => {
  expect(isSeenLine(line)).toBe(false);
});
