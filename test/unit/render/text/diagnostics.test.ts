import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../../src/domain/model.ts";
import { renderDiagnostics } from "../../../../src/render/text/diagnostics.ts";
import { colourStyle, plainStyle } from "../../../../src/render/text/style.ts";

const diagnostic = (overrides: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: "error",
  code: "unknown-key",
  summary: "The key is not known",
  detail: '"inclde" is no key of a campaign file. Did you mean "include"?',
  file: "campaigns/spring.yaml",
  range: { start: { line: 12, column: 1 }, end: { line: 12, column: 7 } },
  excerpt: { text: "inclde:", column: 1, length: 6 },
  ...overrides,
});

const plain = (...diagnostics: Diagnostic[]) => renderDiagnostics(diagnostics, { style: plainStyle });

/** The source line and the caret line below it. */
const excerptOf = (text: string, column: number, length: number) =>
  plain(diagnostic({ excerpt: { text, column, length } }))
    .split("\n")
    .slice(2, 4)
    .map((line) => line.slice("    12 | ".length));

test("place, source line with carets, what to do, and a count", () => {
  const warning = diagnostic({
    severity: "warning",
    code: "made-up",
    file: null,
    range: null,
    excerpt: null,
  });
  expect(plain(diagnostic(), warning)).toBe(`\
error[unknown-key] campaigns/spring.yaml:12:1
  The key is not known
    12 | inclde:
       | ^^^^^^
  "inclde" is no key of a campaign file. Did you mean "include"?

warning[made-up]
  The key is not known
  "inclde" is no key of a campaign file. Did you mean "include"?

1 error, 1 warning.
`);
});

test("nothing to tell is told as well", () => {
  expect(plain()).toBe("0 errors, 0 warnings.\n");
});

test("a file without a position, and an excerpt without a line", () => {
  expect(plain(diagnostic({ range: null, detail: "One line.\n\nAnother." }))).toBe(`\
error[unknown-key] campaigns/spring.yaml
  The key is not known
     | inclde:
     | ^^^^^^
  One line.

  Another.

1 error, 0 warnings.
`);
});

describe("carets stand under the right columns", () => {
  test.each([
    ["in the middle", "  inclde: []", 3, 6, ["  inclde: []", "  ^^^^^^"]],
    ["after wide characters", "name: 春の, x", 11, 1, ["name: 春の, x", "            ^"]],
    ["under wide characters", "春の: x", 1, 2, ["春の: x", "^^^^"]],
    ["after a combining mark", "e\u0301: x", 5, 1, ["e\u0301: x", "   ^"]],
    ["after tabs", "\ta\tb: x", 4, 1, ["    a   b: x", "        ^"]],
    ["before a tab", "abc\td", 2, 2, ["abc d", " ^^"]],
    ["under a tab", "a\tb", 2, 1, ["a   b", " ^^^"]],
    ["after what is made visible", "\u200Bab", 2, 2, ["\\u{200B}ab", "        ^^"]],
    ["under what is made visible", "a\u00A0b", 2, 1, ["a\\u{A0}b", " ^^^^^^"]],
    ["at the end of the line", "a:", 3, 1, ["a:", "  ^"]],
    ["far behind the end of the line", "a:", 99, 5, ["a:", "  ^"]],
    ["with no length", "a: b", 4, 0, ["a: b", "   ^"]],
    ["before the line", "ab", -3, 1, ["ab", "^"]],
  ] as const)("%s", (_, text, column, length, expected) => {
    expect(excerptOf(text, column, length)).toEqual(expected);
  });
});

test("what comes from files and their names is made visible", () => {
  const text = plain(
    diagnostic({
      code: "a\x1b",
      file: "c\x1b[2J\n.yaml",
      summary: "s\u202E",
      detail: "d\x07\r\nnext",
      excerpt: { text: "\x1b[31mred", column: 1, length: 3 },
    }),
  );
  expect(text).toBe(`\
error[a\\u{1B}] c\\u{1B}[2J\\u{A}.yaml:12:1
  s\\u{202E}
    12 | \\u{1B}[31mred
       | ^^^^^^^^
  d\\u{7}
  next

1 error, 0 warnings.
`);
});

test("colour adds nothing but colour codes", () => {
  const coloured = renderDiagnostics([diagnostic()], { style: colourStyle });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control characters.
  expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(plain(diagnostic()));
  expect(coloured).toContain("\x1b[31m^^^^^^\x1b[39m");
  expect(coloured).toContain("\x1b[31merror[unknown-key]\x1b[39m");
  const warning = renderDiagnostics([diagnostic({ severity: "warning" })], { style: colourStyle });
  expect(warning).toContain("\x1b[33mwarning[unknown-key]\x1b[39m");
});
