import { describe, expect, it } from "vitest";
import type { Use, WhoUses } from "../../../src/catalogue/who-uses.ts";
import { renderWhoUsesMarkdown } from "../../../src/render/markdown/who-uses-markdown.ts";
import { renderWhoUsesText } from "../../../src/render/text/who-uses-text.ts";
import { askedWords, useCounts, wayWords } from "../../../src/render/use-words.ts";
import { idOf } from "../../support/samples/catalogue.ts";
import { CAMPAIGN } from "../../support/samples/declarations.ts";

const VIP = { name: "vip", audienceId: idOf(1), type: "segment" } as const;
const GROUP = { name: "legal", members: [VIP] };

const use = (fileName: string, more: Partial<Use> = {}): Use => ({
  campaignId: CAMPAIGN,
  name: "Spring",
  list: "include",
  via: [],
  source: { file: fileName, line: 4, column: 5 },
  ...more,
});

const USES: readonly Use[] = [
  use("a.yaml"),
  use("a.yaml", { list: "exclude", via: ["base", "legal"] }),
  use("campaigns/b|c.yaml", { list: "exclude", name: null }),
];

const answer = (uses: readonly Use[], audience: WhoUses["audience"] = VIP): WhoUses => ({ audience, uses });

describe("who was asked for", () => {
  it.each([
    [VIP, `vip (segment, ${idOf(1)})`],
    [{ ...VIP, audienceId: null }, "vip (segment, an id for each environment)"],
    [{ ...VIP, name: null }, `${idOf(1)} (segment)`],
    [GROUP, "legal (group of 1 audience)"],
    [{ name: "none", members: [] }, "none (group of 0 audiences)"],
  ] as const)("%j", (audience, words) => {
    expect(askedWords(answer([], audience))).toBe(words);
  });
});

it("how often: files count, however many words of each", () => {
  expect(useCounts(answer([]))).toBe("is used by no campaign");
  expect(useCounts(answer(USES))).toBe("is used by 2 campaigns: included in 1, excluded in 2");
  expect(useCounts(answer([use("a.yaml"), use("a.yaml")]))).toBe(
    "is used by 1 campaign: included in 1, excluded in 0",
  );
});

it("the way is through the groups, the outermost first", () => {
  expect(USES.map(wayWords)).toEqual(["", "by way of base, legal", ""]);
});

it("text has a line for each use, its columns aligned, no blank at the end", () => {
  expect(renderWhoUsesText(answer(USES))).toBe(
    `vip (segment, ${idOf(1)}) is used by 2 campaigns: included in 1, excluded in 2.\n` +
      "  a.yaml:4:5              include  Spring\n" +
      "  a.yaml:4:5              exclude  Spring     by way of base, legal\n" +
      "  campaigns/b|c.yaml:4:5  exclude  (no name)\n",
  );
  expect(renderWhoUsesText(answer([], GROUP))).toBe("legal (group of 1 audience) is used by no campaign.\n");
});

it("text shows what is invisible, and is aligned by how wide letters are", () => {
  const odd = [use("a\u202e.yaml", { name: "日本" }), use("b.yaml", { name: "x", via: ["legal"] })];
  const [, first, second] = renderWhoUsesText(answer(odd)).split("\n");
  expect(first).toMatch(/^ {2}a[^\u202e]+\.yaml:4:5 {2}include {2}日本$/);
  expect(second).toMatch(/^ {2}b\.yaml:4:5 + include {2}x {5}by way of legal$/);
});

it("Markdown is a table, in which no name ends a cell", () => {
  expect(renderWhoUsesMarkdown(answer(USES))).toBe(
    `vip (segment, \`${idOf(1)}\`) is used by 2 campaigns: included in 1, excluded in 2.\n\n` +
      "| campaign | list | way | file |\n| --- | --- | --- | --- |\n" +
      "| Spring | include |  | `a.yaml:4:5` |\n" +
      "| Spring | exclude | by way of base, legal | `a.yaml:4:5` |\n" +
      "| (no name) | exclude |  | campaigns/b&#124;`c.yaml:4:5` |\n",
  );
  expect(renderWhoUsesMarkdown(answer([]))).toBe(`vip (segment, \`${idOf(1)}\`) is used by no campaign.\n`);
});
