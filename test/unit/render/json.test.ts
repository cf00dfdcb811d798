import { expect, test } from "vitest";
import { renderJson } from "../../../src/render/json.ts";

test("two spaces, and a newline at the end", () => {
  expect(renderJson({ a: [1], b: null })).toBe('{\n  "a": [\n    1\n  ],\n  "b": null\n}\n');
});

test("letters stay, invisible characters are escaped and read back as they were", () => {
  const value = { name: "春 \x1b[31m \x9b \u202E \u2028 \u{E0041} \x7f" };
  const json = renderJson(value);
  expect(json).toBe('{\n  "name": "春 \\u001b[31m \\u009b \\u202e \\u2028 \\udb40\\udc41 \\u007f"\n}\n');
  expect(JSON.parse(json)).toEqual(value);
});

test("lone surrogates survive being written as UTF-8", () => {
  const json = renderJson({ name: "a\uD83Db" });
  expect(Buffer.from(json, "utf8").toString("utf8")).toBe(json);
  expect(JSON.parse(json)).toEqual({ name: "a\uD83Db" });
});
