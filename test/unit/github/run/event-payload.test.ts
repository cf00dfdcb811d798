import { describe, expect, test } from "vitest";
import { UsageError } from "../../../../src/domain/errors.ts";
import { isSha, payloadNode, shortSha } from "../../../../src/github/run/event-payload.ts";

const HINT = "GitHub writes the event to the file that GITHUB_EVENT_PATH names.";

test("a payload is walked to what it holds", () => {
  const sha = "a".repeat(40);
  const node = payloadNode({ pull: { number: 1, head: { sha, ref: "main" } } }).at("pull");
  expect(node.at("number").whole()).toBe(1);
  expect(node.at("head").at("sha").sha()).toBe(sha);
  expect(node.at("head").at("ref").text()).toBe("main");
  expect(node.at("base").at("ref").textOrNull()).toBeNull();
});

describe("what is missing or odd is named, from the root", () => {
  test.each([
    ["an empty text", { a: { b: "" } }],
    ["a number", { a: { b: 7 } }],
    ["nothing", { a: null }],
    ["an inherited key", { a: Object.create({ b: "text" }) }],
  ])("instead of text: %s", (_, payload) => {
    expect(() => payloadNode(payload).at("a").at("b").text()).toThrow(
      new UsageError("The event has no a.b that is text.", HINT),
    );
    expect(payloadNode(payload).at("a").at("b").textOrNull()).toBeNull();
  });

  test.each([0, -1, 1.5, 2 ** 53, "7", null])("instead of a count: %j", (value) => {
    expect(() => payloadNode(value).whole()).toThrow(
      expect.objectContaining({ message: "The event has no payload that is a number.", hint: HINT }),
    );
  });

  test.each([7, "", "main", "a".repeat(39), ["a".repeat(40)]])("instead of a commit: %j", (value) => {
    expect(() => payloadNode({ after: value }).at("after").sha()).toThrow(
      "The event has no after that is a full commit id.",
    );
  });
});

test.each([
  ["40 digits", "0123456789abcdef0123456789abcdef01234567", true],
  ["64 digits", "f".repeat(64), true],
  ["41 digits", "a".repeat(41), false],
  ["65 digits", "a".repeat(65), false],
  ["upper case", "A".repeat(40), false],
  ["more before", `-${"a".repeat(40)}`, false],
  ["more behind", `${"a".repeat(40)}-`, false],
])("a full commit id: %s", (_, text, is) => {
  expect(isSha(text)).toBe(is);
});

test("a commit is written in seven digits", () => {
  expect(shortSha("0123456789abcdef0123456789abcdef01234567")).toBe("0123456");
});
