import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PATIENCE_MS } from "../../../src/commands/size-audiences.ts";
import { DEFAULT_MIN_COUNT } from "../../../src/people/privacy.ts";
import type { UnknownSize } from "../../../src/people/sizing.ts";
import { sizingWords } from "../../../src/render/page/people-words.ts";
import { ROOT } from "../../support/program/cli.ts";

const PAGE = readFileSync(join(ROOT, "docs/sizes.md"), "utf8");

const WHY: readonly UnknownSize[] = ["not-permitted", "not-known", "refused", "no-answer", "no-count"];

test.each(WHY)("docs/sizes.md has what is said where a size is %s", (why) => {
  const said = sizingWords({ sizes: new Map(), unknown: new Map([["a", why]]) }) ?? "";
  const [, reason = "nothing"] = /could not be counted: (.*)\.$/.exec(said) ?? [];
  expect(PAGE).toContain(`| ${reason} |`);
});

test("and what is said of a count that is not exact", () => {
  const size = { count: 7, isExact: false, at: null };
  expect(PAGE).toContain(`| ${sizingWords({ sizes: new Map([["a", size]]), unknown: new Map() })} |`);
});

test("and the limits", () => {
  expect(PATIENCE_MS).toBe(2 * 60_000);
  expect(PAGE).toContain("takes two minutes at most");
  expect(PAGE).toContain(`a count below ${DEFAULT_MIN_COUNT} is "fewer than ${DEFAULT_MIN_COUNT}"`);
});
