import { describe, expect, test } from "vitest";
import {
  escapeInHtml,
  escapeMarkdown,
  markdownCode,
} from "../../../../src/render/markdown/markdown-escape.ts";

const BREAK = "&#8203;";

describe("escapeMarkdown", () => {
  test.each([
    ["emphasis and strike", "*a* _b_ ~c~", "&#42;a&#42; &#95;b&#95; &#126;c&#126;"],
    ["code", "`a`", "&#96;a&#96;"],
    ["link", "[a](b)", "&#91;a&#93;(b)"],
    ["image", "![a](b)", "!&#91;a&#93;(b)"],
    ["HTML", "<img src=x>", "&#60;img src=x&#62;"],
    ["HTML comment", "<!-- x -->", "&#60;!-- x --&#62;"],
    ["character reference", "&lt;&#60;", `&#38;lt;&#38;#${BREAK}60;`],
    ["end of a cell", "a|b\\|c", "a&#124;b&#92;&#124;c"],
    ["mathematics", "$x$", "&#36;x&#36;"],
    ["mention", "@octo/team", `@${BREAK}octo/team`],
    ["e-mail address", "a@b.example", `a@${BREAK}b.example`],
    ["issue number", "see #12 and GH-12", `see #${BREAK}12 and GH-${BREAK}12`],
    ["URL", "https://evil.example", "`https://evil.example`"],
    ["URL with more in it", "ssh://evil.example", `ssh:${BREAK}//evil.example`],
    ["host name", "WWW.evil.example", `WWW${BREAK}.evil.example`],
    ["emoji name", ":tada:", `:${BREAK}tada:`],
    ["commit id", "fix 4f53cda now", "fix `4f53cda` now"],
    ["commit id behind a dash", "fix-4f53cda", `fix-4f53cd${BREAK}a`],
    ["heading", "# a", `#${BREAK} a`],
    ["list item", "- a", "&#45; a"],
    ["numbered item", "12. a", "&#49;2. a"],
    ["indented code", "    a", "&#32;   a"],
    ["underline of a heading", "===", "&#61;=="],
    ["newline", "a\n\n# b", `a&#92;u{A}&#92;u{A}#${BREAK} b`],
    ["long hex run", "Spring 20261123", "Spring `20261123`"],
    ["bidi override", "\u202Ea", "&#92;u{202E}a"],
  ])("disarms: %s", (_, text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test.each(["Spring re-engagement (US), 50% off!", "10:20 UTC, 2026 Q1", "Größe 春"])(
    "leaves as it is: %s",
    (text) => {
      expect(escapeMarkdown(text)).toBe(text);
    },
  );
});

describe("what people copy becomes code, with nothing in it that cannot be seen", () => {
  test.each([
    ["Two files declare ", "a1b2c3d4-0000-4000-8000-000000000001", " in one."],
    ["Digest ", `sha256:${"0a".repeat(32)}`, "."],
    ["See ", "https://api.example.com/public/v1", ": refused."],
    ["It is also declared in ", "campaigns/spring-2026.yaml:12:1", ", and"],
    ["(", "a.yml", ")"],
    ["Quote it: ", '"12e45678"', "."],
    ["a map such as ", '{ audienceId: "a1b2c3d4-0000-4000-8000-000000000001", type: segment }', ", but"],
  ])("%s%s", (before, copied, after) => {
    expect(escapeMarkdown(`${before}${copied}${after}`)).toBe(`${before}\`${copied}\`${after}`);
  });

  test("a request with its path, so that an id in it can be copied", () => {
    const path = "/campaigns/710382eb-e90a-4d00-8f16-c6a3803842b9/summary";
    expect(escapeMarkdown(`GET ${path}: no answer`)).toBe(`\`GET ${path}\`: no answer`);
  });

  test("not inside of HTML, where no code span is", () => {
    expect(escapeInHtml("a 4f53cda of @jane")).toBe(`a 4f53cd${BREAK}a of @${BREAK}jane`);
  });
});

describe("markdownCode", () => {
  test("ids and places become code", () => {
    expect(markdownCode("campaigns/a-b.yaml:2:1")).toBe("`campaigns/a-b.yaml:2:1`");
  });

  test.each([
    ["a b/@c#1.yaml:2:1", "`a b/@c#1.yaml:2:1`"],
    ["a`b", "``a`b``"],
    ["`a`", "`` `a` ``"],
    [" a", "`  a `"],
    ["a\nb", "`a\\u{A}b`"],
  ])("anything else too: %j", (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  test.each(["a|b", "", " "])("but what could end a cell, or is nothing to see: %j", (text) => {
    expect(markdownCode(text)).toBe(escapeMarkdown(text));
  });
});
