import fc from "fast-check";
import { expect, test } from "vitest";
import { breakCommands } from "../../../../../src/github/run/log-text.ts";
import { anyText } from "../../../../support/fuzz/any-text.ts";

/**
 * Where the runner finds a command: `::` after blanks that .NET's TrimStart takes away, or `##[` anywhere.
 * Source: actions/runner, ActionCommand.cs.
 */
const IS_COMMAND = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*::|##\[/;

test.each([
  ["::set-output name=a::b", ": :set-output name=a::b"],
  ["  \t::warning::x", "  \t: :warning::x"],
  ["\u0085\u00A0::error::x", "\u0085\u00A0: :error::x"],
  [":::error::x", ": ::error::x"],
  ["name ##[error]x ##[x]", "name ## [error]x ## [x]"],
  ["###[x]", "### [x]"],
  ["ok\r::a::b\n::c::d\r\n::e::f\n", "ok\r: :a::b\n: :c::d\r\n: :e::f\n"],
  ["std::vector [## 1] 10:30", "std::vector [## 1] 10:30"],
])("%j", (text, expected) => {
  expect(breakCommands(text)).toBe(expected);
});

test("no line of anything is a command, and only blanks are added", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "::",
      ":",
      "##[",
      "##",
      "[",
      "\n",
      "\r",
      " ",
      "\t",
      "\u0085",
      "\u00A0",
      "\u2028",
      "\uFEFF",
    ),
    anyText({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      const safe = breakCommands(text);
      for (const line of safe.split(/\r\n|\r|\n/)) expect(line).not.toMatch(IS_COMMAND);
      expect(safe.replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
  );
});
