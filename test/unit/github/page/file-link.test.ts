import { describe, expect, test } from "vitest";
import { fileLink, fileUrlAt, markdownLink } from "../../../../src/github/page/file-link.ts";

const at = (folder: string, ref = "main") =>
  fileUrlAt({ serverUrl: "https://ghe.example", repository: { owner: "acme", repo: "c.d" }, ref, folder });

describe("fileUrlAt", () => {
  test.each([
    ["", "campaigns/a.yaml", "campaigns/a.yaml"],
    [".", "./campaigns/a.yaml", "campaigns/a.yaml"],
    ["teams/crm/", "campaigns/a.yaml", "teams/crm/campaigns/a.yaml"],
    ["teams/crm", "../shared/a.yaml", "teams/shared/a.yaml"],
    ["", "a b/#1 ? (x)|[y]%.yaml", "a%20b/%231%20%3F%20%28x%29%7C%5By%5D%25.yaml"],
    ["", "春\uD83D.yaml", "%E6%98%A5%EF%BF%BD.yaml"],
  ])("folder %j, file %j", (folder, file, path) => {
    expect(at(folder)({ file, line: 3 })).toBe(`https://ghe.example/acme/c.d/blob/main/${path}#L3`);
  });

  test("a branch keeps its slashes", () => {
    expect(at("", "release/1")({ file: "a.yaml", line: 1 })).toBe(
      "https://ghe.example/acme/c.d/blob/release/1/a.yaml#L1",
    );
  });
});

test("a link to a file shows its line, and text that is no plain path is escaped", () => {
  const source = { file: "a.yaml", line: 2, column: 1 };
  expect(fileLink(source, at(""))).toBe("[`a.yaml:2`](https://ghe.example/acme/c.d/blob/main/a.yaml#L2)");
  expect(fileLink({ ...source, file: "a](b) | `.yaml" }, at(""))).toMatch(
    /^\[a&#93;\(b\) &#124; &#96;\.yaml:2\]\(https:[^\s()|]+#L2\)$/,
  );
});

test("whatever could end an address is encoded in it", () => {
  expect(markdownLink("x", "https://e.example/a b)|<c>\n\"'[d]!*\uDE00?q=1&r=%20#f")).toBe(
    "[x](https://e.example/a%20b%29%7C%3Cc%3E%0A%22%27%5Bd%5D%21%2A%EF%BF%BD?q=1&r=%20#f)",
  );
});
