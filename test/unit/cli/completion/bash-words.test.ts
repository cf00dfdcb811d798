import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bashReplies, splitBashLine } from "../../../../src/cli/completion/bash-words.ts";
import { anyText } from "../../../support/fuzz/any-text.ts";

test.each([
  ["campaignctl plan ", ["campaignctl", "plan", ""], "", null],
  ["a  b\\ c", ["a", "b c"], "b\\ c", null],
  ['a "b c', ["a", "b c"], '"b c', '"'],
  ["a 'b \\c", ["a", "b \\c"], "'b \\c", "'"],
  ['a "\\$x\\y', ["a", "$x\\y"], '"\\$x\\y', '"'],
  ['a ""', ["a", ""], '""', null],
  ["a $(touch x)", ["a", "$(touch", "x)"], "x)", null],
] as const)("%j", (line, words, typed, quote) => {
  expect(splitBashLine(line)).toEqual({ words, typed, quote });
});

test.each([
  ["c pl", "pl", ["plan"], ["plan "]],
  ["c --format=te", "te", ["--format=text"], ["text "]],
  ["c x/", "x/", ["x/a b", "x/d/"], ["x/a\\ b ", "x/d/"]],
  ['c "x/a', "x/a", ["x/a $b"], ["x/a \\$b"]],
  ["c 'x/a", "x/a", ["x/a'b"], ["x/a'\\''b"]],
  ["c m:n", "n", ["m:no"], ["no "]],
  ["c 'm':n", "n", ["m:no"], ["no "]],
  ['c x/"z', "z", ["x/z y"], ["z y"]],
  ["c 'x'\\''q", "q", ["x'q y"], ["q y"]],
  ['c "x\\"b', 'x\\"b', ['x"b c'], ['x\\"b c']],
  ['c "a', "a", ["a!!b"], ['a"\\!""\\!"b']],
  ["c a", "other", ["a"], []],
])("%j", (line, part, words, replies) => {
  expect(bashReplies(words, splitBashLine(line), part)).toEqual(replies);
});

test("whatever a name is, bash reads of the reply just that name", () => {
  const names = fc.sample(
    anyText({ minLength: 1 }).filter((name) => !/^~|\0|[/=]$|\p{Cs}/u.test(name)),
    300,
  );
  const replies = bashReplies(names, splitBashLine("c "), "");
  const read = execFileSync("bash", ["--norc", "-c", `printf '%s\\0' ${replies.join("")}`], {
    encoding: "utf8",
    env: { LC_ALL: "C.UTF-8" },
  });
  expect(read.split("\0").slice(0, -1)).toEqual(names);
});
